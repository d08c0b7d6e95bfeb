"""The doors of the guide's addresses: JSON in, JSON out, every no as {code, message, data}."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from donghanh.cases.models import Case
from donghanh.cases.queries import visible_to
from donghanh.kernel.errors import Invalid, NotFound, Refusal
from donghanh.teams.models import Member
from donghanh.teams.rules import require
from donghanh.web.access import member_of
from donghanh.web.middleware import said

View = Callable[..., HttpResponse]
LARGEST = 512 * 1024
VERB = "help_case"


class SignInNeeded(Refusal):
    """Nobody is signed in, or the session is over."""

    message = "Please sign in again. Nothing that is on this screen is lost."
    status = 401


class NotJson(Refusal):
    """The body is of another media type, or no JSON object."""

    message = "The body must be one JSON object."
    status = 415


class BodyTooLarge(Refusal):
    """More than the guide ever sends."""

    message = "This is too much to send at once."
    status = 413


def for_all(*methods: str) -> Callable[[View], View]:
    """Open to everyone."""

    def door(view: View) -> View:
        guarded = _guarded(view, methods, _check_nothing)
        guarded.door = "everyone"  # type: ignore[attr-defined]
        return guarded

    return door


def for_helping(*methods: str) -> Callable[[View], View]:
    """Open to signed-in members who may help with a case; anybody else gets 401 or 403 as JSON."""

    def door(view: View) -> View:
        guarded = _guarded(view, methods, _check_member)
        guarded.door = f"member:{VERB}"  # type: ignore[attr-defined]
        return guarded

    return door


def case_for(request: HttpRequest, pk: UUID) -> Case:
    """A case of a point the member may see. Refuses with NotFound."""
    rows = visible_to(member_of(request)).select_related("point", "ward", "person", "procedure", "edition")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def body_of(request: HttpRequest, most: int = LARGEST) -> dict[str, Any]:
    """The JSON object that was sent. Refuses with NotJson, BodyTooLarge, Invalid."""
    if request.content_type != "application/json":
        raise NotJson()
    try:
        raw = request.body
    except RequestDataTooBig:
        raise BodyTooLarge() from None
    if len(raw) > most:
        raise BodyTooLarge()
    try:
        sent = json.loads(raw)
    except (ValueError, RecursionError):
        raise NotJson() from None
    if not isinstance(sent, dict):
        raise NotJson()
    return sent


def text_in(sent: dict[str, Any], name: str, *, longest: int, default: str | None = None) -> str:
    """A text of the body without control characters. Refuses with Invalid."""
    value = sent.get(name, default)
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise Invalid(field=name, problem=f"≤ {longest}")
    return value


def _check_nothing(request: HttpRequest) -> None:
    """Nobody is asked who they are."""


def _check_member(request: HttpRequest) -> None:
    if not isinstance(request.user, Member):
        raise SignInNeeded()
    require(member_of(request).role, VERB)


def _guarded(view: View, methods: tuple[str, ...], check: Callable[[HttpRequest], None]) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            check(request)
            if request.method not in (*methods, *(["HEAD"] if "GET" in methods else [])):
                return HttpResponseNotAllowed(methods)
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return _no(refusal)

    return answered


def _no(refusal: Refusal) -> JsonResponse:
    facts = {name: str(fact) for name, fact in refusal.facts.items()}
    answer = JsonResponse(
        {"code": refusal.code, "message": said(refusal), "data": facts}, status=refusal.status
    )
    # A lawful no is no event for the log of errors.
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer
