"""What a board shows of a point: the calls, the absent, the wait of one who would come now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TypedDict

from donghanh.kernel import clock
from donghanh.places.models import Point
from donghanh.queue.models import ABSENT, CALLED, HELD, RECALLED, SERVING, Ticket
from donghanh.queue.queries.announced import wait_of
from donghanh.queue.rules.waiting import shown_minutes
from donghanh.web.stream import last_seq

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST_CALLS = 12
MOST_ABSENT = 8


class Call(TypedDict):
    """A number and where it is wanted; `at` in milliseconds since 1970."""

    id: str
    number: str
    counter: str
    at: int


class Missed(TypedDict):
    """A number that was called and did not come."""

    id: str
    number: str


class Shown(TypedDict):
    """Everything on a board; events after `seq` change it."""

    seq: int
    now: int
    calls: list[Call]
    absent: list[Missed]


def shown_at(point: Point) -> Shown:
    """The state of a point's board, newest call first."""
    seq = last_seq(point.ward_id)  # before the rest: an event between is told again and changes nothing
    today = Ticket.objects.filter(point=point, day=clock.today(), last_called_at__isnull=False)
    called = today.filter(state__in=[CALLED, RECALLED, SERVING, HELD], counter__isnull=False)
    missed = today.filter(state=ABSENT).order_by("-last_called_at")
    return {
        "seq": seq,
        "now": _milliseconds(clock.now()),
        "calls": [
            {
                "id": str(one.pk),
                "number": one.number,
                "counter": one.counter.label if one.counter else "",
                "at": _milliseconds(one.last_called_at),
            }
            for one in called.select_related("counter").order_by("-last_called_at")[:MOST_CALLS]
        ],
        "absent": [{"id": str(one.pk), "number": one.number} for one in missed[:MOST_ABSENT]],
    }


def minutes_now(point: Point) -> tuple[int, int] | None:
    """The range to announce to one who took a number now, without priority; None when nobody serves."""
    moment = clock.now()
    wait = wait_of(Ticket(point=point, day=clock.today(), issued_at=moment, ranks_at=moment), point)
    return shown_minutes(wait) if wait else None


def _milliseconds(moment: datetime | None) -> int:
    # Whole division, as the stream's entries are cut: the two must be equal, a float would not.
    return (moment - EPOCH) // timedelta(milliseconds=1) if moment else 0
