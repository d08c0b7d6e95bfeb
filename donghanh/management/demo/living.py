"""Live a day at the demo ward through the house's own actions, hour by hour, up to now."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from donghanh.cases.actions import ending, helping
from donghanh.cases.actions.following import set_status
from donghanh.cases.models import Case, Dossier
from donghanh.cases.rules.portals import ENDED
from donghanh.catalog.models import Procedure
from donghanh.catalog.queries import content_of
from donghanh.kernel import clock
from donghanh.kernel.journal import House, acting
from donghanh.management.demo.invented import invented
from donghanh.management.demo.laying import Laid
from donghanh.people.actions.consents import give_consent
from donghanh.people.actions.records import PersonFacts, save_person
from donghanh.people.models import Person
from donghanh.places.models import Counter
from donghanh.queue.actions import calls, service
from donghanh.queue.actions.calls import NobodyWaits
from donghanh.queue.actions.issue import issue
from donghanh.queue.models import HELD, Offer, Ticket
from donghanh.queue.rules.order import priority_level
from donghanh.teams.actions.shifts import check_out, sit_at
from donghanh.teams.models import Member

Step = Callable[[datetime], None]
# Of what people come for, by series letter: how often out of a hundred.
WISHES = {"A": 12, "B": 10, "C": 22, "D": 14, "E": 20, "G": 12, "H": 6, "K": 4}
OUTCOMES = (
    ("submitted", 62), ("guided_to_submit_alone", 10), ("informed_only", 9), ("papers_missing", 8),
    ("referred", 6), ("portal_down", 3), ("gave_up", 2),
)  # fmt: skip


@dataclass
class Day:
    """One day's run: a heap of moments, the counters that are free, the chance that decides."""

    laid: Laid
    until: datetime
    chance: Random
    counters: list[tuple[Counter, Member]]
    free: set[UUID] = field(default_factory=set)
    heap: list[tuple[datetime, int, Step]] = field(default_factory=list)
    order: count = field(default_factory=count)  # type: ignore[type-arg]

    def at(self, moment: datetime, step: Step) -> None:
        """Do `step` at `moment`."""
        heapq.heappush(self.heap, (moment, next(self.order), step))

    def live(self) -> None:
        """Run all that happens before `until`, in the order of time."""
        while self.heap and self.heap[0][0] <= self.until:
            moment, _, step = heapq.heappop(self.heap)
            with clock.at(moment):
                step(moment)


def live_day(
    laid: Laid,
    opens: datetime,
    until: datetime,
    *,
    people: int,
    hours: float,
    team: list[Member],
    whole: bool,
    seed: int,
) -> None:
    """Let `people` come over `hours` from `opens`; what would happen after `until` stays undone.

    A `whole` half day begins with a crowd and ends with the team checked out; the running one keeps
    its counters busy up to now.
    """
    chance = Random(seed)
    counters = (
        Counter.objects.filter(point=laid.centre, is_active=True).select_related("point").order_by("label")
    )
    day = Day(laid, until, chance, list(zip(counters, team, strict=False)))
    day.free = {counter.pk for counter, _ in day.counters}
    late = 2.2 if whole else 1.0
    for _ in range(people):
        day.at(opens + timedelta(hours=hours * chance.betavariate(1.3, late)), lambda m: _arrive(day, m))
    with acting():
        with clock.at(opens):
            _portals_go_on(laid, Random(seed + 1))
            for counter, member in day.counters:
                sit_at(counter, by=member)
        day.live()
        with clock.at(until):
            for _, member in day.counters if whole else []:
                check_out(laid.centre, by=member)


def _portals_go_on(laid: Laid, chance: Random) -> None:
    """Overnight most dossiers whose day has come were handed over, and some of the others moved."""
    for dossier in (
        Dossier.objects.filter(case__point=laid.centre).exclude(status__in=ENDED).select_related("case")
    ):
        if dossier.due_on is not None and dossier.due_on <= clock.today():
            status = chance.choices(("delivered", "processed", "processing"), (90, 6, 4))[0]
        else:
            status = chance.choices(("received", "processing", "supplement_requested"), (60, 36, 4))[0]
        set_status(dossier, status, by=House())


def _arrive(day: Day, moment: datetime) -> None:
    letter = day.chance.choices(list(WISHES), list(WISHES.values()))[0]
    offers = list(
        Offer.objects.filter(series__point=day.laid.centre, series__letter=letter).select_related(
            "procedure", "series"
        )
    )
    offer = day.chance.choice(offers)
    who = invented(day.chance, moment.date())
    age = moment.year - who.born_on.year
    level = priority_level(day.laid.ward.queue_setting.priority_classes, age)
    named = offer.procedure if day.chance.random() < 0.8 else None
    issue(day.laid.centre, by=House(), series=offer.series, procedure=named, priority=level)
    for counter, member in day.counters:
        if counter.pk in day.free:
            _call(day, counter, member, moment)
            break


