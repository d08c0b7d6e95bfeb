"""Finish a case, undo it, refer it to others, and close what a day left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import DateTimeField, Q, UUIDField

from donghanh.cases.actions.helping import refuse_finished, write
from donghanh.cases.models import ACCOUNTS, AUTONOMIES, DEVICES, OUTCOMES, Case, Referral
from donghanh.cases.rules import CaseFinished, check_account, refuse_secrets
from donghanh.catalog.queries import content_of
from donghanh.kernel import clock
from donghanh.kernel.errors import Invalid, NotFound
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.prepared import Prepared, Slot, guarded_update
from donghanh.kernel.text import nfc
from donghanh.people.models import Person
from donghanh.people.rules import age_band, age_on
from donghanh.places.models import Point
from donghanh.queue.actions import day as queue_day
from donghanh.queue.actions import service
from donghanh.queue.models import HELD, SERVING, Period, Ticket
from donghanh.teams.models import Member, Organisation
from donghanh.teams.rules import may, require

_LOCKED = Prepared(
    lambda: (
        Ticket.objects.select_for_update(of=("self",))
        .select_related("point", "counter")
        .filter(pk=Slot("ticket", UUIDField()))
    )
)
_OPEN_OF_STAY = Prepared(
    lambda: Case.objects.filter(ticket=Slot("ticket", UUIDField()), finished_at__isnull=True)[:1]
)
_SERVICE = Prepared(
    lambda: Period.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=Slot("opened", DateTimeField())),
        ticket=Slot("ticket", UUIDField()),
        kind=Period.SERVICE,
    )
)


@action
def finish(
    case: Case,
    *,
    by: Member,
    outcome: str,
    autonomy: str = "",
    device: str = "",
    account: str = "",
    account_ground: str = "",
    account_consent: bool = False,
    missing_papers: Sequence[str] = (),
    first_time: bool | None = None,
    stay_open: bool = False,
) -> Case:
    """Give the case its outcome; the stay ends with its last open case unless `stay_open`.

    The duration is what the service periods of the stay since the case's opening add up to.
    Refuses with CaseFinished, Invalid, NotForVolunteers, NeverKept.
    """
    require(by.role, "help_case")
    refuse_finished(case)
    said = {
        "outcome": outcome, "autonomy": autonomy, "device": device, "account": account,
        "account_ground": refuse_secrets(nfc(account_ground))[:200], "account_consent": account_consent,
        "missing_papers": list(missing_papers), "first_time": first_time,
    }  # fmt: skip
    _check_said(case, said, by)
    _finish_once(case, {**said, "finished_at": clock.now(), "seconds": _seconds(case), **_who(case.person)})
    facts = {name: said[name] for name in ("outcome", "autonomy", "device", "account")}
    write(case, "case.finish", by, {**facts, "seconds": case.seconds})
    if case.ticket_id and not stay_open:
        _end_stay(case, by)
    return case


@action
def undo(ticket: Ticket, *, by: Member) -> Ticket:
    """Undo the ticket's last move; if it was the end of the stay, its last finished case opens again."""
    was_finish = (ticket.last_move or {}).get("move") == "finish"
    undone = service.undo(ticket, by=by)
    if was_finish:
        last = ticket.cases.filter(finished_at__isnull=False).order_by("-finished_at").first()
        if last is not None:
            reopen(last, by=by)
    return undone


@action
def reopen(case: Case, *, by: Member) -> Case:
    """Take the outcome back."""
    require(by.role, "help_case")
    changes = {"finished_at": None, "outcome": "", "seconds": None}
    if not Case.objects.filter(pk=case.pk, finished_at__isnull=False).update(**changes):
        raise NotFound()
    was = case.outcome
    for name, value in changes.items():
        setattr(case, name, value)
    write(case, "case.reopen", by, {"was": was})
    return case


