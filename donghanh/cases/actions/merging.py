"""Merge two persons with all their cases, and part them again."""

from __future__ import annotations

from donghanh.cases.models import Case
from donghanh.kernel.journal import action
from donghanh.people.actions import merging
from donghanh.people.models import Merge, Person
from donghanh.teams.models import Member


@action
def merge_persons(kept: Person, merged: Person, *, by: Member) -> Merge:
    """One record from two: cases, consents and representations of `merged` go to `kept`.

    Refuses with NotTheSamePerson, RecordEnded, NotAllowed; then nothing has moved.
    """
    cases = [str(pk) for pk in Case.objects.filter(person=merged).values_list("pk", flat=True)]
    done = merging.merge(kept, merged, by=by, moved={"cases": cases})
    Case.objects.filter(pk__in=cases).update(person=kept)
    return done


@action
def part_persons(done: Merge, *, by: Member) -> Merge:
    """Undo a merge; a case opened since stays with the kept record. Refuses with MergeUndone, SameNumber."""
    undone = merging.undo_merge(done, by=by)
    Case.objects.filter(pk__in=done.moved.get("cases", []), person=done.kept).update(person=done.merged)
    return undone
