"""Read packs/words.yaml: how people say what the packs call by its legal name."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from donghanh.catalog.actions.pack_yaml import Node
from donghanh.catalog.actions.strict_tree import Strict
from donghanh.catalog.rules.mending import words_of
from donghanh.catalog.rules.reading import PeoplesWords
from donghanh.kernel.text import search_key

FILE = "words.yaml"


def read_words(folder: Path | str, known: Collection[str] | None = None) -> PeoplesWords:
    """The people's words of this folder of packs, for these codes only if they are given.

    Raises WrongListing with every problem found.
    """
    strict = Strict(FILE, known)
    parts = strict.keys(strict.tree(Path(folder) / FILE), needed=("format", "empty", "same", "said"))
    strict.one_of(parts.get("format"), "format", ("1",))
    words = PeoplesWords(_empty(strict, parts), _same(strict, parts), _said(strict, parts))
    strict.done()
    return words


def _empty(strict: Strict, parts: dict[str, Node]) -> frozenset[str]:
    found: set[str] = set()
    for item in strict.items(parts.get("empty"), "empty"):
        word = strict.text(item, "a word of “empty”")
        if word and len(words_of(word)) != 1:
            strict.wrong(item.spot, f"“{word:.60}” is not one word", "write one word an item")
        found.add(search_key(word))
    return frozenset(found - {""})


def _same(strict: Strict, parts: dict[str, Node]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for written, spot, part in strict.pairs(parts.get("same"), "same"):
        meant = strict.text(part, f"what “{written:.60}” means")
        if not words_of(written):
            strict.wrong(spot, f"“{written:.60}” holds no word", "write what people say before the colon")
        elif written == meant:
            strict.wrong(spot, f"“{written:.60}” means itself", "remove the line")
        else:
            found.append((written, meant))
    return tuple(found)


def _said(strict: Strict, parts: dict[str, Node]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, spot, part in strict.pairs(parts.get("said"), "said"):
        strict.code(code, spot)
        phrases: dict[str, int] = {}
        for item in strict.items(part, f"said.{code:.60}"):
            phrase = strict.text(item, "a phrase", longest=120)
            if phrase in phrases:
                what = f"“{phrase:.60}” stands twice for {code}"
                strict.wrong(item.spot, what, f"keep one; the first is on line {phrases[phrase]}")
            phrases.setdefault(phrase, item.spot.line)
        found[code] = tuple(phrases)
    return found
