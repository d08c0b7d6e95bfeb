"""An edition as a screen reads it: texts in one language, papers by what is done with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from donghanh.catalog.queries import content_of
from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.texts import text

MODES = ("submit", "show", "upload")


@dataclass(frozen=True)
class GuidePaper:
    """One paper: its name, how to get it, and what is done with it."""

    id: str
    name: str
    get: str
    mode: str
    form: str
    count: int
    spared: bool  # not asked for when the database has it


@dataclass(frozen=True)
class PaperGroup:
    """The papers to hand in, to show, or to upload."""

    mode: str
    papers: tuple[GuidePaper, ...]


@dataclass(frozen=True)
class GuideStep:
    """One step: what to do, what to say, who acts, and where a volunteer's help must stop."""

    id: str
    number: int
    title: str
    text: str
    say: str
    stop: str
    who: str
    officer_only: bool
    papers: tuple[GuidePaper, ...]


@dataclass(frozen=True)
class GuidePortal:
    """Where the dossier goes."""

    id: str
    kind: str
    name: str
    address: str


@dataclass(frozen=True)
class Guide:
    """All that a screen shows of one edition in one language."""

    name: str
    short: str
    summary: str
    pictogram: str
    account: str
    account_of: str
    time_limit: str
    fees: tuple[str, ...]
    steps: tuple[GuideStep, ...]
    papers: tuple[PaperGroup, ...]
    portals: tuple[GuidePortal, ...]
    referrals: tuple[str, ...]
    results: tuple[str, ...]

    @property
    def all_papers(self) -> tuple[GuidePaper, ...]:
        """The papers of all groups."""
        return tuple(paper for group in self.papers for paper in group.papers)


@lru_cache(maxsize=512)
def guide_of(edition_id: UUID, language: str) -> Guide:
    """The guide of an edition. It never changes, so it stays in memory."""
    content = content_of(edition_id)
    papers = _papers(content, language)

    def said(key: str) -> str:
        return text(content, key, language)

    return Guide(
        name=said("name"),
        short=said("short"),
        summary=said("summary"),
        pictogram=content.pictogram,
        account=said("account"),
        account_of=content.account.who,
        time_limit=said("time_limit"),
        fees=tuple(said(f"fees.{fee.id}") for fee in content.fees),
        steps=_steps(content, language, {paper.id: paper for paper in papers}),
        papers=tuple(
            PaperGroup(mode, tuple(paper for paper in papers if paper.mode == mode))
            for mode in MODES
            if any(paper.mode == mode for paper in papers)
        ),
        portals=tuple(
            GuidePortal(portal.id, portal.kind, said(f"portals.{portal.id}"), portal.address or "")
            for portal in content.portals
        ),
        referrals=tuple(said(f"referrals.{referral.id}") for referral in content.referrals),
        results=tuple(said(f"results.{result.id}") for result in content.results),
    )


def _papers(content: EditionContent, language: str) -> tuple[GuidePaper, ...]:
    return tuple(
        GuidePaper(
            id=paper.id,
            name=text(content, f"papers.{paper.id}.name", language),
            get=text(content, f"papers.{paper.id}.get", language),
            mode=paper.mode,
            form=paper.form,
            count=paper.count,
            spared=paper.not_needed_if_in_database,
        )
        for paper in content.papers
    )


def _steps(content: EditionContent, language: str, papers: dict[str, GuidePaper]) -> tuple[GuideStep, ...]:
    def said(step: str, part: str) -> str:
        return text(content, f"steps.{step}.{part}", language)

    return tuple(
        GuideStep(
            id=step.id,
            number=number,
            title=said(step.id, "title"),
            text=said(step.id, "text"),
            say=said(step.id, "say"),
            stop=said(step.id, "stop") if step.volunteer_stops else "",
            who=step.who,
            officer_only=step.officer_only,
            papers=tuple(papers[paper] for paper in step.papers),
        )
        for number, step in enumerate(content.steps, start=1)
    )
