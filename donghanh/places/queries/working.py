"""The working days of a ward: national holidays and swaps, its own overrides and closures."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from donghanh.kernel import clock
from donghanh.places.models import Closure as ClosureRow
from donghanh.places.models import Counter, DayOverride, OpeningHours, Point
from donghanh.places.queries.calendar import vietnamese_calendar
from donghanh.places.rules.days import Closure, Span, TimeLimit, WorkingDays, due_on, is_open_at
from donghanh.places.rules.opening import closes_today, opens_next


def working_days_of(ward_code: str, around: date) -> WorkingDays:
    """The calendar of a ward for the year of `around` and the two after it."""
    years = range(around.year, around.year + 3)
    holidays, swapped = vietnamese_calendar(years)
    overrides = dict(DayOverride.objects.filter(ward_id=ward_code).values_list("day", "works"))
    return WorkingDays(holidays, swapped, overrides, years=frozenset(years))


def due_on_in(ward_code: str, received_at: datetime, limit: TimeLimit) -> date:
    """The day a result is due, on the ward's own calendar."""
    local = timezone.localtime(received_at)
    return due_on(local, limit, working_days_of(ward_code, local.date()))


def is_open(point: Point, moment: datetime | None = None) -> bool:
    """Whether a point is open: within its hours, or because a member has opened a counter.

    Evening and weekend gatherings are no office hours, but people are helped all the same.
    """
    local = timezone.localtime(moment or clock.now())
    if Counter.objects.filter(point=point, is_active=True, is_open=True).exists():
        return True
    hours = _hours(point)
    return is_open_at(
        local, hours, _closures(point, local.date()), working_days_of(point.ward_id, local.date())
    )


def opens_next_at(point: Point) -> datetime | None:
    """When a closed point opens again by its hours, in Vietnamese time; None when they do not say."""
    moment = clock.now()
    day = timezone.localtime(moment).date()
    return opens_next(moment, _hours(point), _closures(point, day), working_days_of(point.ward_id, day))


def closes_today_at(point: Point) -> time | None:
    """When a point's last hours of today end; None when it keeps none."""
    return closes_today(clock.now(), _hours(point))


def _hours(point: Point) -> dict[int, list[Span]]:
    hours: dict[int, list[Span]] = {}
    for row in OpeningHours.objects.filter(point=point):
        hours.setdefault(row.weekday, []).append(Span(row.opens, row.closes))
    return hours


def _closures(point: Point, day: date) -> list[Closure]:
    return [
        Closure(row.starts_on, row.ends_on)
        for row in ClosureRow.objects.filter(ward_id=point.ward_id, ends_on__gte=day)
        if row.point_id in (None, point.pk)
    ]
