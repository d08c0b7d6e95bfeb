"""The live page, undo for others, calls switched off, referrals back, and the close of the day."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donghanh.cases.actions.ending import close_day, return_referral, undo
from donghanh.cases.queries import referrals_visible_to
from donghanh.kernel import clock
from donghanh.kernel.errors import NotFound
from donghanh.places.models import Counter
from donghanh.queue.actions.hall import help_came
from donghanh.queue.models import Ticket
from donghanh.queue.queries.lists import visible_to as tickets_visible_to
from donghanh.teams.actions.shifts import colleague_came
from donghanh.teams.models import Member
from donghanh.teams.queries import points_visible_to
from donghanh.web.access import for_members, member_of, point_of
from donghanh.web.coordinator.screen import left_open, page_of, screen_of


@for_members("see_live")
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """What happens now; kept fresh by the live line."""
    return render(request, "coordinator/live.html", page_of(request))


@for_members("see_live")
@require_safe
def part(request: HttpRequest) -> HttpResponse:
    """Only what changes."""
    return render(request, "coordinator/_live.html", screen_of(request))


@for_members("see_live")
@require_POST
def choose_point(request: HttpRequest) -> HttpResponse:
    """Look at another point."""
    try:
        wanted = UUID(request.POST.get("point", ""))
    except ValueError:
        raise NotFound() from None
    point = points_visible_to(member_of(request)).filter(pk=wanted).first()
    if point is None:
        raise NotFound()
    request.session["point"] = str(point.pk)
    request.session.pop("counter", None)
    return redirect("coordinator")


@for_members("undo_for_others")
@require_POST
def undo_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Undo the last move of a ticket, whoever made it."""
    member = member_of(request)
    ticket = _ticket(member, pk)
    undo(ticket, by=member)
    return _shown(request, _("Undone: {number} is where it was.").format(number=ticket.number))


@for_members("see_live")
@require_POST
def switch_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody goes: the call for a colleague is off."""
    member = member_of(request)
    counter = (
        Counter.objects.filter(pk=pk, point__in=points_visible_to(member)).select_related("point").first()
    )
    if counter is None:
        raise NotFound()
    colleague_came(counter, by=member)
    return _shown(request, _("The call is off."))


@for_members("see_live")
@require_POST
def hall_helped(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody goes to whoever asks for help at the kiosk."""
    member = member_of(request)
    help_came(_ticket(member, pk), by=member)
    return _shown(request, _("The call is off."))


@for_members("help_case")
@require_POST
def referral_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The other organisation is done."""
    member = member_of(request)
    referral = referrals_visible_to(member).select_related("case__point").filter(pk=pk).first()
    if referral is None:
        raise NotFound()
    return_referral(referral, by=member)
    return _shown(request, _("The referral is back."))


@for_members("close_day")
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """First what would be left open, then the close itself, then the report."""
    member = member_of(request)
    point = point_of(request, member)
    if request.method == "POST":
        left = close_day(point, clock.today(), by=member)
        return render(
            request, "coordinator/closed.html", {"point": point, "left": left, "day": clock.today()}
        )
    return render(
        request, "coordinator/close.html", {"point": point, "day": clock.today(), **left_open(point)}
    )


def _ticket(member: Member, pk: UUID) -> Ticket:
    ticket = tickets_visible_to(member).select_related("point", "counter").filter(pk=pk).first()
    if ticket is None:
        raise NotFound()
    return ticket


def _shown(request: HttpRequest, message: str) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect("coordinator")
    response = render(request, "coordinator/_live.html", screen_of(request))
    response.headers["HX-Trigger"] = json.dumps({"toast": {"message": message, "tone": "done"}})
    return response