@action
def refer(case: Case, organisation: Organisation, *, by: Member, due_on: date, reason: str = "") -> Referral:
    """Hand the case to another organisation, to be back by a day. Refuses with Invalid for a past day."""
    require(by.role, "help_case")
    if due_on < clock.today():
        raise Invalid(field="due_on", problem="this day is past")
    if organisation.ward_id != case.ward_id:
        raise NotFound()
    referral = Referral.objects.create(
        case=case,
        organisation=organisation,
        reason=refuse_secrets(nfc(reason))[:200],
        due_on=due_on,
        sent_at=clock.now(),
        by=by,
    )
    write(case, "case.refer", by, {"organisation": organisation.pk, "due_on": due_on})
    return referral


@action
def return_referral(referral: Referral, *, by: Member, result: str = "") -> Referral:
    """The other organisation is done; once."""
    require(by.role, "help_case")
    moment, said = clock.now(), refuse_secrets(nfc(result))[:200]
    if not Referral.objects.filter(pk=referral.pk, returned_at__isnull=True).update(
        returned_at=moment, result=said
    ):
        raise CaseFinished(outcome="returned")
    referral.returned_at, referral.result = moment, said
    write(referral.case, "case.referral_back", by, {"organisation": referral.organisation_id})
    return referral


@action
def close_day(point: Point, day: date, *, by: Actor) -> int:
    """The nightly close of a point: tickets first, then the cases they leave; all marked not accurate."""
    left = queue_day.close_day(point, day, by=by)
    open_cases = Case.objects.filter(
        Q(ticket__day=day) | Q(ticket__isnull=True, opened_at__date=day),
        point=point,
        finished_at__isnull=True,
    )
    for case in open_cases.select_related("person"):
        _finish_once(
            case,
            {
                "finished_at": clock.now(),
                "outcome": "closed_by_system",
                "accurate": False,
                **_who(case.person),
            },
        )
        write(case, "case.close", by, {"outcome": "closed_by_system"})
    return left


def _check_said(case: Case, said: Mapping[str, Any], by: Member) -> None:
    _one_of("outcome", said["outcome"], OUTCOMES)
    for field, known in (("autonomy", AUTONOMIES), ("device", DEVICES), ("account", ACCOUNTS)):
        if said[field]:
            _one_of(field, said[field], known)
    check_account(
        account=said["account"],
        ground=said["account_ground"],
        consent=said["account_consent"],
        may_act_on_behalf=may(by.role, "act_on_behalf"),
    )
    if said["missing_papers"]:
        papers = tuple(sorted(paper.id for paper in content_of(case.edition_id).papers))
        for paper in said["missing_papers"]:
            _one_of("missing_papers", paper, papers)


def _end_stay(case: Case, by: Member) -> None:
    """The stay ends with its last open case; `case.ticket` then shows it as it stands."""
    # Locked before the look at the other cases: of two members who finish the last two, one ends the stay.
    ticket = _LOCKED.first(ticket=case.ticket_id)
    assert ticket is not None
    case.ticket = ticket
    if ticket.state in {SERVING, HELD} and _OPEN_OF_STAY.first(ticket=ticket.pk) is None:
        service.finish(ticket, by=by)


def _finish_once(case: Case, changes: dict[str, Any]) -> None:
    if not guarded_update(case, changes, finished_at=None):
        now = Case.objects.get(pk=case.pk)
        raise CaseFinished(outcome=now.outcome)
    for name, value in changes.items():
        setattr(case, name, value)


def _seconds(case: Case) -> int:
    """Service time of the stay since the case was opened, holds left out; without a ticket the clock's time."""
    end = clock.now()
    if case.ticket_id is None:
        return int((end - case.opened_at).total_seconds())
    periods = _SERVICE.rows(ticket=case.ticket_id, opened=case.opened_at)
    total = sum(
        ((one.ends_at or end) - max(one.starts_at, case.opened_at)).total_seconds() for one in periods
    )
    return max(int(total), 0)


def _who(person: Person | None) -> dict[str, str]:
    if person is None:
        return {"age_band": "unknown", "sex": "unknown"}
    return {
        "age_band": age_band(age_on(person.born_on or person.born_year, clock.today())),
        "sex": person.sex,
    }


def _one_of(field: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise Invalid(field=field, problem=f"“{value}” is not one of {', '.join(known)}")
