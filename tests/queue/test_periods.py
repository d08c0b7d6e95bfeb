"""Random histories on a real database: no hole, no overlap, one open period, a whole journal."""

from __future__ import annotations

import random
from collections import Counter as Tally
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from donghanh.kernel import clock
from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import first_break
from donghanh.places.models import Counter, Point
from donghanh.queue.actions import calls, service
from donghanh.queue.actions.day import close_day
from donghanh.queue.actions.issue import issue
from donghanh.queue.models import OPEN_STATES, STATES, Period, Ticket
from donghanh.queue.rules.moves import PERIOD_OF_STATE
from donghanh.teams.models import Member
from tests import make

MORNING = timezone.make_aware(datetime(2026, 11, 24, 7, 30))
# Twelve histories of 850 moves that took effect: more than ten thousand.
SEEDS, MOVES_EACH = 12, 850


class History:
    """One point living through random verbs; refusals are part of life."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.point: Point = make.point(counters=3)
        self.counters = list(Counter.objects.filter(point=self.point).select_related("point"))
        self.members = [make.member(self.point.ward) for _ in range(3)]
        self.leader = make.member(self.point.ward, "coordinator")
        self.now = MORNING
        self.made: Tally[str] = Tally()

    def step(self) -> None:
        """A moment later, one verb."""
        self.now += timedelta(seconds=self.chance.choice([0, 1, 7, 25, 60]))
        verb = self.chance.choice(VERBS)
        with clock.at(self.now):
            try:
                verb(self)
            except Refusal:
                return
        self.made[verb.__name__] += 1

    def ticket(self, *states: str) -> Ticket:
        """Any of the lately issued tickets, mostly one in a state that the verb may start from."""
        tickets = Ticket.objects.filter(point=self.point).select_related("point", "counter", "series")
        if states and self.chance.random() < 0.9:
            tickets = tickets.filter(state__in=states)
        found = list(tickets.order_by("-issued_at")[:6])
        if not found:
            raise Refusal
        return self.chance.choice(found)

    def member(self) -> Member:
        """Somebody on duty."""
        return self.chance.choice(self.members)


def issued(h: History) -> None:
    issue(h.point, by=h.leader, priority=h.chance.choice([0, 0, 0, 1, 2]))


def called(h: History) -> None:
    calls.call_next(h.chance.choice(h.counters), by=h.member())


def arrived(h: History) -> None:
    service.arrived(h.ticket("called", "recalled"), by=h.member())


def recalled(h: History) -> None:
    calls.recall(h.ticket("called", "recalled"), by=h.member())


def absent(h: History) -> None:
    calls.absent(h.ticket("called", "recalled"), by=h.member())


def held(h: History) -> None:
    service.hold(h.ticket("serving"), by=h.member())


def resumed(h: History) -> None:
    service.resume(h.ticket("held"), by=h.member(), counter=h.chance.choice(h.counters))


def parked(h: History) -> None:
    service.park(h.ticket("serving"), by=h.member())


def came_back(h: History) -> None:
    service.come_back(h.ticket("parked", "absent"), by=h.member())


def forwarded(h: History) -> None:
    service.forward(h.ticket("serving", "held"), by=h.member(), counter=h.chance.choice(h.counters))


def next_procedure(h: History) -> None:
    service.next_procedure(h.ticket("serving"), by=h.member())


def finished(h: History) -> None:
    service.finish(h.ticket("serving", "held"), by=h.member())


def left(h: History) -> None:
    service.leave(h.ticket("waiting", "held", "parked", "absent"), by=h.member())


def undone(h: History) -> None:
    service.undo(h.ticket(), by=h.leader)


VERBS = (
    issued, issued, called, called, called, arrived, arrived, arrived, recalled, absent, held, resumed, parked,
    came_back, forwarded, next_procedure, finished, finished, left, undone, undone,
)  # fmt: skip


def check(point: Point, now: datetime) -> None:
    """What holds of every ticket of a point at every moment."""
    chains: dict[object, list[Period]] = {}
    for period in Period.objects.filter(ticket__point=point).order_by("ticket_id", "ordinal"):
        chains.setdefault(period.ticket_id, []).append(period)
    for ticket in Ticket.objects.filter(point=point):
        chain = chains[ticket.pk]
        assert [one.ordinal for one in chain] == list(range(1, len(chain) + 1))
        assert chain[0].starts_at == ticket.issued_at
        for one, following in pairwise(chain):
            assert one.ends_at == following.starts_at
        is_open = ticket.state in OPEN_STATES
        assert [one.ends_at is None for one in chain] == [False] * (len(chain) - 1) + [is_open]
        end = chain[-1].ends_at or now
        if is_open:
            assert chain[-1].kind == PERIOD_OF_STATE[ticket.state]
        else:
            assert ticket.ended_at == chain[-1].ends_at
        total = sum(((one.ends_at or now) - one.starts_at for one in chain), timedelta())
        assert total == end - ticket.issued_at


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_random_history_has_no_hole_and_no_overlap(seed):
    history = History(seed)
    for goal in (MOVES_EACH // 2, MOVES_EACH):
        while history.made.total() < goal:
            history.step()
        check(history.point, history.now)
    assert set(history.made) == {verb.__name__ for verb in VERBS}
    with clock.at(history.now):
        close_day(history.point, clock.today(), by=history.leader)
    check(history.point, history.now)
    assert not Ticket.objects.filter(point=history.point, state__in=OPEN_STATES).exists()
    assert first_break(history.point.ward_id) is None
    exact = Ticket.objects.filter(point=history.point).exclude(state="closed")
    assert not Period.objects.filter(ticket__in=exact, accurate=False).exists()


def refused(act) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


LAWFUL = {
    "waiting": "called gone closed serving held parked absent",
    "called": "waiting recalled serving absent gone closed",
    "recalled": "called waiting serving absent gone closed",
    "serving": "waiting called recalled held parked done gone closed",
    "held": "serving gone closed done waiting",
    "parked": "serving waiting gone closed",
    "absent": "called recalled waiting gone closed",
    "done": "serving held",
    "gone": "waiting held parked absent called recalled serving",
    "closed": "",
}


@pytest.mark.parametrize("state", STATES)
def test_the_database_itself_refuses_an_illegal_move(state):
    point = make.point()
    ticket, counter, now = make.ticket(point), make.counter(point), clock.now()

    def put(into: str) -> None:
        ended = now if into in {"done", "gone", "closed"} else None
        Ticket.objects.filter(pk=ticket.pk).update(state=into, counter=counter, ended_at=ended)

    path = {"called": ["called"], "recalled": ["called", "recalled"], "done": ["serving", "done"]}
    for into in path.get(state, [state] if state != "waiting" else []):
        put(into)
    for target in set(STATES) - set(LAWFUL[state].split()) - {state}:
        refused(lambda target=target: put(target))


def test_the_database_itself_refuses_a_hole_an_overlap_and_a_second_open_period():
    ticket = make.ticket()
    first = ticket.periods.get()

    def add(ordinal: int, starts_at: datetime, **more) -> None:
        Period.objects.create(ticket=ticket, ordinal=ordinal, kind="walk", starts_at=starts_at, **more)

    later = first.starts_at + timedelta(minutes=5)
    refused(lambda: add(2, later))  # the first is still open
    Period.objects.filter(pk=first.pk).update(ends_at=later)
    refused(lambda: add(2, later + timedelta(microseconds=1)))
    refused(lambda: add(2, later - timedelta(microseconds=1)))
    refused(lambda: add(3, later))
    refused(lambda: add(2, later, ends_at=later - timedelta(seconds=1)))
    add(2, later)
    refused(lambda: add(2, later))
    refused(lambda: add(3, later))
