"""How long it will take: a p50–p80 range from the work ahead and the counters, by a small simulation.

The people ahead are served in 64 imagined halls at once. The draws are a fixed Latin hypercube:
the same question always gets the same answer, and 64 halls settle what would need far more dice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heapreplace
from math import exp, log, sqrt
from random import Random
from statistics import NormalDist

# Prior of day one: coefficient of variation of a help's duration (design reference, section 11).
PRIOR_SPREAD = 0.7
HALLS = 64
# Beyond this many ahead the sum is as good as normal, and each more would only cost time.
SIMULATED = 48
STEP = 5

_NORMAL = NormalDist()
_LEVELS = [(hall + 0.5) / HALLS for hall in range(HALLS)]
_P80 = 0.8416  # standard normal quantile


@dataclass(frozen=True)
class Length:
    """What is known of how long one person keeps a counter, in minutes."""

    mean: float
    spread: float = PRIOR_SPREAD  # standard deviation over mean
    elapsed: float = 0.0  # minutes already passed, for one who is being served


@dataclass(frozen=True)
class WaitRange:
    """What is announced: minutes at p50 and p80, and on what it rests: prior, mixed or learned."""

    p50_minutes: int
    p80_minutes: int
    basis: str


def expected_wait(
    ahead: Sequence[Length],
    in_service: Sequence[Length],
    servers: int,
    basis: str = "prior",
    doubt: float = 0.0,
) -> WaitRange | None:
    """The range for one who comes after `ahead`; None when nobody serves (never a number then).

    `doubt` is the relative uncertainty of the means themselves, shared by all lengths.
    """
    servers = max(servers, len(in_service))
    if servers <= 0:
        return None
    if len(ahead) < servers - len(in_service):
        return WaitRange(0, 0, basis)
    if len(ahead) > SIMULATED:
        p50, p80 = _reckoned(ahead, in_service, servers, doubt)
    else:
        p50, p80 = _simulated(ahead, in_service, servers, doubt)
    return WaitRange(round(p50), max(round(p80), round(p50)), basis)


def shown_minutes(wait: WaitRange) -> tuple[int, int]:
    """The range as people are told it, in steps of five minutes; (0, 0) means at once.

    The upper end is rounded up: telling too little hurts more than too much.
    """
    low = STEP * round(wait.p50_minutes / STEP)
    high = STEP * -(-wait.p80_minutes // STEP)
    return (low, high) if high > low or not high else (high - STEP, high)


def mean_wait(ahead: Sequence[Length], in_service: Sequence[Length], servers: int) -> float:
    """The mean alone: work ahead over servers, less what the others still hold when one comes free."""
    rests = [_rest(one) for one in in_service]
    work = sum(one.mean for one in ahead) + sum(rests)
    lengths = [*ahead, *in_service]
    typical = sum(one.mean * (1 + one.spread**2) / 2 for one in lengths) / max(len(lengths), 1)
    return max(work - (servers - 1) * typical, min(rests, default=0.0)) / servers


def _reckoned(
    ahead: Sequence[Length], in_service: Sequence[Length], servers: int, doubt: float
) -> tuple[float, float]:
    mean = mean_wait(ahead, in_service, servers)
    variance = sum((one.mean * one.spread) ** 2 for one in (*ahead, *in_service)) / servers**2
    return mean, mean + _P80 * sqrt(variance + (doubt * mean) ** 2)


def _simulated(
    ahead: Sequence[Length], in_service: Sequence[Length], servers: int, doubt: float
) -> tuple[float, float]:
    columns = [
        [one.mean * factor for factor in _factors(round(one.spread, 1))[place]]
        for place, one in enumerate(ahead)
    ]
    rests = [_rests(one, place) for place, one in enumerate(in_service)]
    free = [0.0] * (servers - len(in_service))
    lengths = list(zip(*columns, strict=True)) if columns else [()] * HALLS
    busy = list(zip(*rests, strict=True)) if rests else [()] * HALLS
    waits = []
    for hall in range(HALLS):
        heap = [*free, *busy[hall]]
        heapify(heap)
        for length in lengths[hall]:
            heapreplace(heap, heap[0] + length)
        waits.append(heap[0] * exp(doubt * _draws()[-1][hall]) if doubt else heap[0])
    waits.sort()
    middle = HALLS // 2
    return (waits[middle - 1] + waits[middle]) / 2, waits[round(0.8 * HALLS)]


@lru_cache(maxsize=1)
def _draws() -> list[list[float]]:
    """Standard normal draws by place in line and hall; each place sees every level once."""
    shuffled = Random(1907)
    quantiles = [_NORMAL.inv_cdf(level) for level in _LEVELS]
    return [shuffled.sample(quantiles, HALLS) for _ in range(SIMULATED + 1)]


@lru_cache(maxsize=64)
def _factors(spread: float) -> list[list[float]]:
    """Lognormal factors of mean one and this spread, by place in line and hall."""
    sigma = sqrt(log(1 + spread**2))
    return [[exp(sigma * draw - sigma**2 / 2) for draw in hall] for hall in _draws()]


@lru_cache(maxsize=256)
def _levels(place: int) -> list[float]:
    return Random(7000 + place).sample(_LEVELS, HALLS)


def _rests(one: Length, place: int) -> list[float]:
    """What is left of a service that already took `elapsed`, one draw a hall."""
    sigma = sqrt(log(1 + max(one.spread, 0.1) ** 2))
    centre = log(max(one.mean, 0.1)) - sigma**2 / 2
    passed = _NORMAL.cdf((log(one.elapsed) - centre) / sigma) if one.elapsed > 0 else 0.0
    # A help far beyond its usual length says little more than that it is long.
    passed = min(passed, 0.99)
    elapsed = min(one.elapsed, exp(centre + sigma * _NORMAL.inv_cdf(0.99)))
    return [
        max(exp(centre + sigma * _NORMAL.inv_cdf(passed + (1 - passed) * level)) - elapsed, 0.0)
        for level in _levels(place)
    ]


def _rest(one: Length) -> float:
    rests = _rests(one, 0)
    return sum(rests) / len(rests)
