"""A ward to ask about: a point, a team with tokens, two procedures; and a foreign ward."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client

from donghanh.catalog.models import Procedure
from donghanh.kernel.journal import House
from donghanh.places.models import Counter, Point
from donghanh.teams.actions.tokens import give_token
from donghanh.teams.models import Device, Member
from tests import make

_keys = count(1)


@dataclass
class Caller:
    """One bearer: sends JSON, gives the answer."""

    token: str

    def get(self, path: str, **headers: str) -> HttpResponse:
        """A read."""
        return Client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {self.token}", **headers})

    def post(self, path: str, body: Any = None, *, key: str = "", **headers: str) -> HttpResponse:
        """A POST with a key of its own unless one is given."""
        sent = {
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": key or f"key-{next(_keys)}",
            **headers,
        }
        raw = b"" if body is None else json.dumps(body).encode()
        return Client().post(f"/api/v1{path}", raw, content_type="application/json", headers=sent)


@dataclass
class Ward:
    """What a test needs to ask."""

    point: Point
    counter: Counter
    volunteer: Caller
    coordinator: Caller
    officer: Caller
    kiosk: Caller
    board: Caller
    marriage: Procedure
    extract: Procedure

    def stay(self, **facts: Any) -> tuple[str, str]:
        """A ticket that is being served and its case: (ticket id, case id)."""
        self.volunteer.post("/tickets", {"point": str(self.point.pk), **facts})
        ticket = self.volunteer.post(f"/counters/{self.counter.pk}/call-next").json()["id"]
        case = self.volunteer.post("/cases", {"ticket": ticket, "procedure": "1.000894"})
        return ticket, case.json()["id"]


def ward(code: str = "") -> Ward:
    """A populated ward."""
    place = make.ward(code)
    point = make.point(place, counters=2)
    series = make.series(point)
    marriage = make.procedure("1.000894", offered_at=series)
    extract = make.procedure("2.000635", offered_at=make.series(point, "B", position=1))

    def script(role: str) -> Caller:
        return Caller(give_token(role, ward=place, by=House()).token)

    return Ward(
        point,
        make.counter(point, "1"),
        script(Member.VOLUNTEER),
        script(Member.COORDINATOR),
        script(Member.OFFICER),
        Caller(give_token(Device.KIOSK, point=point, by=House()).token),
        Caller(give_token(Device.BOARD, point=point, by=House()).token),
        marriage,
        extract,
    )
