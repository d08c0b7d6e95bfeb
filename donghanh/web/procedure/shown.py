"""A procedure as its public page shows it: in one language, doubtful facts marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from donghanh.catalog.models import Procedure
from donghanh.catalog.queries import content_of
from donghanh.catalog.rules.content import EditionContent, Paper, Source
from donghanh.catalog.rules.doubts import unverified
from donghanh.catalog.rules.texts import text
from donghanh.web.procedure import facts
from donghanh.web.words import ACTORS, PAPER_FORMS, PAPER_MODES

Text = str | Promise


@dataclass(frozen=True)
class InShort:
    """A procedure on one line of a list: what, where, cost, time."""

    code: str
    short: str
    name: str
    summary: str
    pictogram: str
    where: str
    cost: str
    time: str
    has_guide: bool


@dataclass(frozen=True)
class PaperLine:
    """A paper: what it is called, in which form, when it is not needed."""

    name: str
    form: Text
    count: int
    get: str
    remarks: tuple[str, ...]
    is_doubtful: bool


@dataclass(frozen=True)
class PaperGroup:
    """Papers to hand in, to show or to upload."""

    title: Text
    papers: tuple[PaperLine, ...]


@dataclass(frozen=True)
class FeeLine:
    """A fee: how much, in which case, and since or until when."""

    amount: str
    words: str
    is_doubtful: bool


@dataclass(frozen=True)
class StepLine:
    """A step: what happens, and who acts."""

    title: str
    words: str
    who: Text


@dataclass(frozen=True)
class Link:
    """A name, and where it leads if anywhere."""

    words: str
    address: str
    is_doubtful: bool


@dataclass(frozen=True)
class Page:
    """All that the public page shows."""

    short: InShort
    account: str
    papers: tuple[PaperGroup, ...]
    fees: tuple[FeeLine, ...]
    exemptions: tuple[str, ...]
    time: str
    is_time_doubtful: bool
    portals: tuple[Link, ...]
    steps: tuple[StepLine, ...]
    results: tuple[str, ...]
    limits: tuple[tuple[str, str], ...]
    instead: tuple[str, ...]
    sources: tuple[Source, ...]
    checked_on: str
    asked: tuple[str, ...]


def in_short(procedure: Procedure, language: str, today: date) -> InShort:
    """The line of a published procedure."""
    assert procedure.current_id is not None
    content = content_of(procedure.current_id)
    return InShort(
        code=content.id,
        short=text(content, "short", language),
        name=text(content, "name", language),
        summary=text(content, "summary", language),
        pictogram="help" if content.pictogram == "other" else content.pictogram,
        where=facts.where_in_short(content),
        cost=facts.cost_in_short(content, today),
        time=facts.time_in_short(content.time_limit),
        has_guide=bool(content.questions),
    )


def page_of(procedure: Procedure, language: str, today: date) -> Page:
    """The page of a published procedure."""
    assert procedure.current_id is not None
    content = content_of(procedure.current_id)
    doubtful = {doubt.where for doubt in unverified(content)}

    def said(key: str) -> str:
        return text(content, key, language)

    return Page(
        short=in_short(procedure, language, today),
        account=said("account"),
        papers=_papers(content, language, doubtful),
        fees=_fees(content, language, doubtful, today),
        exemptions=(
            *((said("exemptions"),) if content.exemptions else ()),
            *(said(f"fee_exemptions.{one.id}") for one in content.fee_exemptions),
        ),
        time=said("time_limit"),
        is_time_doubtful="time_limit" in doubtful,
        portals=tuple(
            Link(said(f"portals.{one.id}"), one.address or "", f"portals.{one.id}" in doubtful)
            for one in content.portals
        ),
        steps=tuple(
            StepLine(said(f"steps.{step.id}.title"), said(f"steps.{step.id}.text"), _who(step.who))
            for step in content.steps
        ),
        results=tuple(said(f"results.{result.id}") for result in content.results),
        limits=tuple(
            (said(f"eligibility.{one.id}.message"), said(f"eligibility.{one.id}.instead"))
            for one in content.eligibility
        ),
        instead=tuple(said(f"referrals.{referral.id}") for referral in content.referrals),
        sources=content.sources,
        checked_on=content.checked_on,
        asked=tuple(said(f"questions.{question.id}.label") for question in content.questions),
    )


def _fees(content: EditionContent, language: str, doubtful: set[str], today: date) -> tuple[FeeLine, ...]:
    return tuple(
        FeeLine(
            facts.fee_amount(fee), text(content, f"fees.{fee.id}", language), f"fees.{fee.id}" in doubtful
        )
        for fee in content.fees
        if facts.holds_on(fee, today)
    )


def _who(actor: str) -> Text:
    return {"citizen": _("You yourself"), "member": _("You, with help if you like")}.get(actor, ACTORS[actor])


def _papers(content: EditionContent, language: str, doubtful: set[str]) -> tuple[PaperGroup, ...]:
    def line(paper: Paper) -> PaperLine:
        return PaperLine(
            name=text(content, f"papers.{paper.id}.name", language),
            form=PAPER_FORMS[paper.form],
            count=paper.count,
            get=text(content, f"papers.{paper.id}.get", language),
            remarks=_remarks(paper),
            is_doubtful=f"papers.{paper.id}" in doubtful,
        )

    return tuple(
        PaperGroup(title, tuple(line(paper) for paper in content.papers if paper.mode == mode))
        for mode, title in PAPER_MODES.items()
        if any(paper.mode == mode for paper in content.papers)
    )


def _remarks(paper: Paper) -> tuple[str, ...]:
    remarks = []
    if paper.when is not None:
        remarks.append(_("only in some cases"))
    if paper.one_of is not None:
        remarks.append(_("one of several is enough"))
    if paper.not_needed_if_in_database:
        remarks.append(_("not needed if the database has it"))
    return tuple(remarks)
