"""Who waits where, as the lists of a desk and of the live view."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.dateparse import parse_datetime

from donghanh.places.models import Counter, Point
from donghanh.queue.models import ABSENT, CALLED, HELD, PARKED, RECALLED, SERVING, WAITING, Ticket
from donghanh.queue.queries.lists import open_at

AT_COUNTER = (CALLED, RECALLED, SERVING)
LONGEST_LIST = 40


@dataclass(frozen=True)
class Row:
    """A ticket in a list: what for, and since when it is in this state."""

    ticket: Ticket
    what: str
    since: datetime


@dataclass
class Lists:
    """The open tickets of a point, by where they are."""

    waiting: list[Row] = field(default_factory=list)
    held: list[Row] = field(default_factory=list)
    parked: list[Row] = field(default_factory=list)
    absent: list[Row] = field(default_factory=list)
    mine: list[Ticket] = field(default_factory=list)

    @property
    def longest_since(self) -> datetime | None:
        """When the one who waits longest came."""
        return min((row.ticket.issued_at for row in self.waiting), default=None)

    @property
    def shown(self) -> list[Row]:
        """The first of those who wait; a long line is told by its count."""
        return self.waiting[:LONGEST_LIST]

    @property
    def more(self) -> int:
        """How many wait beyond those shown."""
        return max(len(self.waiting) - LONGEST_LIST, 0)


def lists_at(point: Point, counter: Counter | None, language: str) -> Lists:
    """All lists of a desk in one query."""
    lists = Lists()
    by_state = {WAITING: lists.waiting, HELD: lists.held, PARKED: lists.parked, ABSENT: lists.absent}
    for ticket in open_at(point):
        if ticket.state in by_state:
            by_state[ticket.state].append(Row(ticket, what_for(ticket, language), _since(ticket)))
        elif counter is not None and ticket.counter_id == counter.pk and ticket.state in AT_COUNTER:
            lists.mine.append(ticket)
    lists.mine.sort(key=lambda one: one.called_at or one.issued_at)
    return lists


def what_for(ticket: Ticket, language: str) -> str:
    """The procedure if it is known, else the family of needs."""
    return ticket.procedure.name_in(language) if ticket.procedure else ticket.series.name_in(language)


def _since(ticket: Ticket) -> datetime:
    if ticket.state == WAITING:
        return ticket.issued_at
    moved = parse_datetime(ticket.last_move["at"]) if ticket.last_move else None
    return moved or ticket.issued_at
