"""Follow dossiers up: where they stand, by hand or asked of the portal, and messages that did not arrive."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from donghanh.cases.actions.following import SECOND_THOUGHTS, follow_up, set_status, take_back_status
from donghanh.cases.actions.telling import tell_again, told_otherwise
from donghanh.cases.models import Dossier, DossierStatus
from donghanh.cases.queries.following import message_visible_to
from donghanh.kernel.errors import NotFound
from donghanh.kernel.models import Errand
from donghanh.teams.models import Member
from donghanh.teams.queries import points_visible_to
from donghanh.web import words
from donghanh.web.access import for_members, member_of
from donghanh.web.coordinator.following import following_of


@for_members("see_live")
@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """The open dossiers of the point, and the messages nobody got."""
    return render(request, "coordinator/dossiers.html", following_of(request))


@for_members("help_case")
@require_POST
def status(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What somebody saw on the portal; the toast can undo it before anybody is told."""
    member = member_of(request)
    dossier = _dossier(member, pk)
    before = dossier.status
    made = set_status(dossier, request.POST.get("status", ""), by=member, pause=SECOND_THOUGHTS)
    word = words.DOSSIER_STATUSES[made.status]
    if made.status == before:
        return _shown(request, _("It stands there already: {status}.").format(status=word))
    undo = reverse("coordinator-status-back", args=[dossier.pk, made.pk])
    return _shown(request, _("…{code}: {status}.").format(code=dossier.code[-4:], status=word), undo=undo)


@for_members("help_case")
@require_POST
def status_back(request: HttpRequest, pk: UUID, status_id: UUID) -> HttpResponse:
    """Undo a status."""
    member = member_of(request)
    dossier = _dossier(member, pk)
    made = DossierStatus.objects.filter(dossier=dossier, pk=status_id).select_related("dossier__case").first()
    if made is None:
        raise NotFound()
    if take_back_status(made, by=member):
        return _shown(request, _("Undone. Nobody was told."))
    return _shown(request, _("Undone, but the message had gone out already. Please call."), tone="wait")


@for_members("help_case")
@require_POST
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the portal now where a dossier stands."""
    made = follow_up(_dossier(member_of(request), pk))
    if made is None:
        return _shown(request, _("The portal has nothing new."))
    return _shown(request, _("The portal says: {status}.").format(status=words.DOSSIER_STATUSES[made.status]))


@for_members("help_case")
@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a message once more."""
    member = member_of(request)
    tell_again(_message(member, pk), by=member)
    return _shown(request, _("It is sent again within a minute."))


@for_members("help_case")
@require_POST
def settled(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The person was told in another way."""
    member = member_of(request)
    told_otherwise(_message(member, pk), by=member)
    return _shown(request, _("Noted: the person knows."))


def _dossier(member: Member, pk: UUID) -> Dossier:
    own = Dossier.objects.filter(pk=pk, case__point__in=points_visible_to(member))
    found = own.select_related("case__point", "case__ward").first()
    if found is None:
        raise NotFound()
    return found


def _message(member: Member, pk: UUID) -> Errand:
    found = message_visible_to(member, pk)
    if found is None:
        raise NotFound()
    return found


def _shown(request: HttpRequest, message: str, *, tone: str = "done", undo: str = "") -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect("coordinator-dossiers")
    response = render(request, "coordinator/_dossiers.html", following_of(request))
    toast: dict[str, Any] = {"message": message, "tone": tone}
    if undo:
        toast["undo"] = {"url": undo, "target": "#dossiers", "swap": "outerHTML"}
    response.headers["HX-Trigger"] = json.dumps({"toast": toast})
    return response
