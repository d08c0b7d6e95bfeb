"""Who waits where, as lists a screen can show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import connection
from django.db.models import DateField, Q, QuerySet, UUIDField
from django.utils import timezone

from donghanh.kernel import clock
from donghanh.kernel.models import JournalEntry, PersonalFact
from donghanh.kernel.prepared import Prepared, Slot
from donghanh.places.models import Counter, Point
from donghanh.queue.models import CALLED, OPEN_STATES, RECALLED, SERVING, WAITING, Series, Ticket
from donghanh.teams.models import Member
from donghanh.teams.queries import points_visible_to

# PostgreSQL: more than can be called in one moment, since others' choices are passed over. On SQLite one
# writer at a time chooses, so the first is free; a few more serve the rule of priorities in a row.
CANDIDATES = {"postgresql": 12, "sqlite": 4}

_SERIES_OF = Prepared(lambda: Series.objects.filter(counters=Slot("counter", UUIDField())))
_FIRST_OF_ALL = Prepared(
    lambda: Ticket.objects.filter(
        Q(wanted_counter__isnull=True) | Q(wanted_counter=Slot("counter", UUIDField())),
        Q(wanted_member__isnull=True) | Q(wanted_member=Slot("member", UUIDField())),
        point=Slot("point", UUIDField()),
        state=WAITING,
        day=Slot("day", DateField()),
    ).order_by("ranks_at")[: CANDIDATES[connection.vendor]]
)


def visible_to(member: Member) -> QuerySet[Ticket]:
    """The tickets of all points a member may see."""
    return Ticket.objects.filter(point__in=points_visible_to(member))


def waiting_at(point: Point) -> QuerySet[Ticket]:
    """All who wait at a point today, in rank (the streak rule apart)."""
    return (
        Ticket.objects.filter(point=point, state=WAITING, day=clock.today())
        .select_related("series", "procedure")
        .order_by("ranks_at")
    )


def waiting_for(counter: Counter, member: Member) -> QuerySet[Ticket]:
    """Those of the one shared pool whom this counter and this member can serve, in rank.

    Skills and a counter's series are filters; a ticket forwarded to someone waits for them alone.
    """
    waiting = Ticket.objects.filter(
        Q(wanted_counter__isnull=True) | Q(wanted_counter=counter),
        Q(wanted_member__isnull=True) | Q(wanted_member=member),
        point_id=counter.point_id,
        state=WAITING,
        day=clock.today(),
    )
    if member.skills:  # a ward that keeps no list of skills shuts nobody out
        waiting = waiting.filter(
            Q(series__needs_skill="") | Q(series__needs_skill__in=member.skills),
            Q(procedure__isnull=True)
            | Q(procedure__needs_skill="")
            | Q(procedure__needs_skill__in=member.skills),
        )
    if limited := series_of(counter):
        waiting = waiting.filter(series_id__in=limited)
    return waiting.order_by("ranks_at")


def first_waiting_for(counter: Counter, member: Member) -> list[Ticket]:
    """The head of `waiting_for`, as long as a call needs; points are the counter's."""
    if member.skills or series_of(counter):
        first = list(waiting_for(counter, member)[: CANDIDATES[connection.vendor]])
    else:
        first = _FIRST_OF_ALL.rows(
            counter=counter.pk, member=member.pk, point=counter.point_id, day=clock.today()
        )
    for ticket in first:
        ticket.point = counter.point
    return first


def series_of(counter: Counter) -> list[UUID]:
    """The series that a counter is limited to; none means all."""
    return [one.pk for one in _SERIES_OF.rows(counter=counter.pk)]


def at_counter(counter: Counter) -> QuerySet[Ticket]:
    """The tickets called to or served at a counter, oldest call first."""
    return (
        Ticket.objects.filter(counter=counter, state__in=[CALLED, RECALLED, SERVING])
        .select_related("series", "procedure", "member")
        .order_by("called_at")
    )


def priority_in_a_row(point: Point, most: int) -> int:
    """How many of the last calls at a point, up to `most`, went to priority tickets without a break."""
    last = Ticket.objects.filter(point=point, day=clock.today(), called_at__isnull=False).order_by(
        "-called_at"
    )
    streak = 0
    for priority in last.values_list("priority", flat=True)[:most]:
        if not priority:
            break
        streak += 1
    return streak


def open_at(point: Point) -> list[Ticket]:
    """All open tickets of today at a point, in rank: one query for a whole screen."""
    return list(
        Ticket.objects.filter(point=point, day=clock.today(), state__in=OPEN_STATES)
        .select_related("series", "procedure", "counter", "member")
        .order_by("ranks_at", "issued_at")
    )


@dataclass(frozen=True)
class Overtaking:
    """A number that came later and was called earlier, and why: priority, picked, returned or other."""

    number: str
    why: str


def overtaken_at(point: Point, waiting: list[Ticket]) -> dict[UUID, list[Overtaking]]:
    """For each who waits: who came later today and has been called already."""
    called = list(
        Ticket.objects.filter(point=point, day=clock.today(), called_at__isnull=False).order_by("called_at")
    )
    picked = {UUID(entry.subject_id) for entry in _picks(point)}
    found: dict[UUID, list[Overtaking]] = {}
    for ticket in waiting:
        found[ticket.pk] = [
            Overtaking(one.number, _why(one, ticket, picked))
            for one in called
            if one.pk != ticket.pk and one.issued_at > ticket.issued_at
        ]
    return found


def wanting_help(point: Point) -> list[Ticket]:
    """Who asks for help at the kiosk, oldest first: waiting still, and nobody has said that they go."""
    calls = JournalEntry.objects.filter(
        point_id=point.pk, verb__in=["point.help_wanted", "point.help_over"], at__gte=_midnight()
    )
    last = dict(calls.order_by("seq").values_list("subject_id", "verb"))
    wanted = [ticket for ticket, verb in last.items() if verb == "point.help_wanted"]
    return list(waiting_at(point).filter(pk__in=wanted).order_by("issued_at")) if wanted else []


def picked_at(point: Point) -> list[tuple[str, str, datetime]]:
    """Today's calls out of turn, newest first: number, reason given (empty once erased), when."""
    entries = list(_picks(point).order_by("-seq"))
    bodies = dict(
        PersonalFact.objects.filter(ref__in=[e.personal_ref for e in entries]).values_list("ref", "body")
    )
    return [
        (str(e.facts.get("number", "")), str((bodies.get(e.personal_ref) or {}).get("reason", "")), e.at)
        for e in entries
        if e.personal_ref is not None
    ]


def _picks(point: Point) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(point_id=point.pk, verb="ticket.picked", at__gte=_midnight())


def _midnight() -> datetime:
    return timezone.make_aware(datetime.combine(clock.today(), time()))


def _why(one: Ticket, before: Ticket, picked: set[UUID]) -> str:
    if one.pk in picked:
        return "picked"
    if one.priority > before.priority:
        return "priority"
    return "series" if one.series_id != before.series_id else "other"
