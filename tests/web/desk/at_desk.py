"""A member at a counter, over HTTP as htmx asks."""

from __future__ import annotations

import json

from django.test import Client
from django.urls import reverse

from donghanh.cases.models import Case
from donghanh.places.models import Point
from donghanh.queue.models import Ticket
from donghanh.teams.models import Member
from tests import make
from tests.signed import sign_in

HTMX = {"HTTP_HX_REQUEST": "true"}
# A procedure whose steps are told, and one whose edition asks questions.
TOLD, ASKING = "svc.scam-advice", "1.000894"


class Desk:
    """A member at counter 1 of a point with a procedure offered: one that is told, or one that asks."""

    def __init__(self, role: str = "volunteer", waiting: int = 2, code: str = TOLD) -> None:
        self.point: Point = make.point(counters=2)
        self.member: Member = make.member(self.point.ward, role)
        self.procedure = make.procedure(code, offered_at=make.series(self.point))
        self.client = sign_in(Client(), self.member)
        self.tickets = [make.ticket(self.point, procedure=self.procedure) for _ in range(waiting)]
        self.post("desk-counter", counter=make.counter(self.point).pk)

    def post(self, address: str, /, *args: object, **typed: object):
        return self.client.post(reverse(address, args=args), typed, **HTMX)

    def page(self) -> str:
        return self.client.get(reverse("desk")).content.decode()

    def call(self) -> Ticket:
        self.post("desk-next")
        return Ticket.objects.get(point=self.point, state="called")

    def case(self) -> Case:
        self.post("desk-open", ticket=self.call().pk, procedure=self.procedure.pk)
        return Case.objects.get(point=self.point, finished_at=None)


def toast(response) -> dict[str, object]:
    return json.loads(response.headers["HX-Trigger"])["toast"]
