"""The case at the desk: open, tick, note, dossier, referral, finish."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from donghanh.cases.actions import ending, helping
from donghanh.catalog.models import Procedure
from donghanh.kernel.errors import Invalid, NotFound
from donghanh.queue.models import SERVING, Ticket
from donghanh.teams.models import Organisation
from donghanh.web import words
from donghanh.web.access import member_of, point_of
from donghanh.web.desk.answers import at_desk, case_for, moved, shown, ticket_for, uuid_of
from donghanh.web.desk.screen import CASE, CHOICES, case_of


@at_desk("help_case")
def open_case(request: HttpRequest) -> HttpResponse:
    """Begin to help: with the ticket at the counter, or without any number."""
    member = member_of(request)
    procedure = _procedure(request)
    if procedure is None:
        raise NotFound()
    ticket_id = request.POST.get("ticket", "")
    ticket = ticket_for(member, uuid_of(ticket_id)) if ticket_id else None
    point = ticket.point if ticket else point_of(request, member)
    if ticket is None and case_of(request, member, None) is not None:
        return shown(request)  # a second click: the case is open already
    case = helping.open_case(procedure, by=member, ticket=ticket, point=point)
    if ticket is None:
        request.session[CASE] = str(case.pk)
    return shown(request)


@at_desk("help_case")
def tick(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tick a step, or take the tick back."""
    case = case_for(member_of(request), pk)
    helping.tick_steps(
        case, {request.POST.get("step", ""): request.POST.get("is_done", "1") == "1"}, by=member_of(request)
    )
    return shown(request)


@at_desk("help_case")
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep a remark for whoever goes on."""
    case = case_for(member_of(request), pk)
    helping.add_note(case, request.POST.get("text", ""), by=member_of(request))
    return shown(request, _("The note is kept."), opened="note")


@at_desk("help_case")
def dossier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write portal and code down; say when the result is due."""
    case = case_for(member_of(request), pk)
    portal = request.POST.get("portal", "")
    if portal == "other":
        portal = request.POST.get("other", "")
    kept = helping.add_dossier(
        case,
        portal=portal,
        code=request.POST.get("code", ""),
        by=member_of(request),
        due_on=_day(request.POST.get("due_on", "")),
    )
    if kept.warning:
        return shown(
            request,
            _("Kept, but the code looks unusual. Please compare it once more."),
            tone="wait",
            opened="dossier",
        )
    if kept.due_on:
        day = date_format(kept.due_on, "d/m/Y")
        return shown(request, _("Kept. The result is due on {day}.").format(day=day), opened="dossier")
    return shown(request, _("Kept. The officer gives the day of the result."), opened="dossier")


@at_desk("help_case")
def refer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand the case to another organisation, to be back by a day."""
    member = member_of(request)
    case = case_for(member, pk)
    to = Organisation.objects.filter(
        ward=case.ward_id, is_active=True, pk=uuid_of(request.POST.get("organisation", ""))
    ).first()
    due = _day(request.POST.get("due_on", ""))
    if to is None:
        raise NotFound()
    if due is None:
        raise Invalid(field="due_on", problem=_("a day is needed"))
    ending.refer(case, to, by=member, due_on=due, reason=request.POST.get("reason", ""))
    return shown(request, _("Referred to {organisation}.").format(organisation=to.name), opened="refer")


@at_desk("help_case")
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The outcome in one tap; the three answers are remembered for the next case of this session."""
    member = member_of(request)
    case = case_for(member, pk)
    chosen = {name: request.POST.get(name, "") for name in ("autonomy", "device", "account")}
    ending.finish(
        case,
        by=member,
        outcome=request.POST.get("outcome", ""),
        autonomy=chosen["autonomy"],
        device=chosen["device"],
        account=chosen["account"],
        account_ground=request.POST.get("account_ground", ""),
        account_consent=request.POST.get("account_consent") == "1",
        missing_papers=request.POST.getlist("missing"),
        stay_open=request.POST.get("stay_open") == "1",
    )
    request.session[CHOICES] = {
        name: value for name, value in chosen.items() if value and value != "officers_on_behalf"
    }
    request.session.pop(CASE, None)
    outcome = words.OUTCOMES[case.outcome]
    if case.ticket is not None:
        case.ticket = Ticket.objects.get(pk=case.ticket.pk)
    if case.ticket is None or case.ticket.state == SERVING:
        return shown(
            request,
            _("Finished: {outcome}.").format(outcome=outcome),
            undo=reverse("desk-reopen", args=[case.pk]),
        )
    return moved(
        request, case.ticket, _("{number}: {outcome}.").format(number=case.ticket.number, outcome=outcome)
    )


@at_desk("help_case")
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an outcome back that did not end the stay."""
    member = member_of(request)
    case = case_for(member, pk)
    ending.reopen(case, by=member)
    if case.ticket_id is None:
        request.session[CASE] = str(case.pk)
    return shown(request, _("The case is open again."))


def _procedure(request: HttpRequest) -> Procedure | None:
    """By its id, or by the code that a phone brought along."""
    if code := request.POST.get("code", ""):
        return Procedure.objects.filter(code=code, current__isnull=False).first()
    return Procedure.objects.filter(pk=uuid_of(request.POST.get("procedure", ""))).first()


def _day(text: str) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        raise Invalid(field="due_on", problem=_("this is not a day")) from None
