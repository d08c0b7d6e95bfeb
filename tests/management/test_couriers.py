"""The errands of every night: posted once, due when the day is over, done for days a stopped machine missed."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from donghanh.kernel import clock, outbox
from donghanh.kernel.models import Errand
from donghanh.management.couriers import COURIERS, post_nightly
from donghanh.queue.models import Ticket
from tests import make

EVENING = datetime(2026, 11, 25, 21, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def states() -> list[str]:
    """The tickets' states, oldest first."""
    return list(Ticket.objects.order_by("issued_at").values_list("state", flat=True))


def test_a_day_is_closed_when_it_is_over_and_not_while_somebody_is_helped_late():
    point = make.point()
    make.ticket(point, when=EVENING)
    with clock.at(EVENING):
        assert post_nightly() == 3
        assert post_nightly() == 0
    with clock.at(EVENING + timedelta(hours=2, minutes=50)):
        assert outbox.deliver_due(COURIERS) == 0
    assert states() == ["waiting"]
    with clock.at(EVENING + timedelta(hours=4)):
        assert outbox.deliver_due(COURIERS) == 3
    assert states() == ["closed"]
    assert list(Errand.objects.values_list("status", flat=True)) == ["done"] * 3


def test_the_next_mornings_counters_stay_open_when_yesterday_is_closed_late():
    point = make.point()
    make.ticket(point, when=EVENING)
    morning = EVENING + timedelta(hours=10)
    make.ticket(point, when=morning)
    with clock.at(morning):
        post_nightly()
        outbox.deliver_due(COURIERS)
    assert states() == ["closed", "waiting"]
    point.refresh_from_db()
    assert [counter.is_open for counter in point.counters.all()] == [True]


def test_days_that_a_stopped_machine_missed_are_closed_afterwards():
    point = make.point()
    make.ticket(point, when=EVENING)
    with clock.at(EVENING + timedelta(days=3)):
        post_nightly()
        outbox.deliver_due(COURIERS)
    assert states() == ["closed"]


def test_a_report_that_does_not_match_the_journal_leaves_a_failed_errand():
    point = make.point()
    ticket = make.ticket(point, when=EVENING)
    with clock.at(EVENING):
        post_nightly()
    Ticket.objects.filter(pk=ticket.pk).update(priority=2)  # behind the journal's back
    moment = EVENING + timedelta(hours=4)
    for _ in range(outbox.MOST_ATTEMPTS):
        with clock.at(moment):
            outbox.deliver_due(COURIERS)
        moment += timedelta(hours=5)
    errands = Errand.objects.order_by("kind").values_list("kind", "status", "last_error")
    assert list(errands) == [
        ("close_day", "done", ""), ("recompute", "failed", "ReportDiffers"), ("retention", "done", ""),
    ]  # fmt: skip
