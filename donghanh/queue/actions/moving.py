"""The one way a ticket changes state: guarded update, period chain, journal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime

from donghanh.kernel import clock, journal
from donghanh.kernel.journal import Actor
from donghanh.kernel.prepared import guarded_update, insert
from donghanh.places.models import Counter
from donghanh.queue.models import Period, Ticket
from donghanh.queue.rules.moves import MOVES, PERIOD_OF_STATE, MoveNotPossible, next_state
from donghanh.teams.models import Member

# What a move may change and an undo puts back.
KEPT = (
    "state", "counter_id", "member_id", "called_at", "last_called_at", "calls", "ranks_at", "ended_at",
    "series_id", "wanted_counter_id", "wanted_member_id", "note", "returned", "accurate",
)  # fmt: skip


def move(
    ticket: Ticket, name: str, *, by: Actor, facts: dict[str, Any] | None = None, **changes: Any
) -> Ticket:
    """Make the move or refuse with MoveNotPossible; the database decides who was first.

    `ticket` is changed in place and returned. Runs inside an action.
    """
    first = "" if ticket.state in MOVES[name][0] else _first(ticket)
    target = next_state(name, ticket.state, number=ticket.number, first=first)
    before = snapshot(ticket)
    last_move = {
        "move": name,
        "at": clock.now().isoformat(),
        "by": by.actor_id,
        "before": before,
    }
    apply(ticket, {**changes, "state": target, "last_move": last_move}, was=ticket.state)
    record(ticket, f"ticket.{name}", by=by, facts={"from": before["state"], **(facts or {})})
    return ticket


def apply(ticket: Ticket, changes: dict[str, Any], *, was: str) -> None:
    """The guarded update: only from the state seen. Then the period chain follows."""
    if not guarded_update(ticket, changes, state=was):
        now = Ticket.objects.select_related("member").get(pk=ticket.pk)
        raise MoveNotPossible(number=now.number, state=now.state, first=_first(now))
    kind_before = PERIOD_OF_STATE.get(was)
    for name, value in changes.items():
        setattr(ticket, name, value)
    kind = PERIOD_OF_STATE.get(ticket.state)
    if kind != kind_before:
        chain(ticket, kind)


def chain(ticket: Ticket, kind: str | None, *, accurate: bool = True) -> datetime:
    """End the open period and begin the next where it ended; `kind` None ends the chain.

    A clock set back never makes a period run backwards: the end is at least the start.
    """
    latest = "max" if connection.vendor == "sqlite" else "greatest"
    table = Period._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET ends_at = {latest}(starts_at, %s), accurate = (accurate AND %s)"
            " WHERE ticket_id = %s AND ends_at IS NULL RETURNING ordinal, ends_at",
            [
                connection.ops.adapt_datetimefield_value(clock.now()),
                accurate,
                Period._meta.get_field("ticket").get_db_prep_value(ticket.pk, connection),
            ],
        )
        row = cursor.fetchone()
    if row is None:  # an undone finish takes its ticket up again where the chain had ended
        last = Period.objects.filter(ticket=ticket).order_by("-ordinal").values_list("ordinal", "ends_at")[0]
        row = (last[0], last[1])
    ordinal, ended_at = row[0], _moment(row[1])
    if kind is not None:
        insert(
            Period(
                ticket=ticket,
                ordinal=ordinal + 1,
                kind=kind,
                member_id=ticket.member_id,
                counter_id=ticket.counter_id,
                starts_at=ended_at,
                accurate=accurate,
            )
        )
    return ended_at


def record(ticket: Ticket, verb: str, *, by: Actor, facts: dict[str, Any] | None = None) -> None:
    """The journal entry of a move: what boards and pages need, and nothing about a person."""
    seen: dict[str, Any] = {"number": ticket.number, "state": ticket.state}
    if ticket.counter_id and "counter" not in (facts or {}):
        seen["counter"] = _label(ticket)
    journal.write(
        verb,
        ward=ticket.point.ward_id,
        by=by,
        subject="ticket",
        subject_id=ticket.pk,
        point_id=ticket.point_id,
        facts={**seen, **(facts or {})},
    )


def snapshot(ticket: Ticket) -> dict[str, Any]:
    """The fields an undo puts back, as plain JSON."""
    values = {name: getattr(ticket, name) for name in KEPT}
    return {
        name: value.isoformat()
        if isinstance(value, datetime)
        else (str(value) if name.endswith("_id") and value else value)
        for name, value in values.items()
    }


def _label(ticket: Ticket) -> str:
    counter: Counter | None = ticket.counter
    return counter.label if counter else ""


def _first(ticket: Ticket) -> str:
    member: Member | None = ticket.member
    return f"({member.full_name})" if member else ""


def _moment(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else parse_datetime(str(value))
    if moment is None:
        raise ValueError(f"not a moment: {value!r}")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
