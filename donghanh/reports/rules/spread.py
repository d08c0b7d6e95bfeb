"""Durations as a few figures. Percentiles are by nearest rank: each is a duration that happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

METHOD = "nearest rank"


@dataclass(frozen=True)
class Spread:
    """n durations in seconds; all figures None when n is 0."""

    n: int = 0
    mean: float | None = None
    p50: float | None = None
    p80: float | None = None
    p90: float | None = None
    max: float | None = None


def spread_of(seconds: Iterable[float]) -> Spread:
    """The figures of durations, to a tenth of a second."""
    ranked = sorted(seconds)
    if not ranked:
        return Spread()
    return Spread(
        n=len(ranked),
        mean=round(sum(ranked) / len(ranked), 1),
        p50=round(nearest_rank(ranked, 50), 1),
        p80=round(nearest_rank(ranked, 80), 1),
        p90=round(nearest_rank(ranked, 90), 1),
        max=round(ranked[-1], 1),
    )


def nearest_rank(ranked: Sequence[float], percent: int) -> float:
    """The smallest value that at least `percent` % of all do not exceed; `ranked` ascends, not empty."""
    return ranked[max(ceil(percent * len(ranked) / 100), 1) - 1]
