"""The short way for tokens: a bearer's request needs no session, no messages, no sign-in machinery."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from donghanh.kernel.errors import NotFound
from donghanh.web.api.problems import BY_STATUS, OutOfOrder, problem
from donghanh.web.middleware import ReadOnlyGets

PREFIX = "/api/v1/"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
KNOWN = frozenset(code for code, _ in settings.LANGUAGES)


class BearerFirst:
    """Calls the API's view at once for a bearer; makes every error below /api/v1 a problem document."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.call = convert_exception_to_response(ReadOnlyGets(_called))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        if "HTTP_AUTHORIZATION" in request.META:
            language = language_of(request)
            with translation.override(language):
                response = as_problem(cast(HttpResponseBase, self.call(request)))
            response.headers["Content-Language"] = language
        else:
            response = as_problem(self.get_response(request))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def language_of(request: HttpRequest) -> str:
    """The language chosen in this product, else the first known one a program asks for, else Vietnamese."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in KNOWN:
        return chosen
    for wanted, _ in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")):
        if (code := wanted.partition("-")[0]) in KNOWN:
            return code
    return settings.LANGUAGE_CODE


def as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """An error page of the framework becomes a problem of the same status, its headers kept."""
    if response.status_code < 400 or "json" in response.headers.get("Content-Type", ""):
        return response
    status = response.status_code
    refusal = BY_STATUS.get(status, OutOfOrder if status >= 500 else NotFound)()
    answer = problem(refusal)
    if "Allow" in response.headers:
        answer.headers["Allow"] = response.headers["Allow"]
    return answer


def _called(request: HttpRequest) -> HttpResponse:
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return problem(NotFound())
    request.resolver_match = match
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer
