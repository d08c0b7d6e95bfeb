"""Prepared statements say what the queryset would say."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, UUIDField
from django.test.utils import CaptureQueriesContext

from donghanh.kernel.prepared import Prepared, Slot, guarded_update, insert
from donghanh.places.models import Counter, Point
from donghanh.queue.models import Ticket
from tests import make


def test_rows_and_their_joined_rows_are_those_of_the_queryset():
    ticket = make.ticket()
    build = Ticket.objects.select_related("point__ward", "counter", "series")
    prepared = Prepared(lambda: build.filter(pk=Slot("pk", UUIDField())))
    found, same = prepared.first(pk=ticket.pk), build.get(pk=ticket.pk)
    assert found is not None
    with CaptureQueriesContext(connection) as asked:
        assert (found.point.ward, found.counter, found.series) == (same.point.ward, None, same.series)
    assert len(asked) == 0
    values = [
        {f.attname: getattr(one, f.attname) for f in Ticket._meta.concrete_fields} for one in (found, same)
    ]
    assert values[0] == values[1]
    assert prepared.first(pk=make.point().pk) is None


def test_order_limit_and_several_slots_hold():
    point = make.point(counters=3)
    prepared = Prepared(
        lambda: Counter.objects.filter(
            point=Slot("point", UUIDField()), label__gt=Slot("label", CharField())
        ).order_by("-label")[:2]
    )
    assert [one.label for one in prepared.rows(point=point.pk, label="0")] == ["3", "2"]
    assert [one.label for one in prepared.rows(point=point.pk, label="2")] == ["3"]


def test_insert_writes_what_save_would_and_keeps_the_constraints():
    ward = make.ward()
    row = Point(ward=ward, name="Chợ Ô Môn", kind="market")
    insert(row)
    assert Point.objects.get(pk=row.pk).name == "Chợ Ô Môn"
    row.name = "Chợ mới"
    row.save()
    assert Point.objects.filter(ward=ward).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Point(ward=ward, name="Chợ mới"))


def test_a_guarded_update_changes_only_what_is_as_seen():
    ticket = make.ticket()
    assert not guarded_update(ticket, {"note": "x", "last_move": {"move": "call"}}, state="called")
    assert not guarded_update(ticket, {"note": "x"}, state="waiting", called_at=ticket.issued_at)
    assert guarded_update(
        ticket, {"note": "x", "last_move": {"move": "call"}}, state="waiting", called_at=None
    )
    ticket.refresh_from_db()
    assert (ticket.note, ticket.last_move) == ("x", {"move": "call"})
