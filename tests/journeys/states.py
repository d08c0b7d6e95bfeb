"""Bring a busy hall into known states: `python -m tests.journeys.states`, in a server's environment.

Prints where they are, as JSON: counters by what goes on there, and addresses of tickets.
"""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
django.setup()

from donghanh.cases.actions import consents, ending, following, helping  # noqa: E402
from donghanh.cases.models import Case, Dossier  # noqa: E402
from donghanh.cases.rules.consents import hash_of  # noqa: E402
from donghanh.catalog.models import Procedure  # noqa: E402
from donghanh.catalog.queries import content_of  # noqa: E402
from donghanh.kernel.journal import House, acting  # noqa: E402
from donghanh.kernel.models import Errand  # noqa: E402
from donghanh.people.models import Person  # noqa: E402
from donghanh.places.models import Counter, Point  # noqa: E402
from donghanh.queue.actions import calls, service  # noqa: E402
from donghanh.queue.actions.issue import issue  # noqa: E402
from donghanh.queue.models import Series, Ticket  # noqa: E402
from donghanh.teams.models import Member  # noqa: E402

PROCEDURE = "2.000635"
AT_COUNTER = ("called", "recalled", "serving")
CODE = "G22.99.08-261124-000127"


def states() -> dict[str, str]:
    """A counter that is free, one that called, one that helps, one that is at the end; and the tickets."""
    centre = Point.objects.get(mobile=False)
    member = Member.objects.get(username="khoa")
    counters = list(Counter.objects.filter(point=centre).order_by("label"))
    for counter in counters[1:]:
        _free(counter, member)
    for letter, move in (("A", "held"), ("D", "absent"), ("E", "parked")):
        _set_aside(_new(centre, letter), counters[1], member, move)
    _new(centre, "B")
    called = calls.call_next(counters[3], by=member)
    helped = _helped(_new(centre, "C"), counters[2], member)
    ended = _helped(_new(centre, "C"), counters[1], member)
    _tick_all(ended, member)
    receipt = _helped(_new(centre, "C"), counters[4], member)
    _tick_all(receipt, member)
    _lose_a_message(helping.add_dossier(receipt, portal="national", code=CODE, by=member), member)
    ending.finish(
        receipt, by=member, outcome="submitted", autonomy="together", device="own_phone", account="citizens"
    )
    waiting = [_new(centre, letter) for letter in "CBEC"][-1]
    tickets = {"waiting": waiting, "called": called, "receipt": receipt.ticket, "serving": helped.ticket}
    return {
        "free": counters[4].label, "calling": counters[3].label, "helping": counters[2].label,
        "ending": counters[1].label, "point": str(centre.pk), "pick": str(waiting.pk), "receipt_case": str(receipt.pk),
        **{name: f"/t/{ticket.secret}/" for name, ticket in tickets.items() if ticket},
    }  # fmt: skip


def _new(point: Point, letter: str) -> Ticket:
    series = Series.objects.get(point=point, letter=letter)
    named = Procedure.objects.get(code=PROCEDURE) if letter == "C" else None
    return issue(point, by=House(), series=series, procedure=named, priority=1 if letter == "E" else 0).ticket


def _free(counter: Counter, member: Member) -> None:
    for ticket in Ticket.objects.filter(counter=counter, state__in=AT_COUNTER):
        case = Case.objects.filter(ticket=ticket, finished_at__isnull=True).first()
        if case is not None:
            ending.finish(case, by=member, outcome="informed_only")
        else:
            calls.absent(_again(ticket), by=member)


def _set_aside(ticket: Ticket, counter: Counter, member: Member, state: str) -> None:
    ticket = calls.call_this(_again(ticket), counter, by=member, reason="Đi cùng người thân")
    if state == "absent":
        calls.absent(ticket, by=member)
        return
    service.arrived(ticket, by=member)
    {"held": service.hold, "parked": service.park}[state](ticket, by=member)


def _helped(ticket: Ticket, counter: Counter, member: Member) -> Case:
    ticket = calls.call_this(_again(ticket), counter, by=member, reason="Đã hẹn trước")
    person = Person.objects.filter(merged_into__isnull=True).order_by("name_key").first()
    return helping.open_case(Procedure.objects.get(code=PROCEDURE), by=member, ticket=ticket, person=person)


def _lose_a_message(dossier: Dossier, member: Member) -> None:
    """Its owner is to be told, and a provider did not take it."""
    agreed = hash_of("tell_result", "vi")
    consents.agree(dossier.case, "tell_result", by=member, text_hash=agreed)
    following.add_contact(dossier.case, kind="email", address="ut@example.org", by=member)
    following.set_status(dossier, "processed", by=member)
    Errand.objects.filter(kind="tell_result").update(status=Errand.FAILED, last_error="Refused")


def _tick_all(case: Case, member: Member) -> None:
    helping.tick_steps(case, {step.id: True for step in content_of(case.edition_id).steps}, by=member)


def _again(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_related("point", "counter", "series", "member").get(pk=ticket.pk)


if __name__ == "__main__":
    with acting():
        json.dump(states(), sys.stdout)
