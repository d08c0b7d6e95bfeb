"""Erase what the time to keep it has run out for; figures stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max, Q
from django.utils import timezone

from donghanh.cases.actions.blanking import blank_answers, forget_members_of_answers, said_in_a_case
from donghanh.cases.models import Case, CaseConsent, CaseNote, Dossier, Referral, StepTick
from donghanh.kernel import clock, journal
from donghanh.kernel.journal import Actor, House, action
from donghanh.kernel.models import JournalEntry, PersonalFact
from donghanh.people.actions.erasing import erase_person
from donghanh.people.models import Person
from donghanh.places.models import Ward
from donghanh.queue.actions.forgetting import forget_members, forget_undo
from donghanh.teams.actions.forgetting import forget_duties

# What stands in place of a dossier's code once it is erased.
ERASED = "—"
# Who of the members did what is kept for the report of hours and for questions about a case.
MEMBER_DAYS = 2 * 365


class Forgotten(NamedTuple):
    """How much a run erased."""

    persons: int
    cases: int
    notes: int
    facts: int
    members: int


@action
def erase(person: Person, *, by: Actor) -> int:
    """Erase a person and what their cases say of them; gives how many cases lost their link.

    Age band, sex, procedure, outcome and times stay for the figures. Refuses with NotAllowed.
    """
    erased = erase_person(person, by=by)
    return _blank_cases(Case.objects.filter(person__in=erased).values_list("pk", flat=True)) if erased else 0


@action
def forget_old(ward: Ward, now: datetime | None = None, *, by: Actor | None = None) -> Forgotten:
    """The nightly run: persons whose last case is older than the ward's identity days, notes and answers of
    anonymous cases and loose personal facts of that age; members' links of two years and more, and yesterday's undo.
    Running it again erases nothing more."""
    actor = by or House()
    moment = now or clock.now()
    today = timezone.localtime(moment).date()
    before = moment - timedelta(days=ward.identity_days)
    persons = 0
    cases = 0
    for person in _old_persons(ward, before):
        cases += erase(person, by=actor)
        persons += 1
    notes, _ = CaseNote.objects.filter(case__ward=ward, case__person__isnull=True, at__lt=before).delete()
    blank_answers(_loose_cases(ward, before))
    facts = _forget_facts(ward, before)
    forget_undo(ward, today)
    done = Forgotten(persons, cases, notes, facts, _forget_members(ward, today - timedelta(days=MEMBER_DAYS)))
    journal.write(
        "ward.forget", ward=ward.pk, by=actor, subject="ward", subject_id=ward.pk, facts=done._asdict()
    )
    return done


def _old_persons(ward: Ward, before: datetime) -> list[Person]:
    """In use, untouched and without a case, open or finished, since then."""
    return list(
        Person.objects.filter(
            ward=ward, erased_at__isnull=True, merged_into__isnull=True, created_at__lt=before
        )
        .filter(Q(last_helped_at__isnull=True) | Q(last_helped_at__lt=before))
        .annotate(opened=Max("cases__opened_at"), ended=Max("cases__finished_at"))
        .filter(Q(opened__isnull=True) | Q(opened__lt=before), Q(ended__isnull=True) | Q(ended__lt=before))
        .exclude(represents__erased_at__isnull=True, represents__isnull=False)
    )


def _forget_members(ward: Ward, before: date) -> int:
    ticks = StepTick.objects.filter(case__ward=ward, done_at__date__lt=before, done_by__isnull=False)
    start = timezone.make_aware(datetime.combine(before, time()))
    answers = forget_members_of_answers(ward.pk, start)
    return answers + ticks.update(done_by=None) + forget_members(ward, before) + forget_duties(ward, before)


def _loose_cases(ward: Ward, before: datetime) -> list[UUID]:
    """Cases without a person that have been still since then: what was said in them is nobody's to ask for."""
    still = Case.objects.filter(ward=ward, person__isnull=True, opened_at__lt=before).filter(
        Q(finished_at__isnull=True) | Q(finished_at__lt=before)
    )
    rows = still.filter(said_in_a_case()).annotate(last=Max("answers__kept_at"))
    return list(rows.filter(Q(last__isnull=True) | Q(last__lt=before)).values_list("pk", flat=True))


def _blank_cases(ids: Iterable[UUID]) -> int:
    kept = list(ids)
    blank_answers(kept)
    # Whoever is erased agrees to nothing any more: what is said from now on needs a new agreement.
    CaseConsent.objects.filter(case__in=kept, withdrawn_at__isnull=True).update(withdrawn_at=clock.now())
    CaseNote.objects.filter(case__in=kept).delete()
    Referral.objects.filter(case__in=kept).update(reason="", result="")
    for dossier in Dossier.objects.filter(case__in=kept).exclude(code__startswith=ERASED):
        Dossier.objects.filter(pk=dossier.pk).update(code=f"{ERASED} {str(dossier.pk)[-12:]}")
    Case.objects.filter(pk__in=kept, account="officers_on_behalf").update(account_ground=ERASED)
    Case.objects.filter(pk__in=kept).exclude(account="officers_on_behalf").update(account_ground="")
    return Case.objects.filter(pk__in=kept).update(person=None)


def _forget_facts(ward: Ward, before: datetime) -> int:
    refs = JournalEntry.objects.filter(ward=ward.pk, at__lt=before, personal_ref__isnull=False)
    return PersonalFact.objects.filter(ref__in=refs.values("personal_ref"), erased_at__isnull=True).update(
        body=None, erased_at=clock.now()
    )
