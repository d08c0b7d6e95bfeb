"""Print a badge, or take it back. The code on it is shown on this one page and never again."""

from __future__ import annotations

from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from donghanh.kernel.errors import Refusal
from donghanh.teams.actions.badges import issue_badge, revoke_badge
from donghanh.web.access import for_members, member_of
from donghanh.web.addresses import address_of
from donghanh.web.office.frame import went_well, went_wrong
from donghanh.web.office.member_views import one_here
from donghanh.web.recheck import rechecked
from donghanh.web.words import ROLES

door = for_members("print_badge")


@door
@rechecked
@require_POST
def badge(request: HttpRequest, member: UUID) -> HttpResponse:
    """A new badge as a card of 85.6 × 54 mm; the one before stops working."""
    one = one_here(request, member)
    try:
        made = issue_badge(one, by=member_of(request))
    except Refusal as refused:
        return went_wrong(request, refused, reverse("office_member", args=[member]))
    number = made.member.badge_number
    address = address_of(request, "verify", number)
    context = {
        "member": made.member,
        "role": ROLES[one.role],
        "number": f"{number:,}".replace(",", " "),
        "address": address,
        "code_picture": segno.make_qr(made.code, error="m").svg_data_uri(border=2, scale=4),
        "address_picture": segno.make_qr(address, error="m").svg_data_uri(border=2, scale=4),
        "back": reverse("office_member", args=[member]),
    }
    return render(request, "office/badge.html", context)


@door
@rechecked
@require_POST
def take_back(request: HttpRequest, member: UUID) -> HttpResponse:
    """A lost badge opens nothing any more."""
    one, back = one_here(request, member), reverse("office_member", args=[member])
    try:
        revoke_badge(one, by=member_of(request))
    except Refusal as refused:
        return went_wrong(request, refused, back)
    return went_well(request, _("The badge does not work any more."), back)