def _call(day: Day, counter: Counter, member: Member, moment: datetime) -> None:
    try:
        ticket = calls.call_next(counter, by=member)
    except NobodyWaits:
        day.free.add(counter.pk)
        return
    day.free.discard(counter.pk)
    walk = timedelta(seconds=day.chance.randint(15, 70))
    if day.chance.random() < 0.03:
        day.at(moment + timedelta(seconds=90), lambda m: _miss(day, ticket, counter, member, m))
    else:
        day.at(moment + walk, lambda m: _serve(day, ticket, counter, member, m))


def _miss(day: Day, ticket: Ticket, counter: Counter, member: Member, moment: datetime) -> None:
    calls.absent(_again(ticket), by=member)
    if day.chance.random() < 0.7:  # most had only gone out for a drink
        back = moment + timedelta(minutes=day.chance.randint(3, 12))
        day.at(back, lambda _: _come_back(ticket, member))
    _call(day, counter, member, moment)


def _come_back(ticket: Ticket, member: Member) -> None:
    service.come_back(_again(ticket), by=member)


def _serve(day: Day, ticket: Ticket, counter: Counter, member: Member, moment: datetime) -> None:
    ticket = _again(ticket)
    procedure = ticket.procedure or Procedure.objects.filter(offers__series=ticket.series).order_by("code")[0]
    person = _person(day, member, moment) if day.chance.random() < 0.7 else None
    case = helping.open_case(procedure, by=member, ticket=ticket, person=person)
    minutes = max(2.0, day.chance.lognormvariate(0, 0.55) * procedure.usual_minutes * 0.9)
    steps = [step.id for step in content_of(case.edition_id).steps]
    for number, step in enumerate(steps):
        share = (number + 1) / (len(steps) + 1)
        day.at(moment + timedelta(minutes=minutes * share), _tick(case, step, member))
    if day.chance.random() < 0.12:
        day.at(moment + timedelta(minutes=minutes * 0.3), lambda m: _hold(day, ticket, counter, member, m))
    day.at(moment + timedelta(minutes=minutes), lambda m: _finish(day, case, counter, member, m))


def _tick(case: Case, step: str, member: Member) -> Step:
    def tick(moment: datetime) -> None:
        helping.tick_steps(case, {step: True}, by=member)

    return tick


def _hold(day: Day, ticket: Ticket, counter: Counter, member: Member, moment: datetime) -> None:
    """The person waits for a code and steps aside for two minutes."""
    service.hold(_again(ticket), by=member)
    day.at(moment + timedelta(minutes=2), lambda _: _resume(ticket, counter, member))


def _resume(ticket: Ticket, counter: Counter, member: Member) -> None:
    ticket = _again(ticket)
    if ticket.state == HELD:
        service.resume(ticket, by=member, counter=counter)


def _finish(day: Day, case: Case, counter: Counter, member: Member, moment: datetime) -> None:
    case = Case.objects.select_related("person", "ticket", "procedure").get(pk=case.pk)
    if case.ticket is not None:
        _resume(case.ticket, counter, member)
    outcome = day.chance.choices([o for o, _ in OUTCOMES], [share for _, share in OUTCOMES])[0]
    if outcome == "referred" and case.procedure.sector != "identity":
        outcome = "guided_to_submit_alone"
    content = content_of(case.edition_id)
    if outcome == "submitted" and content.portals:
        code = f"G22.99.08-{moment:%y%m%d}-{day.chance.randint(0, 999999):06d}"
        helping.add_dossier(case, portal=content.portals[0].id, code=code, by=member)
    papers = [content.papers[0].id] if outcome == "papers_missing" and content.papers else []
    if outcome == "referred":
        police = day.laid.ward.organisations.get(kind="police")
        due = clock.today() + timedelta(days=day.chance.randint(3, 9))
        ending.refer(case, police, by=member, due_on=due, reason="Hẹn xác thực sinh trắc học mức độ 2")
    ending.finish(
        case, by=member, outcome=outcome, missing_papers=papers,
        autonomy=day.chance.choices(("together", "done_beside", "alone"), (55, 30, 15))[0],
        device=day.chance.choices(("own_phone", "centre_computer", "relatives_phone"), (60, 25, 15))[0],
        account=day.chance.choices(("citizens", "none"), (80, 20))[0],
    )  # fmt: skip
    day.at(moment + timedelta(seconds=day.chance.randint(20, 90)), lambda m: _call(day, counter, member, m))


def _person(day: Day, member: Member, moment: datetime) -> Person:
    who = invented(day.chance, moment.date())
    zone = day.chance.choice(list(day.laid.ward.zones.all()))
    number = who.number if day.chance.random() < 0.35 else ""
    facts = PersonFacts(
        name=who.name, born_on=who.born_on, sex=who.sex, phone=who.phone, zone=zone, id_number=number or None
    )
    person = save_person(None, facts, by=member, ward=day.laid.ward)
    give_consent(person, "help_with_procedure", by=member, method="spoken_with_witness", language="vi")
    return person


def _again(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_related("point", "counter", "member", "series", "procedure").get(
        pk=ticket.pk
    )
