"""Who is next: a head start, never a wall; and the same order in the database's calls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.kernel import clock
from donghanh.queue.actions.calls import NobodyWaits, ReasonNeeded, call_next, call_this
from donghanh.queue.models import Ticket
from donghanh.queue.queries.lists import overtaken_at, picked_at
from donghanh.queue.rules.order import Waiting, in_calling_order, priority_level, ranks_at
from tests import make

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def ago(minutes: float) -> datetime:
    return NOON - timedelta(minutes=minutes)


def order(*waiting: Waiting, streak: int = 0) -> list[object]:
    return [one.ticket for one in in_calling_order(waiting, priority_in_a_row=streak)]


@pytest.mark.pure
def test_first_come_first_called():
    assert order(Waiting("b", ago(5)), Waiting("a", ago(9)), Waiting("c", ago(1))) == ["a", "b", "c"]


@pytest.mark.pure
def test_priority_is_a_head_start_of_ten_minutes_a_level():
    assert order(Waiting("a", ago(9)), Waiting("b", ago(0), priority=1)) == ["b", "a"]
    assert order(Waiting("a", ago(11)), Waiting("b", ago(0), priority=1)) == ["a", "b"]
    assert order(Waiting("a", ago(19)), Waiting("b", ago(0), priority=2)) == ["b", "a"]


@pytest.mark.pure
def test_calling_order_never_starves_an_ordinary_ticket():
    assert order(Waiting("a", ago(30)), Waiting("b", ago(1), priority=2)) == ["a", "b"]


@pytest.mark.pure
def test_at_most_two_priority_calls_in_a_row_while_others_wait():
    crowd = [Waiting(f"p{n}", ago(5), priority=2) for n in range(5)]
    assert order(*crowd, Waiting("a", ago(1)), Waiting("b", ago(0))) == [
        "p0", "p1", "a", "p2", "p3", "b", "p4",
    ]  # fmt: skip
    assert order(*crowd[:2], Waiting("a", ago(1)), streak=2)[0] == "a"


@pytest.mark.pure
@given(st.lists(st.tuples(st.floats(0, 300), st.integers(0, 3)), max_size=40), st.integers(0, 3))
def test_everybody_is_in_the_order_once_and_no_streak_is_longer_than_allowed(people, streak):
    waiting = [Waiting(number, ago(minutes), level) for number, (minutes, level) in enumerate(people)]
    result = in_calling_order(waiting, priority_in_a_row=streak)
    assert sorted(str(one.ticket) for one in result) == sorted(str(one.ticket) for one in waiting)
    row = streak
    for place, one in enumerate(result):
        row = row + 1 if one.priority else 0
        if row > max(2, streak):
            assert all(later.priority for later in result[place:])


@pytest.mark.pure
@given(st.floats(0, 500), st.integers(0, 5))
def test_a_head_start_never_grows_with_waiting(minutes, level):
    assert ago(minutes) - ranks_at(ago(minutes), level) == timedelta(minutes=10) * level


@pytest.mark.pure
def test_unknown_age_gives_no_priority():
    classes = [{"level": 1, "from_age": 70}, {"level": 2, "from_age": 80}, {"level": 2, "vi": "mang thai"}]
    assert [priority_level(classes, age) for age in (None, 69, 70, 79, 80, 99)] == [0, 0, 1, 1, 2, 2]


@pytest.mark.usefixtures("midday")
def test_calls_follow_the_rule_to_the_last_ticket():
    point, now = make.point(), clock.now()
    member = make.member(point.ward)
    for minutes, level in [(30, 0), (12, 0), (9, 1), (8, 2), (7, 2), (6, 2), (2, 0)]:
        make.ticket(point, when=now - timedelta(minutes=minutes), priority=level)
    rows = list(Ticket.objects.filter(point=point).order_by("ordinal"))
    expected = [
        one.ticket for one in in_calling_order([Waiting(t.ordinal, t.issued_at, t.priority) for t in rows])
    ]
    called = []
    for seconds in range(len(rows)):
        with clock.at(now + timedelta(seconds=seconds)):
            called.append(call_next(make.counter(point), by=member).ordinal)
    assert called == expected == [1, 4, 5, 2, 6, 3, 7]
    with pytest.raises(NobodyWaits):
        call_next(make.counter(point), by=member)


@pytest.mark.usefixtures("midday")
def test_out_of_turn_needs_a_reason_that_the_live_view_shows_and_the_chain_does_not_hold():
    point, now = make.point(), clock.now()
    member = make.member(point.ward)
    first = make.ticket(point, when=now - timedelta(minutes=9))
    second = make.ticket(point, when=now - timedelta(minutes=3))
    with pytest.raises(ReasonNeeded):
        call_this(second, make.counter(point), by=member, reason="  ")
    call_this(second, make.counter(point), by=member, reason="Bé đang sốt")
    assert [(number, reason) for number, reason, _ in picked_at(point)] == [("A002", "Bé đang sốt")]
    first.refresh_from_db()
    assert [(one.number, one.why) for one in overtaken_at(point, [first])[first.pk]] == [("A002", "picked")]
    assert "sốt" not in "".join(entry.facts_json for entry in make.entries(point))


def test_a_ticket_is_forwarded_to_whom_it_waits_for_alone():
    point = make.point(counters=2)
    lan, khoa = make.member(point.ward), make.member(point.ward)
    ticket = make.ticket(point)
    ticket.wanted_counter = make.counter(point, "2")
    Ticket.objects.filter(pk=ticket.pk).update(wanted_counter=make.counter(point, "2"))
    with pytest.raises(NobodyWaits):
        call_next(make.counter(point, "1"), by=lan)
    assert call_next(make.counter(point, "2"), by=khoa).pk == ticket.pk
