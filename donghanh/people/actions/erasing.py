"""Erase a person: who they were goes, what was done stays countable, the chain stays whole."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from donghanh.kernel import clock
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.models import PersonalFact
from donghanh.people.actions.records import refuse_foreign, write
from donghanh.people.models import Merge, Person
from donghanh.teams.models import Member
from donghanh.teams.rules import require

BLANK = {
    "name": "", "name_key": "", "address_form": "", "born_on": None, "born_year": None, "sex": "unknown",
    "phone": "", "zone": None, "id_number": "", "id_index": "", "representative": None, "eid_level": None,
}  # fmt: skip


@action
def erase_person(person: Person, *, by: Actor) -> list[UUID]:
    """Blank the record and those merged into it, and what the journal's erasable part says of them.

    Gives the ids of all blanked records, for the room above to blank what hangs on them; erasing
    again does nothing. A member needs the verb; the house erases by itself at night.
    """
    if isinstance(by, Member):
        require(by.role, "erase_person")
        refuse_foreign(by, person)
    everyone = _with_merged(person)
    moment = clock.now()
    fresh = Person.objects.filter(pk__in=everyone, erased_at__isnull=True)
    if not fresh.update(**BLANK, erased_at=moment):
        return []
    Person.objects.filter(representative__in=everyone).update(representative=None)
    Merge.objects.filter(Q(kept__in=everyone) | Q(merged__in=everyone)).update(before={})
    PersonalFact.objects.filter(person_id__in=everyone, erased_at__isnull=True).update(
        body=None, erased_at=moment
    )
    write("person.erase", person, by, {"records": len(everyone)})
    person.refresh_from_db()
    return everyone


def _with_merged(person: Person) -> list[UUID]:
    found, layer = [person.pk], [person.pk]
    while layer:
        layer = list(Person.objects.filter(merged_into__in=layer).values_list("pk", flat=True))
        found += layer
    return found
