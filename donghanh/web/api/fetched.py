"""Single rows by id, and only those the asker may see: a foreign row is not found."""

from __future__ import annotations

from uuid import UUID

from django.db.models import CharField, UUIDField

from donghanh.cases.models import Case
from donghanh.catalog.models import Procedure
from donghanh.kernel.errors import NotFound
from donghanh.kernel.prepared import Prepared, Slot
from donghanh.places.models import Counter, Point
from donghanh.queue.models import Series, Ticket
from donghanh.web.api.doors import Asker

_TICKET = Prepared(
    lambda: Ticket.objects.select_related("point", "counter", "member").filter(pk=Slot("pk", UUIDField()))
)
_COUNTER = Prepared(lambda: Counter.objects.select_related("point").filter(pk=Slot("pk", UUIDField())))
_POINT = Prepared(lambda: Point.objects.filter(pk=Slot("pk", UUIDField())))
_CASE = Prepared(lambda: Case.objects.select_related("point", "person").filter(pk=Slot("pk", UUIDField())))
_BY_CODE = Prepared(lambda: Procedure.objects.filter(code=Slot("code", CharField())))
_BY_ID = Prepared(lambda: Procedure.objects.filter(pk=Slot("pk", UUIDField())))


def ticket_of(asker: Asker, pk: UUID) -> Ticket:
    """A ticket. Refuses with NotFound."""
    row = _TICKET.first(pk=pk)
    if row is None or not asker.sees(row.point):
        raise NotFound()
    return row


def counter_of(asker: Asker, pk: UUID) -> Counter:
    """A counter. Refuses with NotFound."""
    row = _COUNTER.first(pk=pk)
    if row is None or not asker.sees(row.point):
        raise NotFound()
    return row


def point_of(asker: Asker, pk: UUID) -> Point:
    """A point. Refuses with NotFound."""
    row = _POINT.first(pk=pk)
    if row is None or not asker.sees(row):
        raise NotFound()
    return row


def case_of(asker: Asker, pk: UUID) -> Case:
    """A case. Refuses with NotFound."""
    row = _CASE.first(pk=pk)
    if row is None or not asker.sees(row.point):
        raise NotFound()
    return row


def procedure_named(text: str) -> Procedure:
    """The procedure of an id or a code. Refuses with NotFound."""
    pk = id_of(text)
    row = _BY_ID.first(pk=pk) if pk else _BY_CODE.first(code=text)
    if row is None:
        raise NotFound()
    return row


def series_named(point: Point, text: str) -> Series:
    """The series of an id or a letter at a point. Refuses with NotFound."""
    pk = id_of(text)
    row = Series.objects.filter(point=point, **({"pk": pk} if pk else {"letter": text})).first()
    if row is None:
        raise NotFound()
    return row


def id_of(text: str) -> UUID | None:
    """The id, if the text is one; None for a code or a letter."""
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None
