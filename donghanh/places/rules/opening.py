"""When a place opens again, and when it closes today."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta

from donghanh.places.rules.days import VIETNAM, Closure, Span, WorkingDays, is_open_at

# A place that opens on none of these days has no hours to speak of.
DAYS_AHEAD = 60


def opens_next(
    moment: datetime,
    hours: Mapping[int, Sequence[Span]],
    closures: Collection[Closure],
    calendar: WorkingDays,
) -> datetime | None:
    """The next moment after `moment` at which the place opens; None within 60 days. Vietnamese time."""
    local = moment.astimezone(VIETNAM)
    starts = sorted({span.opens for spans in hours.values() for span in spans})
    for ahead in range(DAYS_AHEAD):
        day = local.date() + timedelta(days=ahead)
        for start in starts:
            candidate = datetime.combine(day, start, VIETNAM)
            if candidate > local and is_open_at(candidate, hours, closures, calendar):
                return candidate
    return None


def closes_today(moment: datetime, hours: Mapping[int, Sequence[Span]]) -> time | None:
    """When the last span of the weekday ends; None without hours that day."""
    spans = hours.get(moment.astimezone(VIETNAM).weekday(), ())
    return max((span.closes for span in spans), default=None)
