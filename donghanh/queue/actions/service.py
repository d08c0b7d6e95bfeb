"""What happens once a person has come: serve, hold, park, forward, finish, leave, undo."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime

from donghanh.kernel import clock
from donghanh.kernel.journal import Actor, action
from donghanh.places.models import Counter, Point
from donghanh.queue.actions.issue import NotOfferedHere, setting_of
from donghanh.queue.actions.moving import apply, chain, move, record
from donghanh.queue.models import SERVING, WAITING, Series, Ticket
from donghanh.queue.rules.moves import MoveNotPossible, NothingToUndo, may_undo
from donghanh.queue.rules.order import ranks_at
from donghanh.teams.models import Member
from donghanh.teams.rules import may, require

# A person who comes back with papers, or late, stands near the front: as if arrived this long ago.
RETURN_HEAD_START = timedelta(minutes=20)


@action
def arrived(ticket: Ticket, *, by: Member) -> Ticket:
    """The person stands at the counter: the walk ends, the service begins."""
    require(by.role, "serve")
    return move(ticket, "arrived", by=by, member_id=by.pk)


@action
def hold(ticket: Ticket, *, by: Member) -> Ticket:
    """The person fills in a form or waits for a code; the member is free, the service clock stops."""
    require(by.role, "serve")
    return move(ticket, "hold", by=by)


@action
def resume(ticket: Ticket, *, by: Member, counter: Counter | None = None) -> Ticket:
    """Go on with a held ticket, at this counter; a parked or absent one waits again near the front."""
    require(by.role, "serve")
    if ticket.state in {"parked", "absent"}:
        return come_back(ticket, by=by)
    place = counter or ticket.counter
    if place is not None and place.point_id != ticket.point_id:
        raise NotOfferedHere()
    return move(
        ticket,
        "resume",
        by=by,
        facts={"counter": place.label} if place else {},
        counter_id=place.pk if place else None,
        member_id=by.pk,
    )


@action
def come_back(ticket: Ticket, *, by: Actor) -> Ticket:
    """A parked or absent person is here again: waiting near the front; a second absence counts from now."""
    near = RETURN_HEAD_START if not ticket.returned else timedelta(0)
    setting = setting_of(ticket.point.ward_id)
    rank = ranks_at(clock.now() - near, ticket.priority, timedelta(minutes=setting.head_start_minutes))
    rank = max(rank, ticket.ranks_at)
    return move(
        ticket, "come_back", by=by, ranks_at=rank, returned=ticket.returned + 1, counter_id=None, calls=0
    )


@action
def park(ticket: Ticket, *, by: Member) -> Ticket:
    """The person must come back with papers; what is missing stands in the case."""
    require(by.role, "serve")
    return move(ticket, "park", by=by)


@action
def forward(
    ticket: Ticket,
    *,
    by: Member,
    series: Series | None = None,
    counter: Counter | None = None,
    member: Member | None = None,
    note: str = "",
) -> Ticket:
    """On to another series, counter or member; the arrival time is kept, the note wiped at the end."""
    require(by.role, "serve")
    for place in (series, counter):
        if place is not None and place.point_id != ticket.point_id:
            raise NotOfferedHere()
    facts: dict[str, Any] = {
        "to_series": series.letter if series else None,
        "to_counter": counter.label if counter else None,
    }
    return move(
        ticket,
        "forward",
        by=by,
        facts={key: value for key, value in facts.items() if value},
        series_id=series.pk if series else ticket.series_id,
        wanted_counter_id=counter.pk if counter else None,
        wanted_member_id=member.pk if member else None,
        counter_id=None,
        member_id=None,
        note=note.strip()[:300],
    )


@action
def release_wanted(point: Point, member: Member, *, by: Member) -> int:
    """Who was forwarded to a member that goes home waits for everybody again; gives how many."""
    require(by.role, "serve")
    waiting = Ticket.objects.filter(point=point, state=WAITING, wanted_member=member).select_related("point")
    for ticket in (released := list(waiting)):
        Ticket.objects.filter(pk=ticket.pk, state=WAITING, wanted_member=member).update(wanted_member=None)
        record(ticket, "ticket.release", by=by)
    return len(released)


@action
def next_procedure(ticket: Ticket, *, by: Member) -> Ticket:
    """Another procedure in the same stay: a new service period begins."""
    require(by.role, "serve")
    if ticket.state != SERVING:
        raise MoveNotPossible(number=ticket.number, state=ticket.state, first="")
    chain(ticket, "service")
    record(ticket, "ticket.next_procedure", by=by)
    return ticket


@action
def finish(ticket: Ticket, *, by: Member) -> Ticket:
    """The stay is over."""
    require(by.role, "serve")
    return move(ticket, "finish", by=by, ended_at=clock.now(), note="")


@action
def leave(ticket: Ticket, *, by: Actor) -> Ticket:
    """The person goes without being served."""
    return move(ticket, "leave", by=by, ended_at=clock.now(), note="")


@action
def undo(ticket: Ticket, *, by: Member) -> Ticket:
    """Put the last move back; the journal keeps both. Refuses with NothingToUndo."""
    ticket = (
        Ticket.objects.select_for_update(of=("self",)).select_related("point", "counter").get(pk=ticket.pk)
    )
    setting = setting_of(ticket.point.ward_id)
    last = ticket.last_move
    within = timedelta(minutes=setting.undo_minutes)
    moved_at = parse_datetime(last["at"]) if last else None
    if (
        last is None
        or moved_at is None
        or not may_undo(
            moved_at=moved_at,
            moved_by=last["by"],
            now=clock.now(),
            asker=by.actor_id,
            asker_coordinates=may(by.role, "undo_for_others"),
            within=within,
        )
    ):
        raise NothingToUndo(minutes=setting.undo_minutes)
    undone_from, shown = ticket.state, {"number": ticket.number}
    changes = {name: _read(name, value) for name, value in last["before"].items()}
    apply(ticket, {**changes, "last_move": None}, was=ticket.state)
    ticket = Ticket.objects.select_related("point", "counter", "series").get(pk=ticket.pk)
    record(ticket, "ticket.undo", by=by, facts={**shown, "undone": last["move"], "from": undone_from})
    return ticket


def _read(name: str, value: Any) -> Any:
    if value is not None and name.endswith("_at"):
        moment = parse_datetime(str(value))
        assert isinstance(moment, datetime)
        return moment
    return value
