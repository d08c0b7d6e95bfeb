"""The doctor finds what is broken and names it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from donghanh.kernel import clock
from donghanh.kernel.models import Errand
from donghanh.management.doctor import findings
from donghanh.queue.actions import calls, service
from donghanh.queue.models import Period, Ticket
from tests import make


def broken() -> dict[str, str]:
    """What the doctor calls broken now."""
    return {finding.what: finding.broken for finding in findings() if finding.broken}


def lived_ticket() -> Ticket:
    """A ticket that was called and served."""
    point = make.point()
    make.ticket(point)
    member = make.member(point.ward)
    ticket = calls.call_next(make.counter(point), by=member)
    return service.arrived(ticket, by=member)


def test_a_lived_ward_is_whole():
    lived_ticket()
    assert broken() == {}


def test_the_doctor_names_the_first_changed_entry_of_the_journal():
    ticket = lived_ticket()
    ward = ticket.point.ward_id
    drop_journal_triggers()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE donghanh_journalentry SET verb = 'ticket.leave' WHERE ward = %s AND seq = 2", [ward]
        )
    found = broken()
    assert found[f"journal of {ward}"] == "entry 2: its content was changed"
    assert found["triggers"].startswith("missing or off: donghanh_journalentry")


def test_the_doctor_sees_a_hole_between_periods():
    ticket = lived_ticket()
    moved = Period.objects.filter(ticket=ticket, ordinal=1)
    moved.update(starts_at=clock.now() - timedelta(minutes=9), ends_at=clock.now() - timedelta(minutes=5))
    assert broken() == {"periods": "1 periods do not start where the one before ended"}


def test_the_doctor_says_which_messages_nobody_got():
    now = clock.now()
    for key, kind, status, error in (
        ("1", "tell_result", "failed", "Refused"), ("2", "tell_result", "failed", "Refused"), ("3", "tell_result", "failed", "NotSetUp"),
        ("4", "tell_result", "done", ""), ("5", "tell_result", "waiting", "NotReached"),
    ):  # fmt: skip
        Errand.objects.create(key=key, kind=kind, status=status, last_error=error, due_at=now, posted_at=now)
    assert broken() == {"messages": "not arrived: 2 Refused, 1 NotSetUp; see /coordinator/dossiers"}


@pytest.mark.parametrize("lost", [0, 1], ids=["the first", "the last"])
def test_the_doctor_sees_a_missing_number(lost):
    point = make.point()
    tickets = [make.ticket(point), make.ticket(point)]
    Ticket.objects.filter(pk=tickets[lost].pk).delete()
    assert broken() == {"numbers": f"series A of {tickets[0].day}: 1 tickets, last number 2"}


def drop_journal_triggers() -> None:
    """What an attacker with the database's password would do first."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER donghanh_journalentry_no_UPDATE")
        else:
            cursor.execute("ALTER TABLE donghanh_journalentry DISABLE TRIGGER USER")
