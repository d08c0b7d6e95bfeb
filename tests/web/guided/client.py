"""A signed-in browser that speaks JSON to the guide's addresses."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from donghanh.kernel.ids import new_id
from donghanh.teams.models import Member
from tests.signed import sign_in


def browser(member: Member | None = None, **more: Any) -> Client:
    """A browser, signed in if a member is given; English, so that tests read words."""
    client = Client(**more)
    client.cookies["donghanh_language"] = "en"
    return sign_in(client, member) if member else client


def send(client: Client, name: str, *args: Any, body: Any = None, query: str = "") -> HttpResponse:
    """A POST of a JSON body, or a GET without one."""
    url = reverse(name, args=args) + query
    if body is None:
        return client.get(url)
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(url, raw, content_type="application/json")


def sent(question: str, value: Any = None, state: str = "given", **more: Any) -> dict[str, Any]:
    """An event as the guide sends it."""
    event = {"id": str(new_id()), "question": question, "state": state, **more}
    return {**event, "value": value} if state == "given" else event
