"""Who is next. Priority buys a head start, never a wall, so nobody starves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

HEAD_START = timedelta(minutes=10)
MOST_IN_A_ROW = 2


@dataclass(frozen=True)
class Waiting:
    """One who waits: since when, and with which level of priority (0: none)."""

    ticket: object
    since: datetime
    priority: int = 0


def ranks_at(since: datetime, priority: int, head_start: timedelta = HEAD_START) -> datetime:
    """The moment a ticket counts as arrived: its arrival less the head start of its level."""
    return since - head_start * priority


def in_calling_order(
    waiting: Iterable[Waiting],
    *,
    head_start: timedelta = HEAD_START,
    priority_in_a_row: int = 0,
    most_in_a_row: int = MOST_IN_A_ROW,
) -> list[Waiting]:
    """All who wait, next one first.

    By head start; but after `most_in_a_row` priority calls an ordinary ticket goes, if one waits.
    `priority_in_a_row` counts the priority calls just made.
    """
    ranked = sorted(waiting, key=lambda one: (ranks_at(one.since, one.priority, head_start), one.since))
    order: list[Waiting] = []
    streak = priority_in_a_row
    while ranked:
        chosen = 0
        if streak >= most_in_a_row and ranked[0].priority:
            chosen = next((i for i, one in enumerate(ranked) if not one.priority), 0)
        one = ranked.pop(chosen)
        streak = streak + 1 if one.priority else 0
        order.append(one)
    return order


def priority_level(classes: Iterable[dict[str, object]], age: int | None) -> int:
    """The highest level of the ward's classes that this age reaches; unknown age gives none."""
    if age is None:
        return 0
    reached = [
        int(str(one["level"]))
        for one in classes
        if one.get("from_age") is not None and age >= int(str(one["from_age"]))
    ]
    return max(reached, default=0)
