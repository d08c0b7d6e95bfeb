"""The page of a ticket, the part of it that changes, and leaving the queue."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from donghanh.cases.models import Case
from donghanh.kernel.errors import NotFound
from donghanh.kernel.journal import House
from donghanh.queue.actions.service import leave
from donghanh.queue.models import Ticket
from donghanh.queue.rules.moves import MoveNotPossible
from donghanh.web.access import for_everyone
from donghanh.web.addresses import address_of
from donghanh.web.qr import qr_svg
from donghanh.web.spoken import VOICES, spoken_number
from donghanh.web.stream import last_seq
from donghanh.web.telling import offer_of, tell, tell_no_more
from donghanh.web.ticket.shown import Standing, papers_of, procedures_of, standing_of, ticket_behind

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
    key = f"{found.day}-{found.number}"
    guides = _guides(request, found)
    return _render(request, "ticket/ticket.html", found, seq=seq, groups=groups, key=key, guides=guides)


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


@for_everyone
@require_POST
def tell_phone(request: HttpRequest, secret: str) -> HttpResponse:
    """This phone wants to be told when the result is there."""
    found = ticket_behind(secret)
    if found is None:
        raise NotFound()
    return _private(tell(request, Case.objects.filter(ticket=found), secret))


@for_everyone
@require_POST
def tell_no_longer(request: HttpRequest, secret: str) -> HttpResponse:
    """This phone wants no more messages."""
    found = ticket_behind(secret)
    if found is None:
        raise NotFound()
    return _private(tell_no_more(request, Case.objects.filter(ticket=found), secret))


def _render(request: HttpRequest, template: str, found: Ticket, **facts: Any) -> HttpResponse:
    standing = standing_of(found, _language())
    urls = {
        "url": reverse("ticket-tell", args=[found.secret]),
        "end_url": reverse("ticket-tell-end", args=[found.secret]),
    }
    context = {
        "offer": offer_of(Case.objects.filter(ticket=found), secret=found.secret, **urls)
        if standing.cases
        else None,
        "ticket": found,
        "standing": standing,
        "may_leave": found.state in MAY_LEAVE,
        "spoken": _spoken(found, standing),
        "called_words": _called_words(found) if standing.is_called else "",
        **facts,
    }
    return _private(render(request, template, context))


def _guides(request: HttpRequest, found: Ticket) -> list[dict[str, Any]]:
    """The public page of what the ticket is for, as a link and as a code for a relative's phone."""
    return [
        {
            "name": one.name_in(_language()),
            "url": reverse("procedure", args=[one.code]),
            "qr": qr_svg(address_of(request, "procedure", one.code)),
        }
        for one in procedures_of(found)
    ]


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
