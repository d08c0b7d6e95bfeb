"""Random but repeatable days at a point, lived through the real verbs."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from donghanh.cases.actions import ending, helping
from donghanh.catalog.models import Procedure
from donghanh.kernel import clock
from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import House
from donghanh.people.models import Person
from donghanh.places.models import Point
from donghanh.queue.actions import calls, issue, service
from donghanh.queue.models import Ticket
from donghanh.teams.models import Member
from tests import make

# Mostly lawful moves by state; "finish" needs a case, so it is offered often.
MOVES = {
    "waiting": ("leave", "out_of_turn", "undo"),
    "called": ("open", "open", "open", "arrived", "absent", "recall", "undo"),
    "recalled": ("open", "absent", "undo"),
    "serving": ("finish", "finish", "finish", "hold", "park", "forward", "next", "undo"),
    "held": ("resume", "resume", "leave", "undo"),
    "parked": ("back", "leave", "undo"),
    "absent": ("back", "recall", "leave"),
    "done": ("undo",),
    "gone": ("undo", "finish"),
}


class Day:
    """A point with two counters, two members, two series and two procedures."""

    def __init__(self, start: datetime) -> None:
        self.start = start
        with clock.at(start - timedelta(days=1)):
            self.point: Point = make.point(counters=2)
            self.other = make.series(self.point, "B")
            self.procedures: list[Procedure] = [
                make.procedure("1.000894", offered_at=make.series(self.point, "A")),
                make.procedure("svc.vneid-install", offered_at=self.other),
            ]
            self.members: list[Member] = [
                make.member(self.point.ward),
                make.member(self.point.ward, "coordinator"),
            ]
            self.persons: list[Person | None] = [
                None,
                make.person(self.point.ward, born_year=1950, sex="female"),
                make.person(self.point.ward, "Trần Văn Bảy", born_year=1999, sex="male"),
            ]

    @property
    def tickets(self) -> list[Ticket]:
        """As they are now."""
        return list(
            Ticket.objects.filter(point=self.point).select_related("point__ward", "counter", "series")
        )

    def live(self, seed: int, steps: int, *, close: bool = True) -> None:
        """Up to `steps` moves a few minutes apart; what the house refuses is not done."""
        dice = Random(seed)
        moment = self.start
        for _ in range(steps):
            moment += timedelta(seconds=dice.randint(1, 400), microseconds=dice.randint(0, 999_999))
            with clock.at(moment):
                try:
                    self._step(dice)
                except Refusal:
                    continue
        if close:
            with clock.at(moment + timedelta(hours=3)):
                ending.close_day(self.point, self.start.date(), by=House())

    def _step(self, dice: Random) -> None:
        by, tickets = dice.choice(self.members), self.tickets
        what = dice.random()
        if what < 0.3 or not tickets:
            issue.issue(
                self.point,
                by=House(),
                procedure=dice.choice([None, *self.procedures]),
                priority=dice.choice([0, 0, 0, 1]),
            )
        elif what < 0.5:
            calls.call_next(make.counter(self.point, dice.choice("12")), by=by)
        else:
            going = [one for one in tickets if one.state not in ("waiting", "done", "gone", "closed")]
            ticket = dice.choice(going if going and dice.random() < 0.8 else tickets)
            self._move(dice, dice.choice(MOVES.get(ticket.state, ("undo",))), ticket, by)

    def _move(self, dice: Random, name: str, ticket: Ticket, by: Member) -> None:
        case = ticket.cases.order_by("-opened_at").first()
        if name in ("open", "next"):
            helping.open_case(
                dice.choice(self.procedures), by=by, ticket=ticket, person=dice.choice(self.persons)
            )
        elif name == "finish" and case is not None:
            ending.finish(
                case, by=by, outcome=dice.choice(["done", "informed_only"]), autonomy=dice.choice(["", "alone"]),
                device=dice.choice(["", "own_phone"]), account=dice.choice(["", "citizens"]),
            )  # fmt: skip
        elif name == "undo":
            ending.undo(ticket, by=self.members[1])
        elif name == "back":
            service.come_back(ticket, by=by)
        elif name == "out_of_turn":
            calls.call_this(ticket, make.counter(self.point), by=self.members[1], reason="sốt cao")
        elif name == "forward":
            service.forward(ticket, by=by, series=self.other)
        elif name in ("absent", "recall"):
            getattr(calls, name)(ticket, by=by)
        else:
            getattr(service, name)(ticket, by=by)
