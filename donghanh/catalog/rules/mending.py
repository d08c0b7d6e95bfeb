"""Vietnamese as people really type it: half converted, run together, misheard, a key beside the right one.

Everything here works on accent-free keys (`kernel.text.search_key`); what accents tell is weighed in `finding`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:\.[0-9]+)?")
# A Telex keyboard that was not converting leaves doubled vowels, w, and a letter for the tone.
_TELEX_PAIRS = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("uw", "u"), ("w", ""))
_TELEX_TONE = re.compile(r"(?<=[aeiouy])([a-z]*?)[sfrxj]([a-z]{0,2})$")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?"
)
# What sounds alike in some part of the country, so is written for one another: tr/ch, s/x, d/gi/r, final n/ng.
_SOUNDS_FIRST = (
    ("ngh", "ng"), ("gh", "g"), ("tr", "ch"), ("gi", "d"), ("k", "c"), ("q", "c"), ("s", "x"), ("r", "d"),
)  # fmt: skip
_SOUNDS_LAST = (("ng", "n"), ("nh", "n"), ("ch", "c"), ("t", "c"))
LONGEST_RUN = 60
LONGEST_PIECE = 12


def words_of(text: str) -> list[str]:
    """The words of a text in order; a code like 1.000894 is one word."""
    return WORD.findall(text)


def without_telex(word: str) -> str | None:
    """The plain syllable behind Telex leftovers: giaays → giay, hooj → ho. None when there is none."""
    plain = word
    for pair, letter in _TELEX_PAIRS:
        plain = plain.replace(pair, letter)
    for candidate in (_TELEX_TONE.sub(r"\1\2", plain), plain):
        if candidate != word and _SYLLABLE.fullmatch(candidate):
            return candidate
    return None


@lru_cache(maxsize=8192)
def sound_of(word: str) -> str:
    """One key for syllables that are taken for one another: trứng and chứng, thường chú and thường trú."""
    if not word.isalpha():
        return word
    sound = word
    for written, heard in _SOUNDS_FIRST:
        if sound.startswith(written) and len(sound) > len(written):
            sound = heard + sound[len(written) :]
            break
    for written, heard in _SOUNDS_LAST:
        if sound.endswith(written) and len(sound) > len(written):
            sound = sound[: -len(written)] + heard
            break
    return sound.replace("y", "i")


def deletions(word: str) -> Iterator[str]:
    """The word, and the word with each single letter left out: two words one slip apart share one."""
    yield word
    if len(word) > 2:
        for place in range(len(word)):
            yield word[:place] + word[place + 1 :]


def parted(run: str, known: Collection[str]) -> list[str] | None:
    """A run of letters cut into known words, long ones in favour; None when it cannot be.

    dangkykhaisinh → dang ky khai sinh.
    """
    if len(run) > LONGEST_RUN:
        return None
    best: dict[int, tuple[int, int]] = {0: (0, 0)}  # end → the score so far, and where the last word begins
    for end in range(1, len(run) + 1):
        ways = [
            (best[start][0] + (end - start) ** 2, start)
            for start in range(max(0, end - LONGEST_PIECE), end)
            if start in best and run[start:end] in known
        ]
        if ways:
            best[end] = max(ways)
    return _pieces(run, best) if len(run) in best else None


def _pieces(run: str, best: dict[int, tuple[int, int]]) -> list[str]:
    pieces: list[str] = []
    end = len(run)
    while end:
        start = best[end][1]
        pieces.append(run[start:end])
        end = start
    return pieces[::-1]
