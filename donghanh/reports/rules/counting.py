"""Counts that need a little thought: promises kept, overtakings, tallies that leave nothing out."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime

from donghanh.reports.rules.report import Counts, Promise

UNKNOWN = "unknown"
ALL = "all"
BASES = ("learned", "mixed", "prior")


@dataclass(frozen=True)
class Told:
    """What one stay was told at its number, and how long its first wait was."""

    p50_minutes: int
    p80_minutes: int
    basis: str
    waited_seconds: float


@dataclass(frozen=True)
class FirstWait:
    """A stay's first wait: came, and was called or went at `until` (None: still waiting)."""

    ticket: Hashable
    came_at: datetime
    until: datetime | None
    called: bool


def promises(told: Iterable[Told]) -> tuple[Promise, ...]:
    """Coverage over all and by basis. Who was told "at once" is counted apart: zero is no range."""
    told = list(told)
    groups = [(ALL, told)] + [(basis, [one for one in told if one.basis == basis]) for basis in BASES]
    return tuple(_promise(basis, group) for basis, group in groups if group or basis == ALL)


def overtakings(waits: Iterable[FirstWait]) -> int:
    """First calls made while someone who had come earlier was still in their first wait."""
    waits = list(waits)
    events: list[tuple[datetime, int, datetime, bool]] = []
    for one in waits:
        events.append((one.came_at, 0, one.came_at, False))
        if one.until is not None:
            events.append((one.until, 1, one.came_at, one.called))
    in_line: list[datetime] = []
    count = 0
    for _, ends, came_at, called in sorted(events):
        if not ends:
            insort(in_line, came_at)
            continue
        place = bisect_left(in_line, came_at)
        count += called and place > 0
        del in_line[place]
    return count


def tally(keys: Iterable[str | None]) -> Counts:
    """How often each key comes, most frequent first; an empty one is unknown and counts as such."""
    counted = Counter(key or UNKNOWN for key in keys)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _promise(basis: str, group: list[Told]) -> Promise:
    ranges = [one for one in group if one.p80_minutes > 0]
    return Promise(
        basis=basis,
        n=len(ranges),
        over_p50=sum(one.waited_seconds > 60 * one.p50_minutes for one in ranges),
        over_p80=sum(one.waited_seconds > 60 * one.p80_minutes for one in ranges),
        at_once=len(group) - len(ranges),
    )
