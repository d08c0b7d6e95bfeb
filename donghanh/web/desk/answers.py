"""How the desk answers: the screen anew with a word, or a kind no that loses nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from donghanh.cases.models import Case
from donghanh.cases.queries import visible_to as cases_visible_to
from donghanh.kernel.errors import NotFound, Refusal
from donghanh.people.models import Person
from donghanh.people.queries import visible_to as persons_visible_to
from donghanh.queue.models import Ticket
from donghanh.queue.queries.lists import visible_to as tickets_visible_to
from donghanh.teams.models import Member
from donghanh.web.access import for_members
from donghanh.web.desk.screen import LAST_TICKET, screen_of
from donghanh.web.middleware import said

View = Callable[..., HttpResponse]


def at_desk(verb: str) -> Callable[[View], View]:
    """A POST of a member. A no comes as a toast: over the fresh screen when somebody else was quicker,
    over the form as typed when a value was wrong."""

    def door(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.headers.get("HX-Request"):
                return view(request, *args, **kwargs)
            try:
                return view(request, *args, **kwargs)
            except Refusal as refusal:
                if refusal.status == 409:
                    return shown(request, said(refusal), tone="wait")
                response = render(
                    request,
                    "_refusal.html",
                    {"message": said(refusal), "code": refusal.code},
                    status=refusal.status,
                )
                if refusal.status == 422:  # htmx would swap it in: the form stays as it was typed
                    response.headers["HX-Reswap"] = "none"
                    response.headers["HX-Trigger"] = _toast(said(refusal), "wrong", "")
                return response

        return for_members(verb)(require_POST(answered))

    return door


def shown(
    request: HttpRequest, message: str = "", *, tone: str = "done", undo: str = "", **more: Any
) -> HttpResponse:
    """The desk as it is now, with a toast; without htmx, back to the page."""
    if not request.headers.get("HX-Request"):
        return redirect("desk")
    response = render(request, "desk/_desk.html", {**screen_of(request), **more})
    if message:
        response.headers["HX-Trigger"] = _toast(message, tone, undo)
    return response


def moved(request: HttpRequest, ticket: Ticket, message: str) -> HttpResponse:
    """The desk after a move of a ticket, with its undo."""
    request.session[LAST_TICKET] = str(ticket.pk)
    return shown(request, message, undo=reverse("desk-move", args=[ticket.pk, "undo"]))


def ticket_for(member: Member, pk: UUID) -> Ticket:
    """A ticket of a point the member may see. Refuses with NotFound."""
    found = (
        tickets_visible_to(member)
        .select_related("point", "counter", "series", "member")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound()
    return found


def case_for(member: Member, pk: UUID) -> Case:
    """A case of a point the member may see. Refuses with NotFound."""
    found = cases_visible_to(member).select_related("point", "ward", "person", "ticket").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def person_for(member: Member, pk: UUID) -> Person:
    """A person in use of a ward the member may see. Refuses with NotFound."""
    found = persons_visible_to(member).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def uuid_of(text: str) -> UUID:
    """An id from a form. Refuses with NotFound."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound() from None


def _toast(message: str, tone: str, undo: str) -> str:
    toast: dict[str, Any] = {"message": message, "tone": tone}
    if undo:
        toast["undo"] = {"url": undo, "target": "#desk", "swap": "outerHTML"}
    return json.dumps({"toast": toast})
