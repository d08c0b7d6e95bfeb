"""Points and their counters are set up and taken out of use; nothing that was used is deleted."""

from __future__ import annotations

from donghanh.kernel import journal
from donghanh.kernel.errors import Invalid, Refusal
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.text import nfc
from donghanh.places.models import Counter, Point, Ward, Zone


class PointNameTaken(Refusal):
    """The ward has a point of this name. Fact: name."""

    message = "There is a point called “{name}” already."


class CounterLabelTaken(Refusal):
    """The point has a counter of this label. Fact: label."""

    message = "There is a counter “{label}” at this point already."


class ZoneElsewhere(Refusal):
    """The zone belongs to another ward."""

    message = "This zone belongs to another ward."


@action
def save_point(
    ward: Ward, *, name: str, kind: str, mobile: bool, address: str, zone: Zone | None, by: Actor,
    is_active: bool = True, point: Point | None = None,
) -> Point:  # fmt: skip
    """Add a point, or change the one given. Refuses with PointNameTaken, ZoneElsewhere, Invalid."""
    if kind not in Point.KINDS:
        raise Invalid(field="kind", problem=kind)
    if zone is not None and zone.ward_id != ward.pk:
        raise ZoneElsewhere()
    tidy, fresh = nfc(name)[:120], point or Point(ward=ward)
    if not tidy:
        raise Invalid(field="name", problem="1–120")
    if Point.objects.filter(ward=ward, name=tidy).exclude(pk=fresh.pk).exists():
        raise PointNameTaken(name=tidy)
    fresh.name, fresh.kind, fresh.mobile, fresh.address = tidy, kind, mobile, nfc(address)[:200]
    fresh.zone, fresh.is_active = zone, is_active
    fresh.save(force_insert=point is None)
    journal.write(
        "point.edit" if point else "point.add", ward=ward.pk, by=by, subject="point", subject_id=fresh.pk,
        point_id=fresh.pk, facts={"kind": kind, "mobile": mobile, "active": is_active},
    )  # fmt: skip
    return fresh


@action
def save_counter(
    point: Point, *, label: str, name: str, by: Actor, is_active: bool = True, counter: Counter | None = None
) -> Counter:
    """Add a counter, or change the one given. Refuses with CounterLabelTaken, Invalid."""
    tidy, fresh = nfc(label)[:8], counter or Counter(point=point)
    if not tidy:
        raise Invalid(field="label", problem="1–8")
    if Counter.objects.filter(point=point, label=tidy).exclude(pk=fresh.pk).exists():
        raise CounterLabelTaken(label=tidy)
    fresh.label, fresh.name, fresh.is_active = tidy, nfc(name)[:80], is_active
    fresh.is_open = fresh.is_open and is_active
    fresh.save(force_insert=counter is None)
    journal.write(
        "counter.edit" if counter else "counter.add", ward=point.ward_id, by=by, subject="counter",
        subject_id=fresh.pk, point_id=point.pk, facts={"label": tidy, "active": is_active},
    )  # fmt: skip
    return fresh
