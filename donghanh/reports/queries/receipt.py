"""A case as the paper its citizen takes home."""

from __future__ import annotations

from donghanh.cases.models import Case
from donghanh.catalog.queries import content_of
from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.texts import text
from donghanh.kernel import clock
from donghanh.people.rules import given_name
from donghanh.reports.rules.receipt import MOST_NEXT, HandedTo, HelpedBy, Receipt, ReceiptDossier
from donghanh.teams.models import Member

# Done at the desk or not at all: nothing of it is left for another day.
ASKED_HERE = frozenset({"ask", "review", "papers", "receipt"})


def receipt_of(case: Case, language: str) -> Receipt:
    """What was done in a case so far, in a language of the product."""
    content = content_of(case.edition_id)
    ticks = list(case.ticks.select_related("done_by__organisation").order_by("done_at"))
    dossiers = list(case.dossiers.order_by("submitted_at"))
    referrals = case.referrals.filter(returned_at__isnull=True).select_related("organisation")
    names = {paper.id: text(content, f"papers.{paper.id}.name", language) for paper in content.papers}
    days = [day for day in (case.due_on, *(one.due_on for one in dossiers)) if day is not None]
    done = {tick.step for tick in ticks}
    return Receipt(
        procedure=text(content, "name", language),
        day=clock.today(),
        outcome=case.outcome,
        person=case.person.name if case.person is not None else "",
        steps=_titles(content, [step.id for step in content.steps if step.id in done], language),
        helped_by=_helped_by([case.opened_by, *(tick.done_by for tick in ticks)]),
        missing=tuple(names[paper] for paper in case.missing_papers if paper in names),
        dossiers=tuple(
            ReceiptDossier(_portal(content, one.portal, language), one.code, one.due_on) for one in dossiers
        ),
        handed=tuple(
            HandedTo(one.organisation.name, one.organisation.contact, one.due_on) for one in referrals
        ),
        next_steps=_titles(content, _left(content, done), language)[:MOST_NEXT],
        next_on=min(days, default=None),
        point=case.point.name,
        place=case.point.address,
        ward=f"{case.ward.name}, {case.ward.province_name}",
        complaint=case.ward.complaint_contact,
    )


def _left(content: EditionContent, done: set[str]) -> list[str]:
    """What somebody acts in after the last step done. A step with a condition may not be theirs: it stays out."""
    last = max((at for at, step in enumerate(content.steps) if step.id in done), default=-1)
    return [
        step.id
        for step in content.steps[last + 1 :]
        if step.kind not in ASKED_HERE and step.who != "member" and step.when is None
    ]


def _titles(content: EditionContent, steps: list[str], language: str) -> tuple[str, ...]:
    return tuple(text(content, f"steps.{step}.title", language) for step in steps)


def _portal(content: EditionContent, portal: str, language: str) -> str:
    known = {one.id for one in content.portals}
    return text(content, f"portals.{portal}", language) if portal in known else portal


def _helped_by(members: list[Member | None]) -> tuple[HelpedBy, ...]:
    once = {member.pk: member for member in members if member is not None}
    return tuple(
        HelpedBy(
            given_name(member.full_name),
            member.organisation.name if member.organisation else "",
            member.badge_number,
        )
        for member in once.values()
    )
