"""Which days are worked, when a result is due, when a place is open."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.places.queries.calendar import vietnamese_calendar
from donghanh.places.rules.days import (
    CalendarTooShort,
    Closure,
    Span,
    TimeLimit,
    WorkingDays,
    WrongDayCount,
    WrongHours,
    WrongTimeLimit,
    add_working_days,
    due_on,
    is_open_at,
    is_working_day,
)

pytestmark = pytest.mark.pure

HOLIDAYS, SWAPPED = vietnamese_calendar([2026, 2027])
VIETNAM = WorkingDays(HOLIDAYS, SWAPPED, years=frozenset({2026, 2027}))
SAME_DAY = TimeLimit("same_day")
WEEK = {day: (Span(time(7, 30), time(11, 30)), Span(time(13), time(17))) for day in range(5)}


def test_the_holidays_of_2026_are_those_of_the_decrees() -> None:
    holidays, swapped = vietnamese_calendar([2026])
    assert sorted(holidays) == [
        date(2026, 1, 1), *(date(2026, 2, day) for day in range(16, 21)),
        date(2026, 4, 26), date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1),
        date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2), date(2026, 11, 24),
    ]  # fmt: skip
    assert (holidays[date(2026, 11, 24)], swapped) == ("Ngày Văn hóa Việt Nam", {date(2026, 8, 22)})


def test_the_holidays_of_2027_are_those_known_in_2026() -> None:
    holidays, swapped = vietnamese_calendar([2027])
    assert sorted(holidays) == [
        date(2027, 1, 1), *(date(2027, 2, day) for day in range(4, 11)), date(2027, 4, 16), date(2027, 4, 30),
        date(2027, 5, 1), date(2027, 5, 3), date(2027, 9, 2), date(2027, 9, 3), date(2027, 11, 24),
    ]  # fmt: skip
    assert swapped == set()


def test_what_a_caller_does_to_its_calendar_stays_there() -> None:
    holidays, swapped = vietnamese_calendar([2026])
    holidays.clear()
    swapped.clear()
    assert vietnamese_calendar([2026]) != ({}, set())


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),  # Ngày Văn hóa Việt Nam, a Tuesday
        (date(2026, 8, 22), True),  # a Saturday worked in exchange for 31 August
        (date(2026, 8, 31), False),
        (date(2026, 8, 29), False),  # an ordinary Saturday
        (date(2026, 4, 27), False),  # Monday in place of a holiday on Sunday
    ],
)
def test_days_off_and_swapped_saturdays(day: date, worked: bool) -> None:
    assert is_working_day(day, VIETNAM) is worked


def test_the_wards_own_word_wins_over_the_national_calendar() -> None:
    own = WorkingDays(HOLIDAYS, SWAPPED, {date(2026, 11, 24): True, date(2026, 8, 22): False})
    assert (is_working_day(date(2026, 11, 24), own), is_working_day(date(2026, 8, 22), own)) == (True, False)


def test_a_year_without_known_holidays_is_refused_not_guessed() -> None:
    with pytest.raises(CalendarTooShort) as refused:
        add_working_days(date(2027, 12, 30), 5, VIETNAM)
    assert refused.value.facts == {"year": 2028}


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 25)),  # over the new holiday
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # the worked Saturday counts
        (date(2026, 8, 28), 1, date(2026, 9, 3)),  # weekend, swapped Monday, National Day
        (date(2026, 2, 13), 3, date(2026, 2, 25)),  # Tết
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # from a Saturday
    ],
)
def test_working_days_are_counted_over_weekends_and_holidays(start: date, n: int, end: date) -> None:
    assert add_working_days(start, n, VIETNAM) == end


@pytest.mark.parametrize(
    ("received_at", "due"),
    [
        (datetime(2026, 11, 20, 14, 59), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 15, 0), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 15, 0, 1), date(2026, 11, 23)),  # Friday afternoon: Monday
        (datetime(2026, 11, 23, 16, 0), date(2026, 11, 25)),  # the eve of a holiday
        (datetime(2026, 11, 21, 9, 0), date(2026, 11, 23)),  # a Saturday morning
        (datetime(2026, 11, 21, 16, 0), date(2026, 11, 23)),  # a Saturday afternoon: not a day later still
        (datetime(2026, 8, 22, 9, 0), date(2026, 8, 22)),  # a worked Saturday
        (datetime(2026, 11, 24, 9, 0), date(2026, 11, 25)),  # a holiday
    ],
)
def test_same_day_means_before_the_cut_off_of_a_working_day(received_at: datetime, due: date) -> None:
    assert due_on(received_at, SAME_DAY, VIETNAM) == due


def test_a_moment_with_a_zone_is_read_in_vietnamese_time() -> None:
    received_at = datetime(2026, 11, 20, 8, 0, 1, tzinfo=UTC)  # 15:00:01 in Vietnam
    assert due_on(received_at, SAME_DAY, VIETNAM) == date(2026, 11, 23)


def test_the_cut_off_belongs_to_the_limit() -> None:
    noon = TimeLimit("same_day", cutoff=time(12))
    assert due_on(datetime(2026, 11, 20, 12, 1), noon, VIETNAM) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("received_at", "limit", "due"),
    [
        (datetime(2026, 11, 20, 16, 0), TimeLimit("working_days", 1), date(2026, 11, 23)),
        (datetime(2026, 11, 20, 9, 0), TimeLimit("working_days", 3), date(2026, 11, 26)),
        # What comes in on Saturday counts from Monday, which itself is not counted.
        (datetime(2026, 11, 21, 9, 0), TimeLimit("working_days", 1), date(2026, 11, 25)),
        (datetime(2026, 11, 16, 9, 0), TimeLimit("calendar_days", 7), date(2026, 11, 23)),
        # The last day is a holiday: the limit ends on the next working day.
        (datetime(2026, 11, 17, 9, 0), TimeLimit("calendar_days", 7), date(2026, 11, 25)),
    ],
)
def test_limits_in_days_leave_out_the_day_of_receipt(
    received_at: datetime, limit: TimeLimit, due: date
) -> None:
    assert due_on(received_at, limit, VIETNAM) == due


@pytest.mark.parametrize(
    ("unit", "count"),
    [("same_day", 1), ("working_days", 0), ("working_days", -3), ("calendar_days", 3651), ("weeks", 1)],
)
def test_nonsense_limits_are_refused(unit: str, count: int) -> None:
    with pytest.raises(WrongTimeLimit) as refused:
        TimeLimit(unit, count)  # type: ignore[arg-type]
    assert refused.value.facts == {"unit": unit, "count": count}


@pytest.mark.parametrize("n", [0, -1, 3651])
def test_days_are_only_counted_forward(n: int) -> None:
    with pytest.raises(WrongDayCount):
        add_working_days(date(2026, 11, 20), n, VIETNAM)


def test_a_calendar_without_any_working_day_is_refused_and_never_loops() -> None:
    idle = WorkingDays(weekend=frozenset(range(7)))
    with pytest.raises(CalendarTooShort):
        add_working_days(date(2026, 11, 20), 1, idle)


def test_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(WrongHours) as refused:
        Span(time(17), time(13))
    assert refused.value.facts == {"opens": "17:00", "closes": "13:00"}


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 11, 20, 7, 30), True),
        (datetime(2026, 11, 20, 7, 29, 59), False),
        (datetime(2026, 11, 20, 11, 30), False),  # the lunch break begins
        (datetime(2026, 11, 20, 16, 59, 59), True),
        (datetime(2026, 11, 20, 17, 0), False),
        (datetime(2026, 11, 21, 9, 0), False),  # Saturday
        (datetime(2026, 11, 24, 9, 0), False),  # holiday
        (datetime(2026, 8, 22, 9, 0), True),  # worked Saturday, Monday's hours
        (datetime(2026, 11, 25, 9, 0), False),  # first day of a closure
        (datetime(2026, 11, 26, 9, 0), False),  # last day of a closure
        (datetime(2026, 11, 27, 9, 0), True),
        (datetime(2026, 11, 20, 1, 0, tzinfo=UTC), True),  # 08:00 in Vietnam
    ],
)
def test_a_place_is_open_by_its_hours_unless_holiday_or_closure(moment: datetime, is_open: bool) -> None:
    closures = [Closure(date(2026, 11, 25), date(2026, 11, 26))]
    assert is_open_at(moment, WEEK, closures, VIETNAM) is is_open


def test_a_gathering_on_saturday_follows_its_own_hours_but_not_on_a_holiday() -> None:
    hours = {5: (Span(time(19), time(21)),)}
    evening = [datetime(2026, 11, 21, 20, 0), datetime(2027, 5, 1, 20, 0)]
    assert [is_open_at(moment, hours, [], VIETNAM) for moment in evening] == [True, False]


def test_a_ward_can_stay_shut_on_a_saturday_of_its_own_choice() -> None:
    hours = {5: (Span(time(8), time(11)),)}
    shut = WorkingDays(HOLIDAYS, SWAPPED, {date(2026, 11, 21): False})
    assert not is_open_at(datetime(2026, 11, 21, 9, 0), hours, [], shut)


@given(st.dates(date(2026, 1, 1), date(2027, 9, 1)), st.integers(1, 40))
def test_between_start_and_end_lie_exactly_n_working_days(start: date, n: int) -> None:
    end = add_working_days(start, n, VIETNAM)
    between = [start + timedelta(days=ahead) for ahead in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day, VIETNAM) for day in between) == n
    assert is_working_day(end, VIETNAM)


LIMITS = st.one_of(
    st.just(SAME_DAY),
    st.builds(TimeLimit, st.sampled_from(["working_days", "calendar_days"]), st.integers(1, 30)),
)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 9, 1)), LIMITS)
def test_a_result_is_never_due_before_receipt_nor_on_a_day_off(
    received_at: datetime, limit: TimeLimit
) -> None:
    due = due_on(received_at, limit, VIETNAM)
    assert due >= received_at.date()
    assert is_working_day(due, VIETNAM)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 9, 1)),
    st.timedeltas(timedelta(0), timedelta(30)),
    LIMITS,
)
def test_who_comes_later_never_gets_an_earlier_day(
    received_at: datetime, later: timedelta, limit: TimeLimit
) -> None:
    assert due_on(received_at, limit, VIETNAM) <= due_on(received_at + later, limit, VIETNAM)
