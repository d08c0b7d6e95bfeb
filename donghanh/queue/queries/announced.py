"""The wait announced to a ticket, from what this point has learned."""

from __future__ import annotations

from donghanh.kernel import clock
from donghanh.places.models import Counter, Point
from donghanh.queue.models import SERVING, WAITING, Ticket
from donghanh.queue.rules.waiting import Length, WaitRange, expected_wait


def ahead_of(ticket: Ticket) -> int:
    """How many who wait at the point rank before this ticket."""
    return Ticket.objects.filter(
        point_id=ticket.point_id, state=WAITING, day=ticket.day, ranks_at__lt=ticket.ranks_at
    ).count()


def wait_of(ticket: Ticket, point: Point) -> WaitRange | None:
    """The range for a ticket as things stand; None when no counter is open."""
    ahead = Ticket.objects.filter(
        point=point, state=WAITING, day=clock.today(), ranks_at__lt=ticket.ranks_at
    ).values_list("series__usual_minutes", flat=True)
    serving = Ticket.objects.filter(point=point, state=SERVING).values_list("series__usual_minutes", flat=True)
    servers = Counter.objects.filter(point=point, is_open=True, is_active=True).count()
    return expected_wait([Length(m) for m in ahead], [Length(m) for m in serving], servers)
