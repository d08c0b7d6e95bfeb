"""The catalogue for machines: CPSV-AP and schema.org as JSON-LD."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from donghanh.catalog.models import Procedure
from donghanh.catalog.queries import content_of, edition_mark, needs, published
from donghanh.web.access import for_everyone
from donghanh.web.jsonld import Address, catalogue_of, document_of, spelt_out
from donghanh.web.procedure.views import published_one

AN_HOUR = "public, max-age=3600"


@for_everyone
@gzip_page
@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure."""
    procedure = published_one(code)
    return _answer(document_of([_known(request, procedure)], needs()))


@for_everyone
@gzip_page
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All published procedures as one catalogue."""
    own = request.build_absolute_uri(reverse("procedures"))
    return _answer(catalogue_of(own, [_known(request, one) for one in published()], needs()))


def _known(request: HttpRequest, procedure: Procedure) -> Address:
    assert procedure.current_id is not None
    number, digest = edition_mark(procedure.current_id)
    address = request.build_absolute_uri(reverse("procedure", args=[procedure.code]))
    home = request.build_absolute_uri("/")
    return Address(address, home, content_of(procedure.current_id), number, digest)


def _answer(document: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(spelt_out(document), content_type="application/ld+json; charset=utf-8")
    response.headers["Cache-Control"] = AN_HOUR
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
