"""Come on duty, sit at a counter, call a colleague, go home."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from django.utils import timezone

from donghanh.kernel import clock
from donghanh.kernel.errors import NotFound
from donghanh.places.models import OpeningHours
from donghanh.teams.actions.shifts import (
    call_colleague,
    check_in,
    check_out,
    colleague_came,
    sit_at,
    spans_of,
)
from donghanh.teams.models import Assignment, Shift
from donghanh.teams.queries import calling_for_help, on_duty_at
from tests import make


def at(hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(2026, 11, 24, hour, minute))


@pytest.mark.parametrize(
    ("moment", "half"),
    [
        (at(7), "morning"),
        (at(11, 30), "morning"),
        (at(13), "afternoon"),
        (at(16, 59), "afternoon"),
        (at(17, 30), "afternoon"),
        (at(19), "evening"),
    ],
)
def test_checking_in_makes_the_shift_of_the_half_day_once(moment, half):
    point = make.point()
    with clock.at(moment):
        for member in (make.member(point.ward), make.member(point.ward)):
            check_in(point, by=member)
            check_in(point, by=member)
    assert [shift.half for shift in Shift.objects.filter(point=point)] == [half]
    assert Assignment.objects.filter(shift__point=point).count() == 2


def test_the_halves_follow_the_point_s_own_hours():
    point = make.point()
    OpeningHours.objects.create(point=point, weekday=1, opens=time(8), closes=time(17))
    assert {h: spans_of(point, at(8).date())[h] for h in ("morning", "afternoon")} == {
        "morning": (time(8), time(12)), "afternoon": (time(12), time(17)),
    }  # fmt: skip


def test_a_counter_has_one_sitter_and_a_sitter_one_counter():
    point = make.point(counters=2)
    lan, khoa = make.member(point.ward), make.member(point.ward)
    one, two = make.counter(point, "1"), make.counter(point, "2")
    sit_at(one, by=lan)
    sit_at(two, by=lan)
    sit_at(two, by=khoa)
    assert {(duty.member, duty.counter) for duty in on_duty_at(point)} == {(lan, None), (khoa, two)}
    assert check_out(point, by=lan) == 1
    assert check_out(point, by=lan) == 0
    assert [duty.member for duty in on_duty_at(point)] == [khoa]


def test_a_foreign_point_or_a_counter_out_of_use_is_not_there():
    point, stranger = make.point(), make.member()
    counter = make.counter(point)
    for act in (
        lambda: check_in(point, by=stranger), lambda: sit_at(counter, by=stranger), lambda: call_colleague(counter, by=stranger),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            act()
    counter.is_active = False
    with pytest.raises(NotFound):
        sit_at(counter, by=make.member(point.ward))
    assert not Assignment.objects.filter(shift__point=point).exists()


def test_a_call_for_a_colleague_holds_until_it_is_switched_off():
    point = make.point(counters=2)
    member, one = make.member(point.ward), make.counter(point)
    call_colleague(one, by=member)
    call_colleague(one, by=member)
    assert list(calling_for_help(point)) == [str(one.pk)]
    colleague_came(one, by=make.member(point.ward))
    assert calling_for_help(point) == {}
