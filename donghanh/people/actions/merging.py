"""Two records found to be one person; and parted again exactly as they were.

Cases hang above this room: `cases.actions.merging` moves them and calls this.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model

from donghanh.kernel import clock
from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import action
from donghanh.people.actions.records import SameNumber, refuse_ended, refuse_foreign, write
from donghanh.people.models import Consent, Merge, Person
from donghanh.teams.models import Member
from donghanh.teams.rules import require

# What an empty field of the kept record takes over from the other one.
TAKEN = (
    "address_form", "born_on", "born_year", "sex", "phone", "zone_id", "id_number", "id_index",
    "representative_id", "eid_level",
)  # fmt: skip
EMPTY = (None, "", "unknown")


class NotTheSamePerson(Refusal):
    """A record cannot be merged with itself or with one of another ward."""

    message = "Choose two different records of this ward."


class MergeUndone(Refusal):
    """The merge was undone already, or the records were merged or erased since."""

    message = (
        "This merge cannot be undone any more: it was undone, or the records were merged or erased since."
    )


@action
def merge(kept: Person, merged: Person, *, by: Member, moved: dict[str, Any] | None = None) -> Merge:
    """Make `merged` part of `kept`: consents and representations move, empty fields are filled.

    `moved` is what an upper room moves along, kept for the undo. Refuses with NotTheSamePerson, RecordEnded.
    """
    require(by.role, "merge_persons")
    refuse_foreign(by, kept)
    if kept.pk == merged.pk or kept.ward_id != merged.ward_id:
        raise NotTheSamePerson()
    kept, merged = _locked(kept), _locked(merged)
    refuse_ended(kept)
    refuse_ended(merged)
    taken = _taken(kept, merged)
    before = {"kept": _fields(kept), "merged": _fields(merged), "taken": _plain(taken)}
    if not Person.objects.filter(pk=merged.pk, merged_into__isnull=True).update(merged_into=kept):
        raise NotTheSamePerson()
    Person.objects.filter(pk=kept.pk).update(**taken)
    links = {
        "consents": _move_consents(kept, merged),
        "represents": _move(Person, "representative_id", merged, kept),
    }
    done = Merge.objects.create(
        kept=kept, merged=merged, by=by, merged_at=clock.now(), before=before,
        moved={**(moved or {}), **links},
    )  # fmt: skip
    write("person.merge", kept, by, {"merged": merged.pk, "fields": sorted(taken)})
    return done


@action
def undo_merge(done: Merge, *, by: Member) -> Merge:
    """Part the two again: everything that moved goes back, a field changed since stays changed.

    Refuses with MergeUndone, SameNumber.
    """
    require(by.role, "merge_persons")
    refuse_foreign(by, done.kept)
    kept, merged = _locked(done.kept), _locked(done.merged)
    moment = clock.now()
    if kept.merged_into_id or kept.erased_at or merged.erased_at or merged.merged_into_id != kept.pk:
        raise MergeUndone()
    if not Merge.objects.filter(pk=done.pk, undone_at__isnull=True).update(undone_at=moment):
        raise MergeUndone()
    _give_back(kept, done)
    kept.refresh_from_db()
    if merged.id_index and kept.id_index == merged.id_index:
        raise SameNumber(person=kept.pk)
    Person.objects.filter(pk=merged.pk).update(merged_into=None)
    Consent.objects.filter(pk__in=done.moved["consents"]).update(person=merged)
    Person.objects.filter(pk__in=done.moved["represents"], representative=kept).update(representative=merged)
    done.undone_at = moment
    write("person.unmerge", kept, by, {"merged": merged.pk})
    return done


def _taken(kept: Person, merged: Person) -> dict[str, Any]:
    taken = {
        name: getattr(merged, name)
        for name in TAKEN
        if getattr(kept, name) in EMPTY and getattr(merged, name) not in EMPTY
    }
    # The other record may stand as representative on either side: nobody represents themselves.
    if taken.get("representative_id") == kept.pk:
        del taken["representative_id"]
    if kept.representative_id == merged.pk:
        taken["representative_id"] = None
    if kept.born_year and taken.get("born_on") and taken["born_on"].year != kept.born_year:
        del taken["born_on"]
    return taken


def _give_back(kept: Person, done: Merge) -> None:
    before, now = done.before["kept"], _fields(kept)
    same = {
        name: _read(name, before[name])
        for name, value in done.before["taken"].items()
        if name != "id_number" and now[name] == value
    }
    # A number closed anew since is told by its index: the closed value itself never repeats.
    if "id_index" in same:
        same["id_number"] = before["id_number"]
    if same:
        Person.objects.filter(pk=kept.pk).update(**same)


def _move_consents(kept: Person, merged: Person) -> list[str]:
    """All but those whose purpose the kept record already agrees to: one agreement a purpose holds."""
    own = set(kept.consents.filter(withdrawn_at__isnull=True).values_list("purpose", flat=True))
    moving = [
        str(one.pk) for one in merged.consents.all() if one.withdrawn_at is not None or one.purpose not in own
    ]
    Consent.objects.filter(pk__in=moving).update(person=kept)
    return moving


def _move(model: type[Model], column: str, merged: Person, kept: Person) -> list[str]:
    rows = model._default_manager.filter(**{column: merged.pk}).exclude(pk=kept.pk)
    moving = [str(pk) for pk in rows.values_list("pk", flat=True)]
    model._default_manager.filter(pk__in=moving).update(**{column: kept.pk})
    return moving


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update(of=("self",)).select_related("ward").get(pk=person.pk)


def _fields(person: Person) -> dict[str, Any]:
    return _plain({name: getattr(person, name) for name in TAKEN})


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value if value is None or isinstance(value, int | str) else str(value)
        for name, value in values.items()
    }


def _read(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name == "born_on" and value else value
