"""Cases: begin to help, tick steps, write the dossier down, refer, finish."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router

from donghanh.cases.actions import ending, helping
from donghanh.cases.models import Case, Referral
from donghanh.catalog.queries import content_of, edition_mark
from donghanh.kernel.errors import NotFound
from donghanh.people.models import Person
from donghanh.places.models import Point
from donghanh.teams.models import Organisation
from donghanh.web.api import answered, asked
from donghanh.web.api.doors import Asker, asker_of
from donghanh.web.api.fetched import case_of, point_of, procedure_named, ticket_of
from donghanh.web.api.kinds import Id
from donghanh.web.api.once import Answer, once, plain
from donghanh.web.api.points import language
from donghanh.web.api.shown import case_shown, day_shown, dossier_shown, moment_shown, referral_shown

router = Router(tags=["cases"])

PathId = Annotated[Id, Path()]
VERB = "help_case"


@router.post("/cases", response={201: answered.CaseShown})
def open_case(request: HttpRequest, body: asked.NewCase) -> HttpResponse:
    """Begin to help; a called ticket has thereby arrived. Refuses with not-published, move-not-possible."""

    def act() -> Answer:
        asker = asker_of(request)
        member = asker.as_member(VERB)
        ticket = ticket_of(asker, body.ticket) if body.ticket else None
        point = ticket.point if ticket else (point_of(asker, body.point) if body.point else None)
        procedure = procedure_named(body.procedure)
        person = _person(asker, point, body.person)
        case = helping.open_case(procedure, by=member, ticket=ticket, point=point, person=person)
        shown = case_shown(case, edition=edition_mark(case.edition_id), done=(), language=language())
        return 201, shown

    return once(request, act)


@router.get("/cases/{case_id}", response=answered.CaseShown)
def show_case(request: HttpRequest, case_id: PathId) -> HttpResponse:
    """A case as it stands."""
    asker = asker_of(request)
    asker.needs(VERB)
    case = case_of(asker, case_id)
    done = case.ticks.values_list("step", flat=True)
    shown = case_shown(case, edition=edition_mark(case.edition_id), done=done, language=language())
    shown["dossiers"] = [dossier_shown(one) for one in case.dossiers.order_by("submitted_at", "pk")]
    return plain(200, shown)


@router.post("/cases/{case_id}/steps", response=answered.StepsTicked)
def tick_steps(request: HttpRequest, case_id: PathId, body: asked.StepsDone) -> HttpResponse:
    """Tick or untick steps, all or none. Refuses with unknown-step, case-finished."""

    def act() -> Answer:
        asker = asker_of(request)
        member = asker.as_member(VERB)
        case = case_of(asker, case_id)
        done = helping.tick_steps(case, {one.step: one.done for one in body.steps}, by=member)
        steps = [{"step": one.id, "done": one.id in done} for one in content_of(case.edition_id).steps]
        return 200, {"id": str(case.pk), "steps": steps}

    return once(request, act)


@router.post("/cases/{case_id}/dossier", response=answered.DossierShown)
def add_dossier(request: HttpRequest, case_id: PathId, body: asked.NewDossier) -> HttpResponse:
    """Write the portal and its code down; an unusual form is warned of, never refused."""

    def act() -> Answer:
        asker = asker_of(request)
        member = asker.as_member(VERB)
        case = case_of(asker, case_id)
        dossier = helping.add_dossier(case, portal=body.portal, code=body.code, by=member, due_on=body.due_on)
        return 200, dossier_shown(dossier)

    return once(request, act)


@router.post("/cases/{case_id}/notes", response={201: answered.NoteKept})
def add_note(request: HttpRequest, case_id: PathId, body: asked.NewNote) -> HttpResponse:
    """Keep a remark. Refuses with never-kept when it seems to hold a password or a one-time code."""

    def act() -> Answer:
        asker = asker_of(request)
        member = asker.as_member(VERB)
        note = helping.add_note(case_of(asker, case_id), body.text, by=member)
        return 201, {"id": str(note.pk), "case": str(note.case_id), "at": moment_shown(note.at)}

    return once(request, act)


@router.post("/cases/{case_id}/refer", response={201: answered.ReferralShown})
def refer(request: HttpRequest, case_id: PathId, body: asked.NewReferral) -> HttpResponse:
    """Hand the case to another organisation of the ward."""

    def act() -> Answer:
        asker = asker_of(request)
        member = asker.as_member(VERB)
        case = case_of(asker, case_id)
        to = Organisation.objects.filter(pk=body.organisation, ward_id=case.ward_id, is_active=True).first()
        if to is None:
            raise NotFound()
        due_on: date = body.due_on
        return 201, referral_shown(ending.refer(case, to, by=member, due_on=due_on, reason=body.reason))

    return once(request, act)


@router.post("/referrals/{referral_id}/return", response=answered.ReferralShown)
def return_referral(
    request: HttpRequest, referral_id: PathId, body: Annotated[asked.Returned | None, Body()] = None
) -> HttpResponse:
    """The other organisation is done; once."""

    def act() -> Answer:
        asker = asker_of(request)
        member = asker.as_member(VERB)
        rows = Referral.objects.select_related("case")
        referral = asker.found(rows, "case__point", pk=referral_id)
        returned = ending.return_referral(referral, by=member, result=body.result if body else "")
        return 200, referral_shown(returned)

    return once(request, act)


@router.post("/cases/{case_id}/finish", response=answered.CaseEnded)
def finish(request: HttpRequest, case_id: PathId, body: asked.Finished) -> HttpResponse:
    """Give the case its outcome. Refuses with case-finished, not-for-volunteers, never-kept, invalid."""

    def act() -> Answer:
        asker = asker_of(request)
        member = asker.as_member(VERB)
        case = ending.finish(case_of(asker, case_id), by=member, **body.model_dump())
        return 200, _ended(case)

    return once(request, act)


def _ended(case: Case) -> dict[str, Any]:
    assert case.finished_at is not None
    ticket = case.ticket
    return {
        "id": str(case.pk), "outcome": case.outcome, "finished_at": moment_shown(case.finished_at),
        "seconds": case.seconds, "due_on": day_shown(case.due_on),
        "ticket": str(ticket.pk) if ticket else None, "ticket_state": ticket.state if ticket else None,
    }  # fmt: skip


def _person(asker: Asker, point: Point | None, pk: UUID | None) -> Person | None:
    """A person of the point's ward. Refuses with NotAllowed, NotFound."""
    if pk is None:
        return None
    asker.needs("find_person")
    row = Person.objects.filter(
        pk=pk, ward_id=point.ward_id if point else None, merged_into__isnull=True, erased_at__isnull=True
    ).first()
    if row is None:
        raise NotFound()
    return row
