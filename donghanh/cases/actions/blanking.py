"""Erase what was said in cases; that something was said, when and how, stays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.db.models.expressions import Combinable

from donghanh.cases.models import Answer, Authorisation, CaseConsent, Contact, HandOver, PaperTick, Rebase
from donghanh.cases.models import DossierStatus as Status
from donghanh.kernel import clock


def said_in_a_case() -> Combinable:
    """Cases in which something said is still kept."""
    own = {"case": OuterRef("pk")}
    return (
        Exists(Answer.objects.filter(**own).exclude(value="", raw="", reason="", device=""))
        | Exists(CaseConsent.objects.filter(**own).exclude(signature=""))
        | Exists(Authorisation.objects.filter(**own).exclude(name="", note=""))
        | Exists(Contact.objects.filter(**own).exclude(address=""))
        | Exists(Rebase.objects.filter(**own).exclude(why=""))
    )


def blank_answers(cases: Collection[UUID]) -> int:
    """Blank the answers of these cases and what hangs on them. How many answers had something to erase."""
    moment = clock.now()
    blanked = (
        Answer.objects.filter(case__in=cases)
        .exclude(value="", raw="", reason="", device="")
        .update(value="", raw="", reason="", device="")
    )
    CaseConsent.objects.filter(case__in=cases).exclude(signature="").update(signature="")
    Authorisation.objects.filter(case__in=cases).exclude(name="", note="").update(name="", note="")
    Rebase.objects.filter(case__in=cases).exclude(why="").update(why="")
    Contact.objects.filter(case__in=cases, ended_at__isnull=True).update(ended_at=moment)
    Contact.objects.filter(case__in=cases).exclude(address="").update(address="")
    return blanked


def forget_members_of_answers(ward: str, before: datetime) -> int:
    """Who of the members wrote an answer, saw a paper or a consent; older than that nobody is named."""
    answers = Answer.objects.filter(case__ward=ward, kept_at__lt=before, by__isnull=False).update(by=None)
    papers = PaperTick.objects.filter(case__ward=ward, done_at__lt=before, done_by__isnull=False)
    consents = CaseConsent.objects.filter(case__ward=ward, given_at__lt=before, witness__isnull=False)
    seen = Authorisation.objects.filter(case__ward=ward, seen_at__lt=before, seen_by__isnull=False)
    rebases = Rebase.objects.filter(case__ward=ward, at__lt=before, by__isnull=False)
    statuses = Status.objects.filter(dossier__case__ward=ward, at__lt=before, by__isnull=False)
    contacts = Contact.objects.filter(case__ward=ward, added_at__lt=before, added_by__isnull=False)
    return (
        answers
        + papers.update(done_by=None)
        + consents.update(witness=None)
        + seen.update(seen_by=None)
        + rebases.update(by=None)
        + statuses.update(by=None)
        + contacts.update(added_by=None)
    )


def purge_handovers(now: datetime) -> int:
    """Delete hand-overs whose time is over, taken or not. How many."""
    count, _ = HandOver.objects.filter(expires_at__lte=now).delete()
    return count
