"""The nightly close: what is still open ends, marked as not accurate."""

from __future__ import annotations

from datetime import date

from donghanh.kernel import clock, journal
from donghanh.kernel.journal import Actor, action
from donghanh.places.models import Counter, Point
from donghanh.queue.actions.moving import apply, record
from donghanh.queue.models import CLOSED, OPEN_STATES, Period, Ticket


@action
def close_day(point: Point, day: date, *, by: Actor) -> int:
    """End all open tickets of a day at a point; their last times are no use for forecasts. How many."""
    left = Ticket.objects.filter(point=point, day=day, state__in=OPEN_STATES).select_related(
        "point", "counter"
    )
    count = 0
    for ticket in left:
        Period.objects.filter(ticket=ticket, ends_at__isnull=True).update(accurate=False)
        was = ticket.state
        apply(
            ticket,
            {"state": CLOSED, "ended_at": clock.now(), "accurate": False, "note": "", "last_move": None},
            was=was,
        )
        record(ticket, "ticket.close", by=by, facts={"from": was})
        count += 1
    if not Ticket.objects.filter(point=point, day__gt=day).exists():  # a new day has opened them again
        Counter.objects.filter(point=point).update(is_open=False)
    journal.write(
        "day.close", ward=point.ward_id, by=by, subject="point", subject_id=point.pk, point_id=point.pk,
        facts={"day": day.isoformat(), "left": count},
    )  # fmt: skip
    return count
