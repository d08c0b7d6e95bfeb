"""Screens of the kiosk: need, procedure, priority, number. Each is a page; back never loses anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from donghanh.kernel import clock
from donghanh.kernel.errors import NotFound, Refusal
from donghanh.kernel.ids import new_id
from donghanh.kernel.journal import Actor
from donghanh.places.models import Point
from donghanh.places.queries.working import is_open, opens_next_at
from donghanh.queue.actions.hall import issue_once, print_slip, slips_of, want_help
from donghanh.queue.models import Ticket
from donghanh.queue.queries.announced import stand_of
from donghanh.queue.rules.waiting import shown_minutes
from donghanh.teams.rules import require
from donghanh.web.access import device_of, for_devices, member_of
from donghanh.web.addresses import address_of
from donghanh.web.kiosk import choices
from donghanh.web.middleware import said
from donghanh.web.qr import qr_svg
from donghanh.web.spoken import spoken_own_number
from donghanh.web.version import version

# A number stays on the screen for its owner only; later somebody else stands there.
SHOWN_FOR = timedelta(minutes=10)


@for_devices("kiosk")
@require_GET
def start(request: HttpRequest, point: Point) -> HttpResponse:
    """What do you need? Or, out of hours, when it opens again."""
    if not is_open(point):
        return _closed(request, point)
    cards = choices.needs_at(point)
    question = gettext("What do you need today?")
    return _page(request, "start", point, cards=cards, question=question, spoken=_aloud(question, cards),
                 ticket_id=new_id())  # fmt: skip


@for_devices("kiosk")
@require_GET
def again(request: HttpRequest, point: Point) -> HttpResponse:
    """The first screen for the next person: in Vietnamese, whatever the last one chose."""
    response = redirect("kiosk")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@for_devices("kiosk")
@require_GET
def need(request: HttpRequest, point: Point) -> HttpResponse:
    """The procedures of a need; a single one needs no question."""
    series = choices.series_at(point, request.GET.get("need", ""))
    offered = choices.procedures_of(series)
    if len(offered) < 2:
        only = offered[0].code if offered else choices.SOMETHING_ELSE
        return redirect(
            f"{reverse('kiosk-priority')}?{urlencode({'need': series.letter, 'procedure': only})}"
        )
    cards = choices.procedure_cards(offered)
    question = gettext("What exactly?")
    return _page(request, "procedures", point, cards=cards, question=question, need=series.letter,
                 chosen=series.name_in(choices.language()), spoken=_aloud(question, cards),
                 start_url=reverse("kiosk"), back_url=reverse("kiosk"))  # fmt: skip


@for_devices("kiosk")
@require_GET
def priority(request: HttpRequest, point: Point) -> HttpResponse:
    """Is one of these true for you? One tap; only the level travels on."""
    series = choices.series_at(point, request.GET.get("need", ""))
    procedure = choices.procedure_of(series, request.GET.get("procedure", ""))
    cards = choices.priority_cards(point)
    question = gettext("Is one of these true for you?")
    one_only = len(choices.procedures_of(series)) < 2
    back = reverse("kiosk") if one_only else f"{reverse('kiosk-need')}?{urlencode({'need': series.letter})}"
    spoken = _aloud(question, [*cards, {"value": "0", "label": gettext("No, none of these")}])
    return _page(request, "priority", point, cards=cards, question=question, need=series.letter,
                 procedure=procedure.code if procedure else choices.SOMETHING_ELSE, spoken=spoken,
                 ticket_id=new_id(), start_url=reverse("kiosk"), back_url=back)  # fmt: skip


@for_devices("kiosk")
@require_POST
def take(request: HttpRequest, point: Point) -> HttpResponse:
    """Give the number; the same form twice is the same number."""
    actor = _issuer(request)
    if not is_open(point):
        return _closed(request, point)
    try:
        series = choices.series_at(point, request.POST.get("need", ""))
        procedure = choices.procedure_of(series, request.POST.get("procedure", ""))
        level = request.POST.get("level", "0")
        ticket = issue_once(
            point,
            ticket_id=_form_id(request),
            by=actor,
            series=series,
            procedure=procedure,
            priority=int(level) if level in {"1", "2", "3", "4", "5"} else 0,
        )
    except Refusal as refusal:
        return _sorry(request, point, refusal)
    return redirect("kiosk-number", ticket_id=ticket.pk)


@for_devices("kiosk")
@require_POST
def call_someone(request: HttpRequest, point: Point) -> HttpResponse:
    """I don't know: a number all the same, and a member comes over."""
    actor = _issuer(request)
    try:
        ticket = want_help(point, ticket_id=_form_id(request), by=actor)
    except Refusal as refusal:
        return _sorry(request, point, refusal)
    return redirect(f"{reverse('kiosk-number', args=[ticket.pk])}?help=1")


