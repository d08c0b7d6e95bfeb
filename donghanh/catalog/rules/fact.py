"""Where a statement comes from, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# H read in the official record, M one good secondary source, L weak source,
# GK general knowledge that nobody has verified.
Confidence = Literal["H", "M", "L", "GK"]


@dataclass(frozen=True, slots=True)
class Fact:
    """Where a statement comes from: source id, when it was checked, how sure it is."""

    source: str | None
    checked: str | None
    confidence: Confidence | None
