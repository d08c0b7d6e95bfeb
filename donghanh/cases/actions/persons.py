"""The person of a case: known, or anonymous again."""

from __future__ import annotations

from donghanh.cases.actions.helping import refuse_finished, write
from donghanh.cases.models import Case
from donghanh.kernel import clock
from donghanh.kernel.errors import NotFound
from donghanh.kernel.journal import action
from donghanh.people.actions.records import refuse_ended
from donghanh.people.models import Person
from donghanh.teams.models import Member
from donghanh.teams.rules import require


@action
def link_person(case: Case, person: Person | None, *, by: Member) -> Case:
    """Say who is helped in this case; None makes it anonymous. Refuses with CaseFinished, RecordEnded."""
    require(by.role, "help_case")
    refuse_finished(case)
    if person is not None:
        if person.ward_id != case.ward_id:
            raise NotFound()
        refuse_ended(person)
        Person.objects.filter(pk=person.pk).update(last_helped_at=clock.now())
    zone = person.zone_id if person else None
    Case.objects.filter(pk=case.pk).update(person=person, zone=zone)
    case.person, case.zone_id = person, zone
    write(case, "case.person", by, {"known": person is not None})
    return case