@for_devices("kiosk")
@require_GET
def number(request: HttpRequest, point: Point, ticket_id: UUID) -> HttpResponse:
    """The number, large, spoken, to scan and to print; for its owner's few minutes only."""
    ticket = _fresh(point, ticket_id)
    if ticket is None:
        return redirect("kiosk-again")
    ahead, wait = stand_of(ticket, point)
    address = address_of(request, "ticket", ticket.secret)
    return _page(
        request,
        "number",
        point,
        ticket=ticket,
        ahead=ahead,
        wait=shown_minutes(wait) if wait else None,
        someone_comes="help" in request.GET,
        papers=choices.papers_of(ticket.procedure)[:3],
        address=address,
        qr=qr_svg(address),
        was_printed=slips_of(ticket).exists(),
        spoken=spoken_own_number(ticket.number, choices.language()),
        start_url=reverse("kiosk"),
    )


@for_devices("kiosk")
@require_POST
def slip(request: HttpRequest, point: Point, ticket_id: UUID) -> HttpResponse:
    """Write down that the slip is printed; tells whether this one is a copy."""
    actor = _issuer(request)
    ticket = _fresh(point, ticket_id)
    if ticket is None:
        raise NotFound()
    return JsonResponse({"copy": print_slip(ticket, by=actor)})


def _fresh(point: Point, ticket_id: UUID) -> Ticket | None:
    return (
        Ticket.objects.filter(pk=ticket_id, point=point, issued_at__gte=clock.now() - SHOWN_FOR)
        .select_related("point", "series", "procedure")
        .first()
    )


def _issuer(request: HttpRequest) -> Actor:
    """Who gives the number: the kiosk, or a member who stands in for it. Refuses with NotAllowed."""
    device = device_of(request)
    if device is not None and device.kind == "kiosk":
        return device
    member = member_of(request)
    require(member.role, "issue")
    return member


def _form_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("ticket", ""))
    except ValueError:
        return new_id()


def _aloud(question: str, cards: list[choices.Card]) -> str:
    return " ".join([question, *(f"{card['label']}." for card in cards)])


def _closed(request: HttpRequest, point: Point) -> HttpResponse:
    opens_at = opens_next_at(point)
    status = 200 if request.method == "GET" else 409
    return _page(request, "closed", point, status=status, opens_at=opens_at, today=clock.today())


def _sorry(request: HttpRequest, point: Point, refusal: Refusal) -> HttpResponse:
    message = said(refusal)
    return _page(request, "sorry", point, status=refusal.status, message=message, spoken=message,
                 ticket_id=new_id(), start_url=reverse("kiosk"))  # fmt: skip


def _page(request: HttpRequest, name: str, point: Point, *, status: int = 200, **facts: Any) -> HttpResponse:
    context = {
        "point": point,
        "screen": name,
        "version": version(),
        "again_url": reverse("kiosk-again"),
        **facts,
    }
    return render(request, f"kiosk/{name}.html", context, status=status)
