"""Call people: the next one, again, or mark them absent."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from donghanh.kernel import clock, journal
from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import action
from donghanh.kernel.text import nfc
from donghanh.places.models import Counter
from donghanh.queue.actions.issue import setting_of
from donghanh.queue.actions.moving import move
from donghanh.queue.models import WAITING, QueueSetting, Ticket
from donghanh.queue.queries.lists import first_waiting_for, priority_in_a_row, waiting_for
from donghanh.queue.rules.moves import MoveNotPossible, check_recall
from donghanh.queue.rules.order import Waiting, in_calling_order
from donghanh.teams.models import Member
from donghanh.teams.rules import require


class CounterNotInUse(Refusal):
    """The counter was taken out of use."""

    message = "Counter {counter} is not in use. Choose another one."


class NobodyWaits(Refusal):
    """No ticket waits that this counter and this member can serve."""

    message = "Nobody is waiting for this counter."


class ReasonNeeded(Refusal):
    """Calling somebody out of turn needs a reason, which the coordinator sees."""

    message = "Say in a few words why this number goes before the others."


@action
def call_next(counter: Counter, *, by: Member) -> Ticket:
    """Call the next ticket of the shared pool to a counter.

    Opens the counter if it was shut. Refuses with NobodyWaits, CounterNotInUse, NotAllowed.
    """
    require(by.role, "call")
    if not counter.is_active:
        raise CounterNotInUse(counter=counter.label)
    if not counter.is_open:
        Counter.objects.filter(pk=counter.pk).update(is_open=True)
    for ticket in _free_first(_candidates(counter, by)):
        try:
            return _call(ticket, counter, by, {})
        except MoveNotPossible:  # another counter was first; the next candidate then
            continue
    raise NobodyWaits(counter=counter.label)


@action
def call_this(ticket: Ticket, counter: Counter, *, by: Member, reason: str) -> Ticket:
    """Call one ticket out of turn. Refuses with ReasonNeeded, MoveNotPossible, CounterNotInUse."""
    require(by.role, "call")
    if not reason.strip():
        raise ReasonNeeded()
    if not counter.is_active:
        raise CounterNotInUse(counter=counter.label)
    called = _call(ticket, counter, by, {"out_of_turn": True})
    # Free text may name somebody, so it stands in the erasable part.
    journal.write(
        "ticket.picked",
        ward=ticket.point.ward_id,
        by=by,
        subject="ticket",
        subject_id=ticket.pk,
        point_id=ticket.point_id,
        facts={"number": ticket.number},
        personal={"reason": nfc(reason)[:200]},
    )
    return called


@action
def recall(ticket: Ticket, *, by: Member) -> Ticket:
    """Call again, after the cool-down, at most the ward's number of times.

    Refuses with TooSoonToRecall, CalledOftenEnough, MoveNotPossible.
    """
    require(by.role, "call")
    setting = setting_of(ticket.point.ward_id)
    moment = clock.now()
    if ticket.last_called_at is not None and ticket.state in {"called", "recalled"}:
        check_recall(
            number=ticket.number,
            calls=ticket.calls,
            last_called_at=ticket.last_called_at,
            now=moment,
            cooldown=timedelta(seconds=setting.recall_cooldown_seconds),
            most_calls=setting.most_calls,
        )
    calls = ticket.calls + 1
    return move(ticket, "recall", by=by, facts={"calls": calls}, calls=calls, last_called_at=moment)


@action
def absent(ticket: Ticket, *, by: Member) -> Ticket:
    """Nobody came: the number goes to the absent list and may return once near the front."""
    require(by.role, "call")
    return move(ticket, "absent", by=by)


def _free_first(candidates: list[Ticket]) -> list[Ticket]:
    """The first that nobody else is calling at this very moment goes before those that somebody is.

    Without it twenty counters would wait for one another's commits at each ticket (PostgreSQL).
    """
    if connection.vendor != "postgresql" or len(candidates) < 2:
        return candidates
    ids = [ticket.pk for ticket in candidates]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {Ticket._meta.db_table} WHERE id = ANY(%s) AND state = %s"
            " ORDER BY array_position(%s, id) LIMIT 1 FOR UPDATE SKIP LOCKED",
            [ids, WAITING, ids],
        )
        row = cursor.fetchone()
    return sorted(candidates, key=lambda ticket: ticket.pk != row[0]) if row else candidates


def _candidates(counter: Counter, by: Member) -> list[Ticket]:
    first = first_waiting_for(counter, by)
    if not first or not first[0].priority:
        return first
    setting: QueueSetting = setting_of(counter.point.ward_id)
    most = setting.most_priority_in_a_row
    streak = priority_in_a_row(counter.point, most)
    if streak >= most and all(one.priority for one in first):
        ordinary = waiting_for(counter, by).filter(priority=0).select_related("point")
        first = [*ordinary[:1], *first]
    by_id = {one.pk: one for one in first}
    order = in_calling_order(
        [Waiting(one.pk, one.issued_at, one.priority) for one in first],
        head_start=timedelta(minutes=setting.head_start_minutes),
        priority_in_a_row=streak,
        most_in_a_row=most,
    )
    return [by_id[one.ticket] for one in order]  # type: ignore[index]


def _call(ticket: Ticket, counter: Counter, by: Member, facts: dict[str, object]) -> Ticket:
    moment = clock.now()
    called = move(
        ticket,
        "call",
        by=by,
        facts={"counter": counter.label, "calls": 1, "priority": ticket.priority, **facts},
        counter_id=counter.pk,
        member_id=by.pk,
        called_at=moment,
        last_called_at=moment,
        calls=1,
    )
    called.counter, called.member = counter, by
    return called
