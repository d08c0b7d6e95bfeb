"""Every no as RFC 9457 problem details, with the refusal's code."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from donghanh.kernel.errors import Invalid, NotAllowed, NotFound, Refusal
from donghanh.web.api.doors import SignInNeeded
from donghanh.web.middleware import said

PROBLEM = "application/problem+json"
MOST_NAMED = 20


class BadJson(Refusal):
    """The body is not JSON."""

    message = "The body is not valid JSON."
    status = 400


class NotJson(Refusal):
    """The body is of another media type."""

    message = "Send the body as application/json."
    status = 415


class BodyTooLarge(Refusal):
    """The body is larger than any request of this API."""

    message = "The body is too large: at most 64 KiB."
    status = 413


class MethodNotAllowed(Refusal):
    """The address does not know this method."""

    message = "This address does not know this method."
    status = 405


class OutOfOrder(Refusal):
    """The server failed. Nothing was changed, or a retry with the same key gives the answer."""

    message = "The server failed here. Send the request again with the same Idempotency-Key."
    status = 500


BY_STATUS: dict[int, type[Refusal]] = {
    400: BadJson, 401: SignInNeeded, 403: NotAllowed, 404: NotFound, 405: MethodNotAllowed, 413: BodyTooLarge,
    415: NotJson, 500: OutOfOrder,
}  # fmt: skip


def body_of(refusal: Refusal) -> str:
    """The problem document of a refusal, in the language of the request."""
    return document(
        refusal.status,
        refusal.code,
        said(refusal),
        {name: _plain(fact) for name, fact in refusal.facts.items()},
    )


def document(status: int, code: str, detail: str, facts: dict[str, Any]) -> str:
    """A problem document; `title` is the status' own phrase."""
    problem = {
        "type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, "code": code,
        "data": facts,
    }  # fmt: skip
    return json.dumps(problem, ensure_ascii=False, separators=(",", ":"))


def problem(refusal: Refusal) -> HttpResponse:
    """The answer that says no."""
    return sent(refusal.status, body_of(refusal))


def sent(status: int, body: str) -> HttpResponse:
    """A problem document as an answer."""
    response = HttpResponse(body, status=status, content_type=PROBLEM)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    # A lawful no is no event for the log of errors.
    response._has_been_logged = status < 500  # type: ignore[attr-defined]
    return response


def answer_exceptions(api: NinjaAPI) -> None:
    """Teach the API to say every lawful no as a problem; bugs stay bugs."""
    api.add_exception_handler(Refusal, _refusal)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _stranger)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(RequestDataTooBig, _too_big)
    api.add_exception_handler(Exception, _bug)


def _refusal(request: HttpRequest, refusal: Any) -> HttpResponse:
    return problem(refusal)


def _invalid(request: HttpRequest, failure: Any) -> HttpResponse:
    """Which fields are wrong and how; never what was sent, for it may be a person's."""
    errors = [
        {"pointer": _pointer(one["loc"]), "problem": _tidy(str(one["msg"]))}
        for one in failure.errors[:MOST_NAMED]
    ]
    first = errors[0]
    refusal = Invalid(field=first["pointer"], problem=first["problem"])
    return sent(422, document(422, refusal.code, said(refusal), {"errors": errors}))


def _stranger(request: HttpRequest, failure: Any) -> HttpResponse:
    return problem(SignInNeeded())


def _http_error(request: HttpRequest, failure: Any) -> HttpResponse:
    cause = failure.__cause__
    if isinstance(cause, Refusal):
        return problem(cause)
    return problem(BY_STATUS.get(failure.status_code, BadJson)())


def _too_big(request: HttpRequest, failure: Any) -> HttpResponse:
    return problem(BodyTooLarge())


def _bug(request: HttpRequest, failure: Any) -> HttpResponse:
    raise failure


def _pointer(place: tuple[str | int, ...]) -> str:
    """Where in the body, or which parameter: /steps/0/done, /ward."""
    steps = place[2:] if place[0] == "body" and len(place) > 1 else place[1:]
    return "/" + "/".join(_tidy(str(step)) for step in steps)


def _tidy(message: str) -> str:
    """Without a lone surrogate that a field's name may hold, and without the library's own word."""
    return message.removeprefix("Value error, ").encode("utf-8", "replace").decode()[:200]


def _plain(fact: Any) -> Any:
    return fact if fact is None or isinstance(fact, (bool, int, float)) else str(fact)
