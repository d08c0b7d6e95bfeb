"""Working days, time limits and opening hours, decided from plain facts.

The facts (holidays, worked Saturdays, the ward's own exceptions) come in as a `WorkingDays`;
nothing here knows where they were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal

from donghanh.kernel.errors import Refusal

# One zone, no summer time: all of Vietnam keeps UTC+7.
VIETNAM = timezone(timedelta(hours=7))
ONE_DAY = timedelta(days=1)
CUTOFF = time(15, 0)
# Ten years: no legal limit comes near; a larger number is a typing error.
LONGEST_LIMIT = 3650
# A day office work was moved to keeps the hours of an ordinary day, and Monday stands for one.
ORDINARY_WEEKDAY = 0

LimitUnit = Literal["same_day", "working_days", "calendar_days"]


class WrongTimeLimit(Refusal):
    """A time limit that no procedure can have. Facts: unit, count."""

    message = "A time limit of {count} ({unit}) is not possible."
    status = 422


class WrongDayCount(Refusal):
    """Days are counted forward, at least one and at most ten years. Fact: count."""

    message = "{count} is not a number of days to count."
    status = 422


class CalendarTooShort(Refusal):
    """The calendar does not know the holidays of that year, so no day of it is decided. Fact: year."""

    message = "The holidays of {year} are not known here."


class WrongHours(Refusal):
    """A span of opening hours that ends before it begins. Facts: opens, closes."""

    message = "Opening hours from {opens} to {closes} are not possible."
    status = 422


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days are worked. What is more particular wins: override, swap, holiday, weekend.

    `swapped_workdays` are weekend days worked in exchange for a bridge day; `overrides` are the
    ward's own exceptions (True = worked); `weekend` counts Monday as 0. With `years` given, a day
    outside them is refused rather than taken for a year without holidays.
    """

    holidays: Mapping[date, str] = field(default_factory=dict)
    swapped_workdays: AbstractSet[date] = frozenset()
    overrides: Mapping[date, bool] = field(default_factory=dict)
    weekend: AbstractSet[int] = frozenset({5, 6})
    years: AbstractSet[int] | None = None


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """The legal time of a procedure. `count` is 0 for same_day, else a number of days.

    Refusals: WrongTimeLimit.
    """

    unit: LimitUnit
    count: int = 0
    cutoff: time = CUTOFF

    def __post_init__(self) -> None:
        least, most = {"same_day": (0, 0)}.get(self.unit, (1, LONGEST_LIMIT))
        known = self.unit in ("same_day", "working_days", "calendar_days")
        if not known or not least <= self.count <= most:
            raise WrongTimeLimit(unit=self.unit, count=self.count)


@dataclass(frozen=True, slots=True)
class Span:
    """Open from `opens` until just before `closes`, on one day. Refusals: WrongHours."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise WrongHours(opens=f"{self.opens:%H:%M}", closes=f"{self.closes:%H:%M}")


@dataclass(frozen=True, slots=True)
class Closure:
    """The place is shut from one day to another, both included, whatever its hours say."""

    starts_on: date
    ends_on: date


def is_working_day(day: date, calendar: WorkingDays) -> bool:
    """Whether offices work on that day. Refusals: CalendarTooShort."""
    if day in calendar.overrides:
        return calendar.overrides[day]
    if calendar.years is not None and day.year not in calendar.years:
        raise CalendarTooShort(year=day.year)
    if day in calendar.swapped_workdays:
        return True
    return day not in calendar.holidays and day.weekday() not in calendar.weekend


def first_working_day(day: date, calendar: WorkingDays) -> date:
    """That day if it is worked, else the next one that is. Refusals: CalendarTooShort."""
    for ahead in range(LONGEST_LIMIT):
        if is_working_day(day + ahead * ONE_DAY, calendar):
            return day + ahead * ONE_DAY
    raise CalendarTooShort(year=day.year)


def add_working_days(start: date, n: int, calendar: WorkingDays) -> date:
    """The n-th working day after `start`, which itself is not counted.

    Refusals: WrongDayCount, CalendarTooShort.
    """
    if not 1 <= n <= LONGEST_LIMIT:
        raise WrongDayCount(count=n)
    day = start
    for _ in range(n):
        day = first_working_day(day + ONE_DAY, calendar)
    return day


def due_on(received_at: datetime, limit: TimeLimit, calendar: WorkingDays) -> date:
    """The day the result is due.

    `received_at` is local wall time, or any aware moment, which is then read in Vietnamese time.
    - What arrives on a day off counts as received on the next working day.
    - same_day: due that day; received after the cut-off (15:00, as written in 1.001193, 1.000656,
      2.000635; H), or on a day off, due on the next working day. Exactly 15:00 is still in time.
    - working_days, calendar_days: the day of receipt is not counted, and a limit that would end
      on a day off ends on the next working day (Civil Code 2015, Art. 147 and 148; GK).

    Refusals: CalendarTooShort.
    """
    local = _local(received_at)
    received_on = first_working_day(local.date(), calendar)
    if limit.unit == "working_days":
        return add_working_days(received_on, limit.count, calendar)
    if limit.unit == "calendar_days":
        return first_working_day(received_on + limit.count * ONE_DAY, calendar)
    too_late = received_on == local.date() and local.time() > limit.cutoff
    return add_working_days(received_on, 1, calendar) if too_late else received_on


def is_open_at(
    moment: datetime,
    hours: Mapping[int, Sequence[Span]],
    closures: Iterable[Closure],
    calendar: WorkingDays,
) -> bool:
    """Whether a place is open at that moment.

    `hours` gives the spans of each weekday (Monday is 0; a missing weekday is closed). A closure
    shuts the place; so does a holiday, or a day the ward declared off. A weekend day without
    holiday follows its own hours, because evening and weekend gatherings are real; a weekend day
    that offices work in exchange for another keeps Monday's hours.

    Refusals: CalendarTooShort.
    """
    local = _local(moment)
    day = local.date()
    if any(closure.starts_on <= day <= closure.ends_on for closure in closures):
        return False
    worked = is_working_day(day, calendar)
    on_weekend = day.weekday() in calendar.weekend
    if not worked and (day in calendar.holidays or day in calendar.overrides or not on_weekend):
        return False
    weekday = ORDINARY_WEEKDAY if worked and on_weekend else day.weekday()
    return any(span.opens <= local.time() < span.closes for span in hours.get(weekday, ()))


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(VIETNAM).replace(tzinfo=None)
