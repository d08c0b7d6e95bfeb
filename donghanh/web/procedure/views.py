"""The public page of a procedure, the list of all of them, and the guide for one's own phone."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from donghanh.catalog.models import Procedure
from donghanh.catalog.queries import content_of, edition_mark, published
from donghanh.catalog.rules.texts import text
from donghanh.kernel import clock
from donghanh.kernel.errors import NotFound
from donghanh.web.access import for_everyone
from donghanh.web.jsonld import embedded, government_service
from donghanh.web.procedure.shown import in_short, page_of
from donghanh.web.scanning import with_scanner

# Nothing personal stands here: going back costs no second load on a slow line.
A_WHILE = "private, max-age=300"


def shown_a_while(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page, which the asker's own browser may keep for five minutes."""
    response = render(request, template, context)
    response.headers["Cache-Control"] = A_WHILE
    return response


def language_of_page() -> str:
    """The language of the page, as texts of the catalogue name it."""
    return (get_language() or "vi")[:2]


def published_one(code: str) -> Procedure:
    """The published procedure of this code. Refuses with NotFound."""
    procedure = published().filter(code=code).first()
    if procedure is None:
        raise NotFound()
    return procedure


@for_everyone
@gzip_page
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every published procedure, sector by sector."""
    language, today = language_of_page(), clock.today()
    sectors = [
        (_sector(found[0], language), [in_short(one, language, today) for one in found])
        for _, group in groupby(published(), key=lambda one: one.sector)
        if (found := list(group))
    ]
    return shown_a_while(request, "procedure/listing.html", {"sectors": sectors})


@for_everyone
@gzip_page
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """What to bring, what it costs, how long it takes, where, who may, and where we know it from."""
    procedure, language = published_one(code), language_of_page()
    assert procedure.current_id is not None
    address = request.build_absolute_uri(request.path)
    known = government_service(content_of(procedure.current_id), address, language)
    context = {
        "page": page_of(procedure, language, clock.today()),
        "machines": embedded(known),
        "address": address,
    }
    return shown_a_while(request, "procedure/page.html", context)


@for_everyone
@gzip_page
@with_scanner
@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """The guide in the citizen's view. Without JavaScript the page is a list of what to get ready."""
    procedure, language = published_one(code), language_of_page()
    assert procedure.current_id is not None
    shown = page_of(procedure, language, clock.today())
    if not shown.short.has_guide:
        raise NotFound()
    number, digest = edition_mark(procedure.current_id)
    context = {"page": shown, "edition": digest, "number": number, "language": language}
    return render(request, "procedure/guide.html", context)


def _sector(procedure: Procedure, language: str) -> str:
    assert procedure.current_id is not None
    return text(content_of(procedure.current_id), "sector", language)
