"""An act and its answer, together or not at all: `Idempotency-Key` on every POST."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from donghanh.kernel.answers import AlreadyKept, Kept, keep_answer, kept_answer
from donghanh.kernel.errors import Invalid, Refusal
from donghanh.kernel.journal import acting
from donghanh.web.api.doors import asker_of
from donghanh.web.api.problems import body_of, sent

JSON = "application/json"
KEY = re.compile(r"[\x21-\x7e]{1,128}")

# Status and document; None for an answer without a body.
Answer = tuple[int, dict[str, Any] | list[Any] | None]


def once(request: HttpRequest, act: Callable[[], Answer]) -> HttpResponse:
    """Act and answer. The same key and body get the same answer again and act no second time.

    The answer is kept in the act's own transaction, so a killed server leaves both or neither.
    """
    asker, key = asker_of(request).id, _key_of(request)
    if key is None:
        with acting():
            answer = _written(act())
        return _sent(answer)
    print_ = fingerprint(request)
    if kept := kept_answer(asker, key, print_):
        return _again(kept)
    try:
        with acting():
            answer = _written(act())
            keep_answer(asker, key, print_, answer)
    except AlreadyKept:
        return _again_of_twin(asker, key, print_)
    except Refusal as refusal:
        return _refused(refusal, asker, key, print_)
    return _sent(answer)


def plain(status: int, value: dict[str, Any] | list[Any]) -> HttpResponse:
    """An answer that is only a read."""
    return _sent(_written((status, value)))


def fingerprint(request: HttpRequest) -> str:
    """What the request asks: route and body, whatever the order of its fields."""
    body = request.body
    parsed = getattr(request, "parsed", None)  # a body that no route reads is taken as it is
    said = json.dumps(parsed, sort_keys=True).encode() if parsed is not None else body
    return hashlib.sha256(b"\0".join((str(request.method).encode(), request.path.encode(), said))).hexdigest()


def _key_of(request: HttpRequest) -> str | None:
    key = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if key is None:
        return None
    if not KEY.fullmatch(key):
        raise Invalid(field="Idempotency-Key", problem="1–128 printable characters without blanks")
    return str(key)


def _refused(refusal: Refusal, asker: str, key: str, print_: str) -> HttpResponse:
    """A no is an answer too; the act itself was rolled back."""
    answer = Kept(refusal.status, body_of(refusal))
    try:
        with acting():
            keep_answer(asker, key, print_, answer)
    except AlreadyKept:
        return _again_of_twin(asker, key, print_)
    return _sent(answer)


def _again_of_twin(asker: str, key: str, print_: str) -> HttpResponse:
    kept = kept_answer(asker, key, print_)
    assert kept is not None, "the unique key was taken by a row that is not there"
    return _again(kept)


def _again(kept: Kept) -> HttpResponse:
    response = _sent(kept)
    response.headers["Idempotent-Replayed"] = "true"
    return response


def _written(answer: Answer) -> Kept:
    status, value = answer
    return Kept(status, "" if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _sent(answer: Kept) -> HttpResponse:
    if answer.status >= 400:
        return sent(answer.status, answer.body)
    response = HttpResponse(answer.body, status=answer.status, content_type=JSON)
    if answer.status == 204:
        del response.headers["Content-Type"]
    return response
