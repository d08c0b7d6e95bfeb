"""Who speaks for a minor: a parent or guardian, any adult whom the ward knows or comes to know."""

from __future__ import annotations

from donghanh.kernel.journal import action
from donghanh.people.actions.records import (
    PersonFacts,
    refuse_ended,
    refuse_foreign,
    refuse_unfit,
    save_person,
    write,
)
from donghanh.people.models import Person
from donghanh.teams.models import Member
from donghanh.teams.rules import require


@action
def represent(person: Person, other: Person | None, *, by: Member) -> Person:
    """Say who represents a person; None: nobody any more.

    Refuses with NotTheRepresentative (too young, of another ward, or the person themselves), RecordEnded.
    """
    require(by.role, "edit_person")
    refuse_foreign(by, person)
    refuse_ended(person)
    refuse_unfit(person, other, person.ward_id)
    if person.representative_id != (other.pk if other else None):
        Person.objects.filter(pk=person.pk).update(representative=other)
        person.representative = other
        write("person.represented", person, by, {"represented": other is not None})
    return person


@action
def represent_by_new(person: Person, facts: PersonFacts, *, by: Member) -> Person:
    """Make the representative's record and say so in one go: nothing is half written."""
    return represent(person, save_person(None, facts, by=by, ward=person.ward), by=by)
