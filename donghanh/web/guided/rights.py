"""Beside the answers: consent, who speaks for the person, editions, whom to tell, where a dossier stands."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse

from donghanh.cases.actions.consents import agree, authorise, take_back
from donghanh.cases.actions.following import add_contact, end_contact, set_status
from donghanh.cases.actions.rebasing import rebase, undo_rebase
from donghanh.cases.models import Authorisation, Case, CaseConsent, Contact, Dossier
from donghanh.cases.queries.answers import answers_of
from donghanh.cases.rules.consents import TEXTS, VERSION, hash_of, text_of
from donghanh.catalog.models import Edition
from donghanh.catalog.queries import content_of, edition_mark
from donghanh.catalog.rules.changes import changes
from donghanh.kernel.errors import Invalid, NotFound
from donghanh.web.access import member_of
from donghanh.web.guided.doors import body_of, case_for, for_helping, text_in
from donghanh.web.guided.shown import state


@for_helping("GET", "POST")
def consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The texts to read aloud and what is agreed; a POST writes an agreement down or takes it back."""
    case = case_for(request, pk)
    if request.method != "POST":
        return JsonResponse(_consents(case, request.GET.get("language", "vi")))
    sent, member = body_of(request), member_of(request)
    purpose = text_in(sent, "purpose", longest=30)
    if sent.get("withdraw") is True:
        take_back(case, purpose, by=member)
        return state(request, case)
    agree(
        case,
        purpose,
        by=member,
        text_hash=text_in(sent, "hash", longest=64),
        method=text_in(sent, "method", longest=20, default="spoken_with_witness"),
        language=text_in(sent, "language", longest=2, default="vi"),
        strokes=_strokes(sent.get("strokes", [])),
    )
    return state(request, case)


@for_helping("POST")
def authorisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A relative acts for the person; the paper is named."""
    case, sent = case_for(request, pk), body_of(request)
    authorise(
        case,
        name=text_in(sent, "name", longest=200),
        relation=text_in(sent, "relation", longest=12),
        paper=text_in(sent, "paper", longest=24),
        note=text_in(sent, "note", longest=200, default=""),
        by=member_of(request),
    )
    return state(request, case)


@for_helping("GET", "POST")
def editions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What moving to the current edition would change; a POST moves, or goes one step back."""
    case = case_for(request, pk)
    if request.method != "POST":
        return JsonResponse(_difference(case))
    sent, member = body_of(request), member_of(request)
    if sent.get("undo") is True:
        undo_rebase(case, by=member)
    else:
        wanted = text_in(sent, "to", longest=64)
        to = Edition.objects.filter(procedure=case.procedure_id, hash=wanted).first()
        if to is None:
            raise NotFound()
        rebase(case, to, by=member, why=text_in(sent, "why", longest=200, default=""))
    return state(request, case)


@for_helping("POST")
def contacts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the person wants to be told; or no longer."""
    case, sent, member = case_for(request, pk), body_of(request), member_of(request)
    if sent.get("end") is True:
        found = Contact.objects.filter(case=case, pk=_id(sent.get("id"))).select_related("case").first()
        if found is None:
            raise NotFound()
        contact = end_contact(found, by=member)
    else:
        contact = add_contact(
            case,
            kind=text_in(sent, "kind", longest=8),
            address=text_in(sent, "address", longest=2000),
            language=text_in(sent, "language", longest=2, default="vi"),
            by=member,
        )
    return JsonResponse({"id": str(contact.pk), "kind": contact.kind})


@for_helping("POST")
def dossier_status(request: HttpRequest, pk: UUID, dossier_id: UUID) -> HttpResponse:
    """What a member saw on the portal."""
    case, sent = case_for(request, pk), body_of(request)
    dossier = Dossier.objects.filter(case=case, pk=dossier_id).select_related("case").first()
    if dossier is None:
        raise NotFound()
    made = set_status(
        dossier, text_in(sent, "status", longest=24), by=member_of(request), due_on=_day(sent.get("due_on"))
    )
    return JsonResponse({"dossier": str(dossier.pk), "status": made.status, "at": made.at.isoformat()})


def _consents(case: Case, language: str) -> dict[str, Any]:
    spoken = language if language in ("vi", "en", "fr") else "vi"
    rows = CaseConsent.objects.filter(case=case, withdrawn_at__isnull=True).select_related("witness")
    held = {one.purpose: one for one in rows}
    acting = Authorisation.objects.filter(case=case, ended_at__isnull=True).first()
    return {
        "texts": [
            {
                "purpose": purpose,
                "text": text_of(purpose, spoken),
                "version": VERSION,
                "hash": hash_of(purpose, spoken),
                "given": _given(held.get(purpose)),
            }
            for purpose in TEXTS
        ],
        "authorisation": {"relation": acting.relation, "paper": acting.paper} if acting else None,
    }


def _given(one: CaseConsent | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "at": one.given_at.isoformat(),
        "method": one.method,
        "by": one.witness.full_name if one.witness else None,
    }


def _difference(case: Case) -> dict[str, Any]:
    number, digest = edition_mark(case.edition_id)
    here = {"hash": digest, "number": number}
    current = case.procedure.current_id
    if current is None or current == case.edition_id:
        return {"from": here, "to": None, "changes": [], "kept": 0, "again": [], "aside": []}
    there, mark = answers_of(case, current), edition_mark(current)
    found = changes(content_of(case.edition_id), content_of(current))
    return {
        "from": here,
        "to": {"hash": mark[1], "number": mark[0]},
        "changes": [asdict(one) for one in found],
        "kept": len(there.now),
        "again": sorted(there.old),
        "aside": sorted(there.aside),
    }


def _strokes(sent: Any) -> list[list[list[int]]]:
    fits = isinstance(sent, list) and all(
        isinstance(stroke, list) and all(isinstance(point, list) for point in stroke) for stroke in sent
    )
    if not fits:
        raise Invalid(field="strokes", problem="[[[x, y], …], …]")
    return list(sent)


def _id(sent: Any) -> UUID:
    try:
        return UUID(sent)
    except (ValueError, TypeError, AttributeError):
        raise NotFound() from None


def _day(sent: Any) -> date | None:
    if sent is None or sent == "":
        return None
    try:
        return date.fromisoformat(sent)
    except (ValueError, TypeError):
        raise Invalid(field="due_on", problem="YYYY-MM-DD") from None
