"""The ward's own zones, named as the ward names them."""

from __future__ import annotations

from donghanh.kernel import journal
from donghanh.kernel.errors import Invalid, Refusal
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.text import nfc
from donghanh.places.models import Ward, Zone

MOST_AT_ONCE = 200


class ZoneNameTaken(Refusal):
    """The ward has a zone of this name. Fact: name."""

    message = "There is a zone called “{name}” already."


@action
def add_zones(ward: Ward, *, label: str, names: list[str], by: Actor) -> list[Zone]:
    """Several zones of one label at once: all or none. Refuses with ZoneNameTaken, Invalid."""
    tidy = [nfc(name)[:80] for name in names if nfc(name)]
    if not 1 <= len(tidy) <= MOST_AT_ONCE:
        raise Invalid(field="names", problem=f"1–{MOST_AT_ONCE}")
    known = set(Zone.objects.filter(ward=ward).values_list("name", flat=True))
    for name in tidy:
        if name in known:
            raise ZoneNameTaken(name=name)
        known.add(name)
    return [_saved(Zone(ward=ward, label=nfc(label)[:30], name=name), "zone.add", by) for name in tidy]


@action
def edit_zone(zone: Zone, *, label: str, name: str, is_active: bool, by: Actor) -> Zone:
    """Another label or name, or out of use. Refuses with ZoneNameTaken, Invalid."""
    tidy = nfc(name)[:80]
    if not tidy:
        raise Invalid(field="name", problem="1–80")
    if Zone.objects.filter(ward=zone.ward_id, name=tidy).exclude(pk=zone.pk).exists():
        raise ZoneNameTaken(name=tidy)
    zone.label, zone.name, zone.is_active = nfc(label)[:30], tidy, is_active
    return _saved(zone, "zone.edit", by)


def _saved(zone: Zone, verb: str, by: Actor) -> Zone:
    zone.save()
    journal.write(
        verb, ward=zone.ward_id, by=by, subject="zone", subject_id=zone.pk, facts={"active": zone.is_active}
    )
    return zone
