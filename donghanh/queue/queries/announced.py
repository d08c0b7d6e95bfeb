"""The wait announced to a ticket, from what this point has learned."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q

from donghanh.kernel import clock
from donghanh.places.models import Counter, Point
from donghanh.queue.models import CALLED, HELD, RECALLED, SERVING, WAITING, QueueSetting, Ticket
from donghanh.queue.queries.learned import learned_at, stated_minutes
from donghanh.queue.rules.learning import Kind, Learned, overtakers
from donghanh.queue.rules.waiting import Length, WaitRange, expected_wait, mean_wait
from donghanh.teams.models import Assignment

AT_COUNTER = (CALLED, RECALLED, SERVING)


class Stand(NamedTuple):
    """How many wait before a ticket, and the range to announce."""

    ahead: int
    wait: WaitRange | None


def stand_of(ticket: Ticket, point: Point, setting: QueueSetting | None = None) -> Stand:
    """Ahead and wait in one go: the people of the hall by kind in one query, those who serve in another."""
    rows = _hall(ticket, point)
    ahead = sum(count for state, *_, count in rows if state == WAITING)
    return Stand(ahead, _wait(ticket, point, rows, setting))


def wait_of(ticket: Ticket, point: Point) -> WaitRange | None:
    """The range for a ticket as things stand; None when nobody serves."""
    return _wait(ticket, point, _hall(ticket, point), None)


def servers_at(point: Point) -> int:
    """Open counters, and no more than members checked in where a shift keeps a list today."""
    counters = Counter.objects.filter(point=point, is_open=True, is_active=True).count()
    if not counters:
        return 0
    listed = Assignment.objects.filter(shift__point=point, shift__day=clock.today()).aggregate(
        ever=Count("id", filter=Q(checked_in_at__isnull=False)),
        now=Count(
            "member", filter=Q(checked_in_at__isnull=False, checked_out_at__isnull=True), distinct=True
        ),
    )
    return min(counters, listed["now"]) if listed["ever"] else counters


def _hall(ticket: Ticket, point: Point) -> list[tuple[str, Any, Any, datetime | None, int]]:
    """(state, series, procedure, called at, how many) of all who take a counter before this ticket.

    Those who wait have not been called, so they fall together by kind: a long line is a short answer.
    """
    return list(
        Ticket.objects.filter(
            Q(state=WAITING, ranks_at__lt=ticket.ranks_at) | Q(state__in=(*AT_COUNTER, HELD)),
            point=point,
            day=ticket.day,
        )
        .exclude(pk=ticket.pk)
        .order_by()
        .values_list("state", "series_id", "procedure_id", "called_at")
        .annotate(many=Count("id"))
    )


def _wait(
    ticket: Ticket,
    point: Point,
    rows: list[tuple[str, Any, Any, datetime | None, int]],
    setting: QueueSetting | None,
) -> WaitRange | None:
    servers = servers_at(point)
    at_counter = [row for row in rows if row[0] in AT_COUNTER]
    if not servers and not at_counter:
        return None
    learned, stated, now = learned_at(point), stated_minutes(point), clock.now()
    ahead: list[Length] = []
    in_service: list[Length] = []
    kinds: list[Kind] = []
    for state, series, procedure, called_at, many in rows:
        kind = Kind(series, procedure, stated.of(series, procedure))
        kinds.append(kind)
        if state in AT_COUNTER:
            minutes = (now - called_at).total_seconds() / 60 if called_at else 0.0
            in_service.append(learned.length(kind, max(minutes, 0.0)))
        elif state == HELD:  # comes back for about the second half
            half = learned.length(kind)
            ahead.extend([Length(half.mean / 2, half.spread)] * many)
        else:
            ahead.extend([learned.length(kind)] * many)
    servers = max(servers, len(in_service))
    ahead += _later(ticket, setting, learned, ahead, in_service, servers)
    return expected_wait(ahead, in_service, servers, learned.basis(kinds), learned.doubt)


def _later(
    ticket: Ticket,
    setting: QueueSetting | None,
    learned: Learned,
    ahead: list[Length],
    in_service: list[Length],
    servers: int,
) -> list[Length]:
    """Those who will still come and be called first, by their head start; of the average length."""
    if not ahead or not any(level > ticket.priority for level in learned.priority_rates):
        return []
    head_start = setting.head_start_minutes if setting else QueueSetting().head_start_minutes
    more = overtakers(
        learned,
        level=ticket.priority,
        head_start_minutes=head_start,
        mean_wait=mean_wait(ahead, in_service, servers),
    )
    return [Length(sum(one.mean for one in ahead) / len(ahead), ahead[0].spread)] * more
