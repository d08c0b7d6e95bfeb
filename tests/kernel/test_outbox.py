"""Errands: posted with their cause, carried once, tried again after a pause."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from donghanh.kernel import clock, journal, outbox
from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import House, action
from donghanh.kernel.models import Errand, JournalEntry

NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)


@pytest.fixture
def at_noon():
    with clock.at(NOON):
        yield


def rows(*fields: str) -> list[tuple[object, ...]]:
    return list(Errand.objects.order_by("key").values_list(*fields))


@pytest.mark.usefixtures("at_noon")
def test_an_errand_is_posted_once_per_key_and_carried_once():
    carried = []
    assert outbox.post("print", "print/A001", ward="31153", number="A001") is True
    assert outbox.post("print", "print/A001", ward="31153", number="A002") is False
    assert outbox.deliver_due({"print": carried.append}) == 1
    assert outbox.deliver_due({"print": carried.append}) == 0
    assert carried == [{"number": "A001"}]
    assert rows("key", "status", "attempts", "ended_at", "last_error") == [
        ("print/A001", "done", 1, NOON, "")
    ]


def test_an_errand_falls_with_its_cause():
    @action
    def close(*, fails: bool) -> None:
        journal.write("day.close", ward="31153", by=House())
        outbox.post("report", "report/31153")
        if fails:
            raise Refusal("no")

    with pytest.raises(Refusal):
        close(fails=True)
    assert (Errand.objects.count(), JournalEntry.objects.count()) == (0, 0)
    close(fails=False)
    assert (Errand.objects.count(), JournalEntry.objects.count()) == (1, 1)


@pytest.mark.usefixtures("at_noon")
def test_an_errand_waits_until_it_is_due():
    outbox.post("print", "later", due_at=NOON + timedelta(minutes=5))
    assert outbox.deliver_due({"print": print}) == 0
    with clock.at(NOON + timedelta(minutes=5)):
        assert outbox.deliver_due({"print": print}) == 1


@pytest.mark.usefixtures("at_noon")
def test_a_worker_does_not_take_what_another_carries_at_that_moment():
    others = []

    def carry_while_another_looks(facts: dict[str, object]) -> None:
        others.append(outbox.deliver_due({"print": lambda _: others.append("twice")}))

    outbox.post("print", "only")
    assert outbox.deliver_due({"print": carry_while_another_looks}) == 1
    assert others == [0]


@pytest.mark.usefixtures("at_noon")
def test_a_worker_whose_list_has_grown_old_carries_nothing_twice():
    carried = []

    def carry_and_let_another_finish_the_list(facts: dict[str, object]) -> None:
        carried.append(facts["n"])
        outbox.deliver_due({"print": lambda other: carried.append(other["n"])})

    for number in range(5):
        outbox.post("print", f"n{number}", n=number)
    assert outbox.deliver_due({"print": carry_and_let_another_finish_the_list}) == 1
    assert sorted(carried) == [0, 1, 2, 3, 4]
    assert rows("status", "attempts") == [("done", 1)] * 5


def test_a_failure_is_tried_again_after_growing_pauses_and_then_given_up():
    moment, pauses = NOON, []
    with clock.at(moment):
        outbox.post("print", "broken")

    def fail(facts: dict[str, object]) -> None:
        raise OSError("Lê Thị Út's paper is stuck")

    for _ in range(outbox.MOST_ATTEMPTS):
        with clock.at(moment):
            assert outbox.deliver_due({"print": fail}) == 0
            assert outbox.deliver_due({"print": fail}) == 0
        errand = Errand.objects.get()
        pauses.append(int((errand.due_at - moment).total_seconds()))
        moment = errand.due_at
    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3840]
    assert rows("status", "attempts", "last_error") == [("failed", 8, "OSError")]
    with clock.at(moment + timedelta(days=1)):
        assert outbox.deliver_due({"print": fail}) == 0


@pytest.mark.usefixtures("at_noon")
def test_one_bad_errand_does_not_stop_the_rest():
    carried = []
    outbox.post("unknown", "a")
    outbox.post("print", "b", number="A001")
    assert outbox.deliver_due({"print": carried.append}) == 1
    assert carried == [{"number": "A001"}]
    assert rows("key", "status", "last_error") == [("a", "waiting", "KeyError"), ("b", "done", "")]
