"""Print the forms and the record of a case; show the record to whoever holds its code."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from donghanh.cases.models import Case
from donghanh.cases.queries import visible_to
from donghanh.cases.queries.guarding import guarded
from donghanh.catalog.queries import edition_mark
from donghanh.kernel.errors import NotFound
from donghanh.reports.documents.declaration import declaration_pdf, form_of
from donghanh.reports.documents.overlay import layout_of, overlay_pdf
from donghanh.reports.documents.receipt import receipt_pdf, sections_of
from donghanh.reports.queries.filling import filling_of
from donghanh.reports.queries.layouts import layout_file
from donghanh.reports.queries.receipt import receipt_of
from donghanh.reports.rules.receipt import Receipt, for_any_eye
from donghanh.web.access import for_everyone, for_members, member_of
from donghanh.web.addresses import address_of
from donghanh.web.navigation import head_of
from donghanh.web.papers.secrets import case_behind, secret_of
from donghanh.web.qr import qr_svg
from donghanh.web.telling import offer_of, tell, tell_no_more
from donghanh.web.words import OUTCOMES

PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "same-origin"}
SIZES = ("a5", "roll")
HASH_SHOWN = 8


@for_members("help_case")
@require_safe
def form_pdf(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """A declaration filled from the answers of the case, to be read and signed by hand: on the official layout
    where the pack has one, else in our own."""
    case = _case(request, pk)
    filling = filling_of(case)
    filling = replace(filling, answers=guarded(case, member_of(request), filling.answers))
    chosen = form_of(filling, name)
    if (official := layout_file(filling.content, chosen)) is not None:
        body = overlay_pdf(chosen, filling, layout_of(chosen, official))
    else:
        number, digest = edition_mark(case.edition_id)
        body = declaration_pdf(chosen, filling, f"{number} ({digest[:HASH_SHOWN]})")
    return _pdf(body, f"{case.procedure.code}-{name}")


@for_members("help_case")
@require_safe
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The record of help, ready to be printed, with the code that leads to its page."""
    case = _case(request, pk)
    made = receipt_of(case, _language())
    address = address_of(request, "receipt-shown", secret_of(case))
    context = {
        **head_of(request),
        **_shown(made),
        "address": address,
        "code": qr_svg(address),
        "files": [
            {"label": label, "url": reverse("receipt-pdf", args=[pk, size])}
            for size, label in (("a5", _("PDF, A5")), ("roll", _("PDF, roll of 80 mm")))
        ],
    }
    return _private(render(request, "papers/receipt.html", context))


@for_members("help_case")
@require_safe
def receipt_file(request: HttpRequest, pk: UUID, size: str) -> HttpResponse:
    """The same record as PDF, on A5 or on a roll."""
    if size not in SIZES:
        raise NotFound()
    case = _case(request, pk)
    address = address_of(request, "receipt-shown", secret_of(case))
    body = receipt_pdf(receipt_of(case, _language()), cast(Literal["a5", "roll"], size), address)
    return _pdf(body, f"{case.procedure.code}-{size}")


@for_everyone
@require_safe
def receipt_shown(request: HttpRequest, proof: str) -> HttpResponse:
    """The record behind a code: no name of the person, and of dossier codes only the end."""
    case = case_behind(proof)
    if case is None:
        return _private(render(request, "papers/not_here.html", status=404))
    made = for_any_eye(receipt_of(case, _language()))
    offer = offer_of(
        Case.objects.filter(pk=case.pk),
        secret=proof,
        url=reverse("receipt-tell", args=[proof]),
        end_url=reverse("receipt-tell-end", args=[proof]),
    )
    return _private(render(request, "papers/shown.html", {**_shown(made), "offer": offer}))


@for_everyone
@require_POST
def tell_phone(request: HttpRequest, proof: str) -> HttpResponse:
    """The phone that has scanned a record wants to be told when the result is there."""
    return _private(tell(request, _behind(proof), proof))


@for_everyone
@require_POST
def tell_no_longer(request: HttpRequest, proof: str) -> HttpResponse:
    """That phone wants no more messages."""
    return _private(tell_no_more(request, _behind(proof), proof))


def _behind(proof: str) -> QuerySet[Case]:
    case = case_behind(proof)
    if case is None:
        raise NotFound()
    return Case.objects.filter(pk=case.pk)


def _case(request: HttpRequest, pk: UUID) -> Case:
    found = visible_to(member_of(request)).filter(pk=pk)
    case = found.select_related("procedure", "person", "opened_by__organisation", "point", "ward").first()
    if case is None:
        raise NotFound()
    return case


def _shown(made: Receipt) -> dict[str, Any]:
    sections = [{"title": title, "lines": lines} for title, lines in sections_of(made) if lines]
    return {"receipt": made, "sections": sections, "outcome": OUTCOMES.get(made.outcome, "")}


def _pdf(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    for header, value in PRIVATE.items():
        response.headers[header] = value
    return response


def _language() -> str:
    return (get_language() or "vi")[:2]
