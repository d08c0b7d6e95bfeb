"""Pages that read a card's code: the reader is compiled code, so their content policy lets it run."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from donghanh.web.middleware import POLICY

View = Callable[..., HttpResponse]
# Only compiled code of our own files; text stays text (no eval).
SCANNING_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")


def with_scanner(view: View) -> View:
    """Let the page of this view run the reader."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Content-Security-Policy"] = SCANNING_POLICY
        return response

    return answered
