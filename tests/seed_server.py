"""Fill a real server's database: `python -m tests.seed_server '{"wards": 1, "counters": 2}'` prints what it made.

Runs as a command of its own, with the product's settings and the server's environment.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
django.setup()

from django.db import transaction  # noqa: E402

from donghanh.places.models import Point, Ward  # noqa: E402
from donghanh.teams.models import Device, Member  # noqa: E402
from donghanh.web.access import token_hash  # noqa: E402
from tests import make  # noqa: E402

PROCEDURE = "1.000894"


def seed(wards: int = 1, counters: int = 1, waiting: int = 0) -> dict[str, Any]:
    """Wards with a point each, counters with a member and a script's token each, a board and a kiosk, and who waits."""
    with transaction.atomic():
        procedure = make.procedure(PROCEDURE)
        made = [_ward(f"8{number:04d}", counters, waiting) for number in range(wards)]
    steps = [step["id"] for step in json.loads(procedure.current.content_json)["steps"]]  # type: ignore[union-attr]
    return {"procedure": PROCEDURE, "steps": steps, "wards": made}


def _ward(code: str, counters: int, waiting: int) -> dict[str, Any]:
    ward = make.ward(code)
    point = make.point(ward, counters=counters)
    make.procedure(PROCEDURE, offered_at=point.series.get())
    for _ in range(waiting):
        make.ticket(point)
    desks = []
    for counter in sorted(point.counters.all(), key=lambda one: int(one.label)):
        member = _member(ward, counter.label)
        desks.append(
            {"counter": str(counter.pk), "member": str(member.pk), "token": _token("script", point, member)}
        )
    return {
        "ward": code,
        "point": str(point.pk),
        "desks": desks,
        "board": _token("board", point),
        "kiosk": _token("kiosk", point),
    }


def _member(ward: Ward, label: str) -> Member:
    member = Member(
        username=f"m{ward.pk}-{label}", full_name=f"Trần Thị {label}", role="volunteer", ward=ward
    )
    member.set_unusable_password()
    member.save()
    return member


def _token(kind: str, point: Point, member: Member | None = None) -> str:
    token = secrets.token_urlsafe(24)
    Device.objects.create(
        kind=kind,
        name=kind,
        ward=point.ward,
        point=None if member else point,
        member=member,
        token_hash=token_hash(token),
    )
    return token


if __name__ == "__main__":
    json.dump(seed(**json.loads(sys.argv[1])), sys.stdout)
