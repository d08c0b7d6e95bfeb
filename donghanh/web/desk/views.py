"""The page, its lists, where one sits, who is on duty, and a number from the welcome desk."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from donghanh.catalog.queries import found as procedures_found
from donghanh.kernel.errors import Invalid, NotFound
from donghanh.places.models import Counter
from donghanh.queue.actions.hall import help_came, issue_once, print_slip
from donghanh.queue.actions.service import release_wanted
from donghanh.queue.models import Series
from donghanh.teams.actions.shifts import call_colleague, check_in, check_out, colleague_came, sit_at
from donghanh.teams.queries import points_visible_to
from donghanh.web.access import counter_of, for_members, member_of, point_of
from donghanh.web.addresses import address_of
from donghanh.web.desk.answers import at_desk, shown, ticket_for, uuid_of
from donghanh.web.desk.screen import page_of, screen_of
from donghanh.web.qr import qr_svg
from donghanh.web.scanning import with_scanner

MOST_FOUND = 12


@for_members("serve")
@with_scanner
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The one screen; without a counter, first where to sit."""
    page = page_of(request)
    choosing = page["counter"] is None or "seat" in request.GET
    return render(request, "desk/seats.html" if choosing else "desk/desk.html", page)


@for_members("serve")
@require_safe
def line(request: HttpRequest) -> HttpResponse:
    """Only the lists, as they stand now."""
    return render(request, "desk/_line.html", screen_of(request))


@at_desk("serve")
def choose_counter(request: HttpRequest) -> HttpResponse:
    """Sit at a counter; whoever sat there has left it."""
    member = member_of(request)
    counter = Counter.objects.filter(
        pk=uuid_of(request.POST.get("counter", "")), point__in=points_visible_to(member), is_active=True
    ).select_related("point")
    if (taken := counter.first()) is None:
        raise NotFound()
    sit_at(taken, by=member)
    request.session["point"], request.session["counter"] = str(taken.point_id), str(taken.pk)
    return redirect("desk")


@at_desk("serve")
def choose_point(request: HttpRequest) -> HttpResponse:
    """Work at another point: choose the counter there next."""
    point = points_visible_to(member_of(request)).filter(pk=uuid_of(request.POST.get("point", ""))).first()
    if point is None:
        raise NotFound()
    request.session["point"] = str(point.pk)
    request.session.pop("counter", None)
    return redirect("desk")


@at_desk("serve")
def duty(request: HttpRequest) -> HttpResponse:
    """Come on duty, or go off duty."""
    member = member_of(request)
    point = point_of(request, member)
    if request.POST.get("duty") == "out":
        check_out(point, by=member)
        release_wanted(point, member, by=member)
        request.session.pop("counter", None)
        return shown(request, _("You are off duty. Thank you for today!"))
    check_in(point, by=member, counter=counter_of(request, point))
    return shown(request, _("You are on duty."))


@at_desk("serve")
def colleague(request: HttpRequest) -> HttpResponse:
    """Call a colleague to this counter, or say that one came."""
    member = member_of(request)
    counter = counter_of(request, point_of(request, member))
    if counter is None:
        raise NotFound()
    if request.POST.get("help") == "off":
        colleague_came(counter, by=member)
        return shown(request, _("The call is off."))
    call_colleague(counter, by=member)
    return shown(request, _("A colleague is called to your counter."), tone="wait")


@at_desk("serve")
def hall_helped(request: HttpRequest, pk: UUID) -> HttpResponse:
    """This member goes to whoever asks for help at the kiosk."""
    member = member_of(request)
    help_came(ticket_for(member, pk), by=member)
    return shown(request, _("The call is off."))


@at_desk("issue")
def give_number(request: HttpRequest) -> HttpResponse:
    """A number from the welcome desk; the form carries the ticket's id, so a double click is one number."""
    member = member_of(request)
    point = point_of(request, member)
    chosen = Series.objects.filter(point=point, pk=uuid_of(request.POST.get("series", ""))).first()
    if chosen is None:
        raise NotFound()
    level = request.POST.get("priority", "0") or "0"
    if not level.isdigit():
        raise Invalid(field="priority", problem=_("a level of the list is needed"))
    ticket = issue_once(
        point, ticket_id=uuid_of(request.POST.get("id", "")), by=member, series=chosen, priority=int(level),
        channel="desk",
    )  # fmt: skip
    return shown(request, _("Number {number} was given.").format(number=ticket.number), issued=ticket)


@for_members("serve")
@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Published procedures by words of their name."""
    words = request.GET.get("words", "").strip()
    matches = procedures_found(words)[:MOST_FOUND] if words else []
    return render(
        request, "desk/_procedures.html", {"procedures": matches, **screen_of(request), "words": words}
    )


@at_desk("issue")
def slip(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The paper of a ticket, ready to print; a second one says that it is a copy."""
    member = member_of(request)
    ticket = ticket_for(member, pk)
    copy = print_slip(ticket, by=member)
    address = address_of(request, "ticket", ticket.secret)
    return render(request, "desk/slip.html", {"ticket": ticket, "copy": copy, "qr": qr_svg(address)})
