"""When a session ends: with the half day its member works, so that a shared PC is never left open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from donghanh.places.rules.days import Span

NOON, EVENING = time(12, 0), time(18, 0)
EVENING_HOURS = timedelta(hours=4)
LONGEST = timedelta(hours=12)
# Who signs in shortly before the end is here for the next half.
SHORTEST = timedelta(minutes=30)


def session_end(now: datetime, hours: Sequence[Span] = ()) -> datetime:
    """The end of the half day around `now` (local wall time of the ward).

    Noon or 18:00, later when the point's own hours of that half end later; after 18:00 four hours;
    never more than twelve hours.
    """
    ends = [datetime.combine(now.date(), _last(half, hours), tzinfo=now.tzinfo) for half in (NOON, EVENING)]
    for end in ends:
        if end - now >= SHORTEST:
            return min(end, now + LONGEST)
    return now + EVENING_HOURS


def _last(half: time, hours: Sequence[Span]) -> time:
    """The half's usual end, or the end of the opening hours that cross it without a break."""
    later = [span.closes for span in hours if _belongs(half, span) and span.closes > half]
    return max(later, default=half)


def _belongs(half: time, span: Span) -> bool:
    # A morning's hours may reach to half past twelve; a span through the whole day is no morning's.
    reach = time(13, 0) if half == NOON else time(23, 59)
    return span.opens < half < span.closes <= reach
