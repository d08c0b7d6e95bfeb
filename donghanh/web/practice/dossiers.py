"""From the filled form to the code: fee, papers, review; then "my dossiers" and how one stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from donghanh.kernel.errors import NotFound
from donghanh.practice import actions
from donghanh.practice.models import DRAFT, PracticeDossier
from donghanh.practice.queries import Service, Standing, own_dossier, own_dossiers, standing_of
from donghanh.practice.queries.services import service_of
from donghanh.practice.rules.stories import WAITS
from donghanh.web.practice.lessons import running_attempt
from donghanh.web.practice.visitor import Visitor, account_page, portal_page, shown
from donghanh.web.practice.words import ACTS, STATUSES


@portal_page
@require_GET
def mine(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The dossiers of this browser."""
    rows = [(one, _name(one), _status(standing_of(one))) for one in own_dossiers(visitor["owner"])]
    return shown(request, visitor, "mine", rows=rows)


@portal_page
@require_GET
def one(request: HttpRequest, visitor: Visitor, pk: UUID) -> HttpResponse:
    """A submitted dossier: code, appointment, the way so far, what can be done."""
    dossier = own_dossier(pk, visitor["owner"])
    if dossier.status == DRAFT:
        return redirect("practice-fee", pk=pk)
    standing = standing_of(dossier)
    acts = [
        (name, ACTS[name])
        for name in (standing.waits_for, "withdraw" if standing.may_withdraw else "")
        if name
    ]
    attempt = visitor["result"] if visitor["result_of"] == str(pk) else None
    return shown(
        request,
        visitor,
        "dossier",
        dossier=dossier,
        name=_name(dossier),
        standing=standing,
        status_word=_status(standing),
        moves=[(STATUSES[move.status], move.at) for move in standing.moves],
        acts=acts,
        result=attempt,
    )


@account_page
@require_http_methods(["GET", "POST"])
def fee(request: HttpRequest, visitor: Visitor, pk: UUID) -> HttpResponse:
    """What it costs; pay now or later. No money moves."""
    dossier, service = _draft(visitor, pk)
    if request.method == "POST":
        actions.settle_fee(dossier, now=request.POST.get("pay") == "now")
        return redirect("practice-papers" if service.content.papers else "practice-review", pk=pk)
    return shown(request, visitor, "fee", dossier=dossier, name=_name(dossier))


@account_page
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, visitor: Visitor, pk: UUID) -> HttpResponse:
    """Choose a pretended file. No file is taken from anybody's machine."""
    dossier, service = _draft(visitor, pk)
    missing = False
    if request.method == "POST":
        try:
            actions.attach(dossier, file=request.POST.get("file", ""))
        except actions.PaperMissing:
            missing = True
        else:
            return redirect("practice-review", pk=pk)
    texts = service.content.texts.get(_language(), {})
    names = [texts.get(f"papers.{paper.id}.name", paper.id) for paper in service.content.papers]
    facts: dict[str, Any] = {
        "dossier": dossier,
        "names": names,
        "files": actions.PRETEND_FILES,
        "missing": missing,
    }
    return shown(request, visitor, "papers", status=422 if missing else 200, name=_name(dossier), **facts)


@account_page
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, visitor: Visitor, pk: UUID) -> HttpResponse:
    """Everything once more; then it is submitted and has a code."""
    dossier, service = _draft(visitor, pk)
    if request.method == "POST":
        actions.submit(dossier, service, wished=visitor["story"])
        attempt = running_attempt(request, service.procedure.code)
        if attempt is not None:
            ended = actions.end_lesson(attempt, service, dossier)
            visitor.keep(result_of=str(pk), result="passed" if ended.passed else "not_yet")
        return redirect("practice-dossier", pk=pk)
    fields = service.form.fields
    lines = [
        (
            field.label,
            (field.option_labels or {}).get(
                dossier.fields.get(field.name, ""), dossier.fields.get(field.name, "")
            ),
        )
        for field in fields
    ]
    return shown(request, visitor, "review", dossier=dossier, name=_name(dossier), lines=lines)


@portal_page
@require_POST
def act(request: HttpRequest, visitor: Visitor, pk: UUID, act: str) -> HttpResponse:
    """Time passes, or the citizen acts: supplement, pay, withdraw."""
    dossier = own_dossier(pk, visitor["owner"])
    if act == "time":
        actions.let_time_pass(dossier)
    elif act in {*WAITS.values(), "withdraw"}:
        actions.act(dossier, act)
    else:
        raise NotFound()
    return redirect("practice-dossier", pk=pk)


def _draft(visitor: Visitor, pk: UUID) -> tuple[PracticeDossier, Service]:
    """A draft of this browser. Refuses with NotFound, AlreadySubmitted."""
    dossier = own_dossier(pk, visitor["owner"])
    if dossier.status != DRAFT:
        raise actions.AlreadySubmitted(code=dossier.code)
    return dossier, service_of(dossier.edition)


def _name(dossier: PracticeDossier) -> str:
    return dossier.edition.procedure.name_in(_language())


def _status(standing: Standing) -> str:
    return str(STATUSES[standing.status])


def _language() -> str:
    return (get_language() or "vi")[:2]
