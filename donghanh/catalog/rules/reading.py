"""How a question is read before it is looked up: dialect put into the packs' words, slips of the keys mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from donghanh.catalog.rules.finding import Index, Said, as_said
from donghanh.catalog.rules.mending import deletions, parted, without_telex

LONGEST_QUESTION = 300
MENDED, HEARD = 0.9, 0.6
MOST_NEAR = 4


@dataclass(frozen=True, slots=True)
class PeoplesWords:
    """What people say: words without weight, words of dialects, and phrases for each procedure."""

    empty: frozenset[str] = frozenset()
    same: tuple[tuple[str, str], ...] = ()
    said: Mapping[str, tuple[str, ...]] | None = None


class Reader:
    """Reads questions against one index."""

    def __init__(self, index: Index, words: PeoplesWords) -> None:
        self.known = (
            index.vocabulary
            | {said.plain for written, _ in words.same for said in as_said(written)}
            | words.empty
        )
        self.same = _by_first(words.same)
        self.near = _near(word for word in index.vocabulary if word.isalpha() and len(word) > 2)

    def read(self, question: str) -> list[list[Said]]:
        """The words of a question, each with what it may have been meant to be."""
        mended = [said for word in as_said(question[:LONGEST_QUESTION]) for said in self._mended(word)]
        return [self._readings(said) for said in self._in_packs_words(mended)]

    def _mended(self, said: Said) -> list[Said]:
        """Telex leftovers converted, words run together parted."""
        if said.plain in self.known:
            return [said]
        plain = without_telex(said.plain)
        if plain is not None and plain in self.known:
            return [Said(plain, plain, MENDED)]
        pieces = parted(said.plain, self.known) if len(said.plain) > 5 else None
        return [Said(piece, piece, MENDED) for piece in pieces] if pieces else [said]

    def _in_packs_words(self, words: list[Said]) -> list[Said]:
        found: list[Said] = []
        place = 0
        while place < len(words):
            for rule, meant in self.same.get(words[place].plain, ()):
                if _stands_at(rule, words, place):
                    found += meant
                    place += len(rule)
                    break
            else:
                found.append(words[place])
                place += 1
        return found

    def _readings(self, said: Said) -> list[Said]:
        """The word itself when it is known, else known words one slip of the keys away."""
        if said.plain in self.known or not said.plain.isalpha() or len(said.plain) < 3:
            return [said]
        near = {word for short in deletions(said.plain) for word in self.near.get(short, ())}
        close = sorted(near, key=lambda word: (abs(len(word) - len(said.plain)), word))[:MOST_NEAR]
        return [said, *(Said(word, word, HEARD) for word in close)]


def _by_first(same: Iterable[tuple[str, str]]) -> dict[str, list[tuple[list[Said], list[Said]]]]:
    rules: dict[str, list[tuple[list[Said], list[Said]]]] = defaultdict(list)
    for written, meant in same:
        rule = as_said(written)
        rules[rule[0].plain].append((rule, as_said(meant)))
    for listed in rules.values():
        listed.sort(key=lambda pair: -len(pair[0]))
    return dict(rules)


def _stands_at(rule: list[Said], words: list[Said], place: int) -> bool:
    """Accents decide where they were typed: “hông” is “không”, “hồng” is not."""
    spoken = words[place : place + len(rule)]
    return len(spoken) == len(rule) and all(
        word.typed == wanted.typed or (word.typed == word.plain == wanted.plain)
        for word, wanted in zip(spoken, rule, strict=True)
    )


def _near(words: Iterable[str]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for short in deletions(word):
            near[short].append(word)
    return dict(near)
