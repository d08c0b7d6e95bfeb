"""Bodies as JSON, and only as JSON."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser

from donghanh.web.api.problems import BadJson, BodyTooLarge, NotJson

# The longest lawful body is a note of a thousand characters.
LARGEST_BODY = 64 * 1024


class StrictJson(Parser):
    """Refuses other media types, numbers that JSON does not know, and more than any request needs."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The value of the body. Refuses with NotJson, BodyTooLarge, BadJson."""
        if request.content_type != "application/json":
            raise NotJson()
        body = request.body
        if len(body) > LARGEST_BODY:
            raise BodyTooLarge()
        try:
            value = json.loads(body.decode("utf-8"), parse_constant=_no_number)
        except (ValueError, RecursionError):
            raise BadJson() from None
        request.parsed = value  # type: ignore[attr-defined]
        return value


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
