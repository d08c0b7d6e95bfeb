"""When a closed place opens again."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from donghanh.places.rules.days import VIETNAM, Closure, Span, WorkingDays
from donghanh.places.rules.opening import closes_today, opens_next

pytestmark = pytest.mark.pure

HOURS = {day: [Span(time(7), time(11, 30)), Span(time(13, 30), time(17))] for day in range(5)}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(23, 6), at(23, 7)),
        (at(23, 12), at(23, 13, 30)),
        (at(23, 18), at(24, 7)),
        (at(27, 17), at(30, 7)),  # Friday evening: Monday
    ],
)
def test_the_next_span_of_a_worked_day_opens(moment: datetime, opens: datetime) -> None:
    assert opens_next(moment, HOURS, [], WorkingDays()) == opens


def test_closures_and_holidays_are_passed_over() -> None:
    closures = [Closure(date(2026, 11, 24), date(2026, 11, 24))]
    calendar = WorkingDays(holidays={date(2026, 11, 25): "a holiday"})
    assert opens_next(at(23, 18), HOURS, closures, calendar) == at(26, 7)


def test_a_place_without_hours_never_says_when() -> None:
    assert (opens_next(at(23, 6), {}, [], WorkingDays()), closes_today(at(23, 6), {})) == (None, None)


def test_the_day_ends_with_its_last_span() -> None:
    assert (closes_today(at(23, 8), HOURS), closes_today(at(28, 8), HOURS)) == (time(17), None)
