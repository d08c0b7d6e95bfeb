"""Open a case, tick its steps, note, and write the dossier down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.db.models import UUIDField

from donghanh.cases.models import Case, CaseNote, Dossier, PaperTick, StepTick
from donghanh.cases.rules import CaseFinished, UnknownPaper, UnknownStep, refuse_secrets
from donghanh.cases.rules.codes import case_code
from donghanh.catalog.models import Procedure
from donghanh.catalog.queries import content_of
from donghanh.catalog.rules.content import TimeLimit as StatedLimit
from donghanh.catalog.rules.dossier import PORTAL_KINDS, dossier_warning
from donghanh.kernel import clock, journal
from donghanh.kernel.errors import Invalid, Refusal
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.prepared import Prepared, Slot, insert
from donghanh.kernel.text import nfc
from donghanh.people.models import Person
from donghanh.places.models import Point
from donghanh.places.queries.working import due_on_in
from donghanh.places.rules.days import TimeLimit
from donghanh.queue.actions import service
from donghanh.queue.models import SERVING, Ticket
from donghanh.teams.models import Member
from donghanh.teams.rules import require

LONGEST_CODE = 60

_TICKS = Prepared(lambda: StepTick.objects.filter(case=Slot("case", UUIDField())))


class NotPublished(Refusal):
    """The procedure has no published edition to work on."""

    message = "“{procedure}” has no published edition yet. An officer must publish it first."


@action
def open_case(
    procedure: Procedure,
    *,
    by: Member,
    ticket: Ticket | None = None,
    point: Point | None = None,
    person: Person | None = None,
) -> Case:
    """Begin to help with a procedure on its current edition; a called ticket has thereby arrived.

    A second case of a stay begins a new service period; the same procedure asked for again while its
    case is open is that case. Refuses with NotPublished, MoveNotPossible.
    """
    require(by.role, "help_case")
    place = ticket.point if ticket else point
    if place is None:
        raise Invalid(field="point", problem="a ticket or a point is needed")
    if procedure.current_id is None:
        raise NotPublished(procedure=procedure.code)
    if ticket is not None:
        if (begun := _begun(ticket, procedure, by)) is not None:
            return begun
        _take_up(ticket, by)
    case = Case(
        code=case_code(),
        ward_id=place.ward_id,
        point=place,
        ticket=ticket,
        person=person,
        procedure=procedure,
        edition_id=procedure.current_id,
        counter_id=ticket.counter_id if ticket else None,
        opened_by=by,
        opened_at=clock.now(),
        zone_id=person.zone_id if person else None,
    )
    insert(case)
    write(case, "case.open", by, {"procedure": procedure.code, "ticket": ticket.number if ticket else None})
    return case


@action
def tick_steps(case: Case, steps: Mapping[str, bool], *, by: Member) -> list[str]:
    """Tick or untick steps; a step already so stays as it is. Gives the steps that are done.

    Refuses with CaseFinished, UnknownStep; then nothing is changed.
    """
    require(by.role, "help_case")
    refuse_finished(case)
    known = [step.id for step in content_of(case.edition_id).steps]
    for step in steps:
        if step not in known:
            raise UnknownStep(step=step)
    done = {tick.step for tick in _TICKS.rows(case=case.pk)}
    fresh = [step for step, is_done in steps.items() if is_done and step not in done]
    dropped = [step for step, is_done in steps.items() if not is_done and step in done]
    moment = clock.now()
    if fresh:
        StepTick.objects.bulk_create(
            [StepTick(case=case, step=step, done_at=moment, done_by=by) for step in fresh],
            ignore_conflicts=True,
        )
    if dropped:
        StepTick.objects.filter(case=case, step__in=dropped).delete()
    if fresh or dropped:
        write(case, "case.steps", by, {"done": fresh, "undone": dropped})
    now_done = (done | set(fresh)) - set(dropped)
    return [step for step in known if step in now_done]


@action
def tick_papers(case: Case, papers: Mapping[str, bool], *, by: Member) -> list[str]:
    """Say which papers of the edition are there; one already so stays as it is. Gives those that are there.

    Refuses with CaseFinished, UnknownPaper; then nothing is changed.
    """
    require(by.role, "help_case")
    refuse_finished(case)
    known = [paper.id for paper in content_of(case.edition_id).papers]
    for paper in papers:
        if paper not in known:
            raise UnknownPaper(paper=paper)
    there = set(PaperTick.objects.filter(case=case).values_list("paper", flat=True))
    fresh = [paper for paper, is_there in papers.items() if is_there and paper not in there]
    dropped = [paper for paper, is_there in papers.items() if not is_there and paper in there]
    moment = clock.now()
    PaperTick.objects.bulk_create(
        [PaperTick(case=case, paper=paper, done_at=moment, done_by=by) for paper in fresh],
        ignore_conflicts=True,
    )
    if dropped:
        PaperTick.objects.filter(case=case, paper__in=dropped).delete()
    if fresh or dropped:
        write(case, "case.papers", by, {"there": fresh, "not_there": dropped})
    return [paper for paper in known if paper in (there | set(fresh)) - set(dropped)]


@action
def add_note(case: Case, text: str, *, by: Member) -> CaseNote:
    """Keep a remark. Refuses with NeverKept when it seems to hold a password or code."""
    require(by.role, "help_case")
    said = refuse_secrets(nfc(text))
    if not said:
        raise Invalid(field="text", problem="empty")
    note = CaseNote.objects.create(case=case, text=said[:1000], at=clock.now(), by=by)
    write(case, "case.note", by, {})
    return note


@action
def add_dossier(case: Case, *, portal: str, code: str, by: Member, due_on: date | None = None) -> Dossier:
    """Write (portal, code) down as opaque text; an unusual form is only warned of.

    The appointment is reckoned from the time limit, working days and cut-off unless the portal's
    own day is given. The same dossier again is the same row. Refuses with CaseFinished, Invalid.
    """
    require(by.role, "help_case")
    refuse_finished(case)
    portal, code = nfc(portal), nfc(code)
    if not portal or not code or len(portal) > 40 or len(code) > LONGEST_CODE:
        raise Invalid(field="code" if portal else "portal", problem=f"1–{LONGEST_CODE} characters")
    moment = clock.now()
    limit = content_of(case.edition_id).time_limit
    due = due_on or _due_on(case, limit)
    dossier, is_new = Dossier.objects.get_or_create(
        case=case,
        portal=portal,
        code=code,
        defaults={"warning": dossier_warning(portal, code) or "", "submitted_at": moment, "due_on": due},
    )
    if is_new:
        if case.due_on != dossier.due_on:
            Case.objects.filter(pk=case.pk).update(due_on=dossier.due_on)
            case.due_on = dossier.due_on
        write(
            case,
            "case.dossier",
            by,
            {"portal": _known(case, portal), "due_on": dossier.due_on, "warned": bool(dossier.warning)},
        )
    return dossier


def refuse_finished(case: Case) -> None:
    """Refuse with CaseFinished when the case has its outcome."""
    if case.finished_at is not None:
        raise CaseFinished(outcome=case.outcome)


def write(case: Case, verb: str, by: Actor, facts: dict[str, Any]) -> None:
    """A journal entry of a case."""
    journal.write(
        verb,
        ward=case.ward_id,
        by=by,
        subject="case",
        subject_id=case.pk,
        point_id=case.point_id,
        facts=facts,
    )


def _due_on(case: Case, stated: StatedLimit) -> date | None:
    """The appointment by the stated limit; None where the law gives no single figure."""
    if stated.kind == "same_day":
        cutoff = time.fromisoformat(stated.cutoff) if stated.cutoff else time(15, 0)
        return due_on_in(case.ward_id, clock.now(), TimeLimit("same_day", 0, cutoff))
    if stated.kind in ("working_days", "calendar_days") and stated.days:
        return due_on_in(case.ward_id, clock.now(), TimeLimit(stated.kind, stated.days))
    return None


def _known(case: Case, portal: str) -> str:
    """A portal of the edition or a kind of portal by its code; what was typed freely may name somebody."""
    known = {name for one in content_of(case.edition_id).portals for name in (one.id, one.kind)}
    return portal if portal in known | PORTAL_KINDS else "other"


def _begun(ticket: Ticket, procedure: Procedure, by: Member) -> Case | None:
    """The stay's open case of this procedure, taken up again if the ticket is not being served."""
    begun = Case.objects.filter(ticket=ticket, procedure=procedure, finished_at__isnull=True).first()
    if begun is not None and ticket.state != SERVING:
        _take_up(ticket, by)
    if begun is not None:
        begun.ticket = ticket
    return begun


def _take_up(ticket: Ticket, by: Member) -> None:
    if ticket.state in {"called", "recalled"}:
        service.arrived(ticket, by=by)
    elif ticket.state == "held":
        service.resume(ticket, by=by)
    elif ticket.state == SERVING and Case.objects.filter(ticket=ticket).exists():
        service.next_procedure(ticket, by=by)
    elif ticket.state != SERVING:
        service.arrived(ticket, by=by)  # refuses, and says in which state the ticket is
