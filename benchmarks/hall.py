"""An imagined ward hall for benchmarks and tests: a crowd that bunches early, five members, three procedures.

Synthetic: what it shows of a forecast holds for this hall, not for a ward.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from math import exp, log, sqrt
from random import Random

MINUTES = {"short": 5.0, "middle": 10.0, "long": 20.0}
SPREAD = 0.7
SERVERS = 5
ARRIVALS = 100
OPEN_MINUTES = 240.0


@dataclass(frozen=True)
class Arrival:
    """One who comes: when, for what, and how long they will keep a counter (minutes)."""

    at: float
    kind: str
    minutes: float


@dataclass
class Hall:
    """What a forecaster may see at a moment."""

    now: float
    servers: int
    waiting: list[Arrival]
    serving: list[tuple[Arrival, float]]  # who, since when
    last_started: tuple[Arrival, float] | None = None
    finished: list[tuple[Arrival, float]] = field(default_factory=list)


def arrivals_of_a_day(seed: int) -> list[Arrival]:
    """About a hundred people in four hours, most of them in the first half."""
    dice = Random(seed)
    sigma = sqrt(log(1 + SPREAD**2))
    day = []
    for _ in range(dice.randint(85, 115)):
        at = OPEN_MINUTES * dice.betavariate(1.2, 1.6)
        kind = dice.choice(sorted(MINUTES))
        minutes = MINUTES[kind] * exp(dice.gauss(-(sigma**2) / 2, sigma))
        day.append(Arrival(at, kind, minutes))
    return sorted(day, key=lambda one: one.at)


def live(
    day: Iterable[Arrival], seen: Callable[[Hall, Arrival], None], servers: int = SERVERS
) -> list[tuple[Arrival, float]]:
    """Serve the day first come first served; `seen` is asked at each arrival. Gives (who, wait in minutes)."""
    ends: list[tuple[float, int, Arrival, float]] = []
    hall = Hall(0.0, servers, [], [])
    waits: list[tuple[Arrival, float]] = []
    serial = 0

    def start(one: Arrival, at: float) -> None:
        nonlocal serial
        serial += 1
        heappush(ends, (at + one.minutes, serial, one, at))
        hall.serving.append((one, at))
        hall.last_started = (one, at)
        waits.append((one, at - one.at))

    def free_until(moment: float) -> None:
        while ends and ends[0][0] <= moment:
            at, _, one, since = heappop(ends)
            hall.serving.remove((one, since))
            hall.finished.append((one, at - since))
            if hall.waiting:
                start(hall.waiting.pop(0), at)

    for one in day:
        free_until(one.at)
        hall.now = one.at
        seen(hall, one)
        if len(hall.serving) < servers:
            start(one, one.at)
        else:
            hall.waiting.append(one)
    free_until(float("inf"))
    return waits
