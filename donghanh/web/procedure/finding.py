"""Find a procedure: in people's own words, or by what happened in their life.

The words travel in the body of a POST: people write their names and numbers into a search box, and an address is
kept by every browser and proxy on the way.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from donghanh.catalog.models import Procedure
from donghanh.catalog.queries import found, needs, published
from donghanh.catalog.rules.needs import Need, Turn
from donghanh.kernel import clock
from donghanh.kernel.errors import NotFound
from donghanh.web.access import for_everyone
from donghanh.web.procedure.shown import InShort, in_short
from donghanh.web.procedure.views import language_of_page, shown_a_while

MOST_FOUND = 6
LONGEST = 300


@dataclass(frozen=True)
class NeedCard:
    """A need as a picture card."""

    id: str
    name: str
    hint: str
    pictogram: str


@dataclass(frozen=True)
class NeedPart:
    """One line of a bundle: a procedure of ours, or something that is done elsewhere."""

    turn: Turn
    why: str
    name: str
    short: InShort | None
    is_doubtful: bool


@for_everyone
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """The search box with what was found; below it the needs."""
    words = " ".join(request.POST.get("words", "")[:LONGEST].split())
    language, today = language_of_page(), clock.today()
    results = [in_short(one, language, today) for one in found(words)[:MOST_FOUND]] if words else []
    template = "procedure/_found.html" if request.headers.get("HX-Request") else "procedure/find.html"
    context = {"words": words, "results": results, "needs": _cards(language)}
    return render(request, template, context)


@for_everyone
@gzip_page
@require_safe
def need(request: HttpRequest, need: str) -> HttpResponse:
    """The procedures of a need, in the order in which they are best done."""
    chosen = next((one for one in _shown_needs() if one.id == need), None)
    if chosen is None:
        raise NotFound()
    language = language_of_page()
    context = {"need": _card(chosen, language), "parts": _parts(chosen, language)}
    return shown_a_while(request, "procedure/need.html", context)


def _shown_needs() -> list[Need]:
    """Needs of which at least one procedure is published."""
    codes = set(published().values_list("code", flat=True))
    return [one for one in needs() if any(part.code in codes for part in one.parts)]


def _cards(language: str) -> list[NeedCard]:
    return [_card(one, language) for one in _shown_needs()]


def _card(one: Need, language: str) -> NeedCard:
    pictogram = "help" if one.pictogram == "other" else one.pictogram
    return NeedCard(one.id, one.name[language], one.hint[language], pictogram)


def _parts(chosen: Need, language: str) -> list[NeedPart]:
    codes = [part.code for part in chosen.parts if part.code]
    known: dict[str, Procedure] = {one.code: one for one in published().filter(code__in=codes)}
    today, parts = clock.today(), []
    for part in chosen.parts:
        procedure = known.get(part.code or "")
        if part.code and procedure is None:
            continue
        parts.append(
            NeedPart(
                turn=part.turn,
                why=part.why[language],
                name=part.name[language] if part.name else "",
                short=in_short(procedure, language, today) if procedure else None,
                is_doubtful=part.fact.confidence in ("L", "GK"),
            )
        )
    return parts
