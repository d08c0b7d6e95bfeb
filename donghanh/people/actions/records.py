"""Keep a person's record; opening one and showing its number are entries of the journal too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from donghanh.kernel import clock, journal
from donghanh.kernel.errors import Invalid, NotAllowed, NotFound, Refusal
from donghanh.kernel.journal import action
from donghanh.kernel.keys import ring
from donghanh.kernel.text import nfc
from donghanh.people.models import Person
from donghanh.people.rules import age_on, is_minor, name_key, normal_phone, read_citizen_id
from donghanh.places.models import Ward, Zone
from donghanh.teams.models import Member
from donghanh.teams.rules import require

NUMBER = "person.id_number"
LONGEST_NAME = 120


class SameNumber(Refusal):
    """Another record of the ward has this identity number. Fact: person (its id)."""

    message = "Another record here has this identity number. Open that one, or merge the two."


class NotTheRepresentative(Refusal):
    """A representative is another, grown-up person of the same ward."""

    message = "The representative must be another person of this ward, and an adult."
    status = 422


class RecordEnded(Refusal):
    """The record was merged into another one or erased."""

    message = "This record was merged or erased. Search again."


@dataclass(frozen=True)
class PersonFacts:
    """What is said about a person; all but the name may stay unknown.

    `id_number` None leaves the kept number as it is, "" takes it away.
    """

    name: str
    address_form: str = ""
    born_on: date | None = None
    born_year: int | None = None
    sex: str = "unknown"
    phone: str = ""
    zone: Zone | None = None
    id_number: str | None = None
    representative: Person | None = None
    eid_level: int | None = None


@action
def save_person(person: Person | None, facts: PersonFacts, *, by: Member, ward: Ward) -> Person:
    """Make a record, or change one as a whole. Nothing is half written.

    Refuses with Invalid, WrongPhone, WrongBirth, WrongCitizenId, SameNumber, NotTheRepresentative,
    RecordEnded. The journal names the person and which fields changed; the values are erasable.
    """
    require(by.role, "edit_person")
    _own_ward(by, ward.pk)
    if person is not None:
        refuse_ended(person)
    values = _checked(person, facts, ward)
    is_new = person is None
    kept = person or Person(ward=ward, created_at=clock.now())
    before = {name: getattr(kept, name) for name in values}
    changed = [name for name in values if is_new or before[name] != values[name]]
    for name in changed:
        setattr(kept, name, values[name])
    kept.save(force_insert=is_new, update_fields=None if is_new else changed or ["name"])
    if changed:
        told = {name: _plain(before[name]) for name in changed if name not in {"id_number", "id_index"}}
        write("person.new" if is_new else "person.change", kept, by, {"fields": sorted(changed)}, told)
    return kept


@action
def look(person: Person, *, by: Member, why: str = "") -> Person:
    """Open a record: every look is an entry that the person may have printed. Refuses with RecordEnded."""
    require(by.role, "find_person")
    refuse_foreign(by, person)
    refuse_ended(person)
    write("person.look", person, by, {"why": why} if why else {})
    return person


@action
def show_number(person: Person, *, by: Member) -> str:
    """The identity number in clear, for officers. Refuses with NotAllowed, NotFound, KeyMissing."""
    require(by.role, "see_id_number")
    refuse_foreign(by, person)
    refuse_ended(person)
    if not person.id_number:
        raise NotFound()
    write("person.show_number", person, by, {})
    return ring().decrypt(person.id_number, column=NUMBER)


def refuse_ended(person: Person) -> None:
    """Refuse with RecordEnded when the record is no longer in use."""
    if person.merged_into_id is not None or person.erased_at is not None:
        raise RecordEnded()


def refuse_foreign(by: Member, person: Person) -> None:
    """Refuse with NotAllowed when the person is of another ward than the member's own."""
    _own_ward(by, person.ward_id)


def refuse_unfit(person: Person | None, other: Person | None, ward_code: str) -> None:
    """Refuse a representative who is a minor, of another ward or the person themselves, or whose record ended."""
    if other is None:
        return
    too_young = is_minor(other.born_on or other.born_year, clock.today())
    if other.ward_id != ward_code or too_young or (person is not None and other.pk == person.pk):
        raise NotTheRepresentative()
    refuse_ended(other)


def write(
    verb: str, person: Person, by: Any, facts: dict[str, Any], personal: dict[str, Any] | None = None
) -> None:
    """A journal entry about a person: their id only; values stand in the erasable part."""
    journal.write(
        verb,
        ward=person.ward_id,
        by=by,
        subject="person",
        subject_id=person.pk,
        facts=facts,
        personal=personal,
        person_id=person.pk if personal is not None else None,
    )


def _checked(person: Person | None, facts: PersonFacts, ward: Ward) -> dict[str, Any]:
    """The columns to write, all checked before any is written."""
    name = nfc(facts.name)
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(field="name", problem=f"1–{LONGEST_NAME} characters")
    if facts.sex not in Person.SEXES:
        raise Invalid(field="sex", problem="female, male or unknown")
    if facts.zone is not None and facts.zone.ward_id != ward.pk:
        raise NotFound()
    age_on(facts.born_on or facts.born_year, clock.today())
    refuse_unfit(person, facts.representative, ward.pk)
    values: dict[str, Any] = {
        "name": name,
        "name_key": name_key(name),
        "address_form": nfc(facts.address_form)[:12],
        "born_on": facts.born_on,
        "born_year": facts.born_on.year if facts.born_on else facts.born_year,
        "sex": facts.sex,
        "phone": normal_phone(facts.phone) if facts.phone.strip() else "",
        "zone_id": facts.zone.pk if facts.zone else None,
        "representative_id": facts.representative.pk if facts.representative else None,
        "eid_level": facts.eid_level,
    }
    if facts.id_number is not None:
        values.update(_closed_number(person, facts.id_number, ward))
    return values


def _closed_number(person: Person | None, typed: str, ward: Ward) -> dict[str, str]:
    if not typed.strip():
        return {"id_number": "", "id_index": ""}
    digits = read_citizen_id(typed, today=clock.today()).digits
    index = ring().blind_index(digits, column=NUMBER)
    if person is not None and person.id_index == index:
        return {}
    same = Person.objects.filter(ward=ward, id_index=index, merged_into__isnull=True)
    if person is not None:
        same = same.exclude(pk=person.pk)
    if (other := same.first()) is not None:
        raise SameNumber(person=other.pk)
    return {"id_number": ring().encrypt(digits, column=NUMBER), "id_index": index}


def _own_ward(by: Member, ward_code: str) -> None:
    if by.ward_id is not None and by.ward_id != ward_code:
        raise NotAllowed(role=by.role, verb="edit_person")


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)
