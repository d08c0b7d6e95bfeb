"""Give a number: from the series' own row, in the ticket's own transaction."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db import connection
from django.db.models import CharField, Field, UUIDField

from donghanh.catalog.models import Procedure
from donghanh.kernel import clock, journal
from donghanh.kernel.errors import Invalid, Refusal
from donghanh.kernel.ids import new_id
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.prepared import Prepared, Slot, insert
from donghanh.places.models import Point
from donghanh.queue.models import WAITING, NumberRow, Offer, Period, QueueSetting, Series, Ticket
from donghanh.queue.queries.announced import stand_of
from donghanh.queue.rules.order import ranks_at
from donghanh.queue.rules.waiting import WaitRange

# 120 bits, so an address cannot be guessed.
SECRET_BYTES = 15

_SETTING = Prepared(lambda: QueueSetting.objects.filter(ward=Slot("ward", CharField())))
_OFFER = Prepared(
    lambda: (
        Offer.objects.filter(
            series__point=Slot("point", UUIDField()),
            procedure=Slot("procedure", UUIDField()),
            series__is_active=True,
        )
        .select_related("series")
        .order_by("series__position")[:1]
    )
)
_FIRST_SERIES = Prepared(
    lambda: Series.objects.filter(point=Slot("point", UUIDField()), is_active=True).order_by(
        "position", "letter"
    )[:1]
)


class SeriesFull(Refusal):
    """The series' contingent of the day is given out."""

    message = (
        "All {limit} numbers of series {letter} are given out today. Please book another day at the desk."
    )


class NotOfferedHere(Refusal):
    """The point has no series for this procedure, or no series at all."""

    message = "This point does not offer that. Ask at the welcome desk."


class PointClosed(Refusal):
    """The point was taken out of use."""

    message = "The point “{point}” is not in use any more."


class Issued(NamedTuple):
    """A fresh ticket, how many wait before it, and the range announced."""

    ticket: Ticket
    ahead: int
    wait: WaitRange | None


@action
def issue(
    point: Point,
    *,
    by: Actor,
    series: Series | None = None,
    procedure: Procedure | None = None,
    priority: int = 0,
    origin: str = "walk_in",
    channel: str = "kiosk",
    ticket_id: UUID | None = None,
) -> Issued:
    """Give the next number of a series at a point.

    The series may be left out: the one that offers the procedure is taken, else the point's first.
    A form may bring the ticket's id along, so that sent twice it is one ticket (see `hall.issue_once`).
    Refuses with NotOfferedHere, SeriesFull, PointClosed, Invalid.
    """
    if not point.is_active:
        raise PointClosed(point=point.name)
    setting = setting_of(point.ward_id)
    if priority < 0 or priority > highest_level(setting):
        raise Invalid(field="priority", problem=f"0–{highest_level(setting)}")
    chosen = _series_for(point, series, procedure)
    moment, day = clock.now(), clock.today()
    ordinal = _take_number(point, chosen, day)
    if chosen.daily_limit is not None and ordinal > chosen.daily_limit:
        raise SeriesFull(limit=chosen.daily_limit, letter=chosen.letter)
    ticket = Ticket(
        id=ticket_id or new_id(), point=point, series=chosen, day=day, letter=chosen.letter, ordinal=ordinal,
        procedure=procedure, origin=origin, channel=channel, priority=priority,
        secret=secrets.token_urlsafe(SECRET_BYTES), issued_at=moment,
        ranks_at=ranks_at(moment, priority, timedelta(minutes=setting.head_start_minutes)),
    )  # fmt: skip
    ahead, wait = stand_of(ticket, point, setting)
    if wait is not None:
        ticket.wait_p50, ticket.wait_p80, ticket.wait_basis = wait.p50_minutes, wait.p80_minutes, wait.basis
    _write(ticket, by)
    return Issued(ticket, ahead, wait)


def _write(ticket: Ticket, by: Actor) -> None:
    insert(ticket)
    insert(Period(ticket=ticket, ordinal=1, kind=Period.WAIT, starts_at=ticket.issued_at))
    journal.write(
        "ticket.issue", ward=ticket.point.ward_id, by=by, subject="ticket", subject_id=ticket.pk,
        point_id=ticket.point_id,
        facts={"number": ticket.number, "state": WAITING, "series": ticket.letter, "priority": ticket.priority,
               "origin": ticket.origin, "p50": ticket.wait_p50, "p80": ticket.wait_p80},
    )  # fmt: skip


def setting_of(ward_code: str) -> QueueSetting:
    """The ward's settings, or the defaults until it has some."""
    return _SETTING.first(ward=ward_code) or QueueSetting(ward_id=ward_code)


def highest_level(setting: QueueSetting) -> int:
    """The highest priority level the ward knows; 2 until it has classes of its own."""
    return max((int(one["level"]) for one in setting.priority_classes), default=2)


def _series_for(point: Point, series: Series | None, procedure: Procedure | None) -> Series:
    if series is not None:
        if series.point_id != point.pk or not series.is_active:
            raise NotOfferedHere()
        return series
    if procedure is not None:
        offer = _OFFER.first(point=point.pk, procedure=procedure.pk)
        if offer is None:
            raise NotOfferedHere()
        return offer.series
    first = _FIRST_SERIES.first(point=point.pk)
    if first is None:
        raise NotOfferedHere()
    return first


def _take_number(point: Point, series: Series, day: date) -> int:
    """One statement takes the next number; the row's lock makes it the ticket's alone."""
    table = NumberRow._meta.db_table
    rows = NumberRow._meta
    values = [
        cast("Field[Any, Any]", rows.get_field("point")).get_db_prep_value(point.pk, connection),
        cast("Field[Any, Any]", rows.get_field("series")).get_db_prep_value(series.pk, connection),
        connection.ops.adapt_datefield_value(day),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (point_id, series_id, day, last) VALUES (%s, %s, %s, 1)"
            f" ON CONFLICT (point_id, day, series_id) DO UPDATE SET last = {table}.last + 1 RETURNING last",
            values,
        )
        return int(cursor.fetchone()[0])
