"""What brings people here: a marriage, a birth, a lost card. A need leads to procedures in the right order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from donghanh.catalog.rules.content import Pictogram
from donghanh.catalog.rules.fact import Fact

# first: begin here; then: after what stands before it; if: only for those whom the reason names.
Turn = Literal["first", "then", "if"]
TURNS: tuple[Turn, ...] = ("first", "then", "if")


@dataclass(frozen=True, slots=True)
class Part:
    """One procedure of a bundle, or something that is done elsewhere and has no code here."""

    code: str | None
    turn: Turn
    why: Mapping[str, str]
    name: Mapping[str, str] | None  # given where there is no code
    fact: Fact


@dataclass(frozen=True, slots=True)
class Need:
    """An event of life with its procedures, in the order in which they are best done."""

    id: str
    pictogram: Pictogram
    name: Mapping[str, str]
    hint: Mapping[str, str]
    parts: tuple[Part, ...]
