"""What every request passes: language, refusals as answers, headers, and GETs that cannot write."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext

from donghanh.kernel.errors import Invalid, NotFound, Refusal
from donghanh.web import words

GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self';"
    " font-src 'self'; media-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self';"
    " object-src 'none'"
)

WRITE = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b\s*(?:INTO|FROM)?\s*\"?(\w+)", re.IGNORECASE)
# Sign-in machinery keeps sessions and throttles on reads too; nothing of the house is among them.
# allauth notes in its own table that recovery codes were looked at.
MAY_BE_WRITTEN_BY_GET = {"django_session", "donghanh_cache", "mfa_authenticator"}


class Language:
    """Vietnamese first; another language only when chosen here (cookie), never guessed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.known = {code for code, _ in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in self.known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class WriteInGet(RuntimeError):
    """A bug: a page that is only looked at tried to change something."""


class ReadOnlyGets:
    """A GET runs on a connection that refuses writes."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with connection.execute_wrapper(_refuse_writes):
            return self.get_response(request)


def _refuse_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    written = WRITE.match(sql)
    if written and written.group(2) not in MAY_BE_WRITTEN_BY_GET:
        raise WriteInGet(f"{written.group(1)} {written.group(2)} in a GET")
    return execute(sql, params, many, context)


class Refusals:
    """A lawful no becomes an answer: 403, 404, 409 or 422, as a page, a partial or JSON."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """No text of ours holds a NUL, and PostgreSQL takes none: refused before anything is asked."""
        if "\0" in request.path_info:
            return self.process_exception(request, NotFound())
        for fields in (request.GET, request.POST):
            for name, values in fields.lists():
                if any("\0" in value for value in values):
                    return self.process_exception(request, Invalid(field=name, problem="NUL"))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a Refusal; leave every other exception to be the bug it is."""
        if not isinstance(exception, Refusal):
            return None
        message = said(exception)
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse(
                {
                    "code": exception.code,
                    "message": message,
                    "data": {k: str(v) for k, v in exception.facts.items()},
                },
                status=exception.status,
            )
        template = "_refusal.html" if request.headers.get("HX-Request") else "refusal.html"
        context = {"message": message, "code": exception.code}
        return render(request, template, context, status=exception.status)


def said(refusal: Refusal) -> str:
    """The refusal's message in the language of the request."""
    labels = {"state": words.STATES, "outcome": words.OUTCOMES, "role": words.ROLES}
    facts = {name: labels.get(name, {}).get(str(value), value) for name, value in refusal.facts.items()}
    return refusal.text or gettext(refusal.message).format(**facts)


class Headers:
    """The content policy and its companions on every answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=(self)")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if request.path.startswith("/static/"):
            return response
        response.headers.setdefault("Cache-Control", "no-store")
        return response
