"""The head of every staff page: where a member may go, and who they are."""

from __future__ import annotations

from typing import NamedTuple, TypedDict

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.teams.models import Member
from donghanh.teams.rules import may
from donghanh.web.words import ROLES


class Place(NamedTuple):
    """A surface, its word and sign, and the verb that opens it."""

    name: str
    label: str | Promise
    icon: str
    verb: str


class Entry(TypedDict):
    """One link of the navigation."""

    url: str
    label: str | Promise
    icon: str
    current: bool


PLACES = (
    Place("desk", _("Desk"), "handshake", "serve"),
    Place("practice-lessons", _("Lessons"), "circle-play", "help_case"),
    Place("coordinator", _("Live view"), "activity", "see_live"),
    Place("report", _("Day report"), "chart-column", "see_report"),
    Place("office", _("Office"), "settings", "edit_members"),
)


def head_of(request: HttpRequest) -> dict[str, object]:
    """What `base_staff.html` asks for; nothing when nobody is signed in."""
    member = getattr(request, "user", None)
    if not isinstance(member, Member):
        return {}
    return {
        "nav": _links(member, request.path),
        "member_name": member.full_name,
        "member_role": ROLES.get(member.role, member.role),
        "sign_out_url": reverse("account_logout"),
        "account_url": reverse("account"),
    }


def _links(member: Member, path: str) -> list[Entry]:
    links: list[Entry] = []
    for place in PLACES:
        if not may(member.role, place.verb):
            continue
        try:
            url = reverse(place.name)
        except NoReverseMatch:
            continue  # a surface that this installation does not carry
        links.append({"url": url, "label": place.label, "icon": place.icon, "current": path.startswith(url)})
    return links
