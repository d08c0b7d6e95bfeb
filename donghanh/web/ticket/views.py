"""The page of a ticket, the part of it that changes, and leaving the queue."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from donghanh.kernel.journal import House
from donghanh.queue.actions.service import leave
from donghanh.queue.models import Ticket
from donghanh.queue.rules.moves import MoveNotPossible
from donghanh.web.access import for_everyone
from donghanh.web.spoken import VOICES, spoken_number
from donghanh.web.stream import last_seq
from donghanh.web.ticket.shown import Standing, papers_of, standing_of, ticket_behind

CITIZEN = House(actor_kind="citizen")
MAY_LEAVE = frozenset({"waiting", "held", "parked", "absent"})
PRIVATE = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "same-origin"}


@for_everyone
@require_GET
def ticket(request: HttpRequest, secret: str) -> HttpResponse:
    """The whole page."""
    found = ticket_behind(secret)
    if found is None:
        return _not_here(request)
    seq = last_seq(found.point.ward_id)
    groups = papers_of(found, _language())
    return _render(
        request, "ticket/ticket.html", found, seq=seq, groups=groups, key=f"{found.day}-{found.number}"
    )


@for_everyone
@require_GET
def now(request: HttpRequest, secret: str) -> HttpResponse:
    """Only what changes, for a page that heard that something moved."""
    found = ticket_behind(secret)
    if found is None:
        return _not_here(request)
    return _render(request, "ticket/_now.html", found)


@for_everyone
@require_POST
def go(request: HttpRequest, secret: str) -> HttpResponse:
    """I must go: the place in the queue is given up. Once called, it is too late and harmless."""
    found = ticket_behind(secret)
    if found is None:
        return _not_here(request)
    if found.state in MAY_LEAVE:
        with suppress(MoveNotPossible):  # called in this very moment: the page says so
            leave(found, by=CITIZEN)
    return redirect("ticket", secret=secret)


def _render(request: HttpRequest, template: str, found: Ticket, **facts: Any) -> HttpResponse:
    standing = standing_of(found, _language())
    context = {
        "ticket": found,
        "standing": standing,
        "may_leave": found.state in MAY_LEAVE,
        "spoken": _spoken(found, standing),
        "called_words": _called_words(found) if standing.is_called else "",
        **facts,
    }
    return _private(render(request, template, context))


def _not_here(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "ticket/not_here.html", status=404))


def _private(response: HttpResponse) -> HttpResponse:
    for name, value in PRIVATE.items():
        response.headers[name] = value
    return response


def _language() -> str:
    return (get_language() or "vi")[:2]


def _called_words(found: Ticket) -> str:
    counter = found.counter.label if found.counter else ""
    return gettext("Please go to counter {counter}").format(counter=counter)


def _spoken(found: Ticket, standing: Standing) -> str:
    """The page as a voice reads it."""
    own = VOICES[_language()]["number"].format(number=spoken_number(found.number, _language()))
    return f"{own} {_called_words(found) if standing.is_called else standing.sentence}"
