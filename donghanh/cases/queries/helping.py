"""Reads of cases, their referrals, and what a citizen may see of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from donghanh.cases.models import Case, Referral
from donghanh.catalog.queries import content_of
from donghanh.catalog.rules.texts import text
from donghanh.kernel import clock
from donghanh.places.models import Point
from donghanh.queue.models import Ticket
from donghanh.teams.models import Member
from donghanh.teams.queries import points_visible_to


def visible_to(member: Member) -> QuerySet[Case]:
    """The cases of all points a member may see."""
    return Case.objects.filter(point__in=points_visible_to(member))


def referrals_visible_to(member: Member) -> QuerySet[Referral]:
    """The referrals of those cases."""
    return Referral.objects.filter(case__point__in=points_visible_to(member))


def late_referrals(point: Point) -> QuerySet[Referral]:
    """Referrals of a point that should be back and are not, oldest first."""
    return (
        Referral.objects.filter(case__point=point, returned_at__isnull=True, due_on__lt=clock.today())
        .select_related("organisation", "case__procedure")
        .order_by("due_on")
    )


def open_cases(point: Point) -> QuerySet[Case]:
    """The cases of a point without an outcome yet, oldest first."""
    return (
        Case.objects.filter(point=point, finished_at__isnull=True)
        .select_related("procedure", "counter", "opened_by", "ticket")
        .order_by("opened_at")
    )


def helped_on(point: Point, day: date) -> int:
    """How many cases got an outcome on a day, the nightly close left out."""
    start = timezone.make_aware(datetime.combine(day, time()))
    finished = Case.objects.filter(
        point=point, finished_at__gte=start, finished_at__lt=start + timedelta(days=1)
    )
    return finished.exclude(outcome="closed_by_system").count()


@dataclass(frozen=True)
class ShownDossier:
    """A submission as its owner may see it: only the end of the code, for the page may lie in another hand."""

    portal: str
    code_end: str
    due_on: date | None


@dataclass(frozen=True)
class ShownCase:
    """What was done, without a name or a number of a person. `steps` are the titles of the ticked ones."""

    name: str
    outcome: str
    steps: tuple[str, ...]
    dossiers: tuple[ShownDossier, ...]
    missing: tuple[str, ...]
    due_on: date | None


def shown_to_citizen(ticket: Ticket, language: str) -> list[ShownCase]:
    """The cases of a stay for the page of its ticket, oldest first, in a language of the product."""
    cases = ticket.cases.select_related("edition").prefetch_related("ticks", "dossiers").order_by("opened_at")
    return [_shown(case, language) for case in cases]


def _shown(case: Case, language: str) -> ShownCase:
    content = content_of(case.edition_id)
    done = {tick.step for tick in case.ticks.all()}
    portals = {portal.id for portal in content.portals}
    names = {paper.id: text(content, f"papers.{paper.id}.name", language) for paper in content.papers}
    return ShownCase(
        name=text(content, "short", language),
        outcome=case.outcome,
        steps=tuple(
            text(content, f"steps.{step.id}.title", language) for step in content.steps if step.id in done
        ),
        dossiers=tuple(
            ShownDossier(
                text(content, f"portals.{one.portal}", language) if one.portal in portals else one.portal,
                one.code[-4:],
                one.due_on,
            )
            for one in case.dossiers.all()
        ),
        missing=tuple(names[paper] for paper in case.missing_papers if paper in names),
        due_on=case.due_on,
    )
