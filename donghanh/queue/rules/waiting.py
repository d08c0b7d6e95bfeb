"""How long it will take: a p50–p80 range from the counters and the work ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

# Prior of day one: coefficient of variation of a help's duration (design reference, section 11).
PRIOR_SPREAD = 0.7


@dataclass(frozen=True)
class Length:
    """What is known of one procedure's duration, in minutes."""

    mean: float
    spread: float = PRIOR_SPREAD  # standard deviation over mean


@dataclass(frozen=True)
class WaitRange:
    """What is announced: minutes at p50 and p80, and on what it rests."""

    p50_minutes: int
    p80_minutes: int
    basis: str


def expected_wait(ahead: Sequence[Length], in_service: Sequence[Length], servers: int, basis: str = "prior") -> WaitRange | None:
    """The range for one who comes after `ahead`; None when nobody serves (never a number then)."""
    if servers <= 0:
        return None
    if not ahead and len(in_service) < servers:
        return WaitRange(0, 0, basis)
    residuals = [one.mean * (1 + one.spread**2) / 2 for one in in_service]
    work = sum(one.mean for one in ahead) + sum(residuals)
    mean = max(work - (servers - 1) * work / max(len(ahead) + len(residuals), 1) / 2, 0.0) / servers
    variance = sum((one.mean * one.spread) ** 2 for one in (*ahead, *in_service)) / servers**2
    return WaitRange(round(mean), round(mean + 0.84 * sqrt(variance)), basis)
