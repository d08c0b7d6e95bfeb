"""From a checked pack to the content of an edition, every fact with its source spelt out."""

from __future__ import annotations

from collections.abc import Mapping

from donghanh.catalog.actions.pack_schema import FeeIn, PackIn, Sourced, SourceIn
from donghanh.catalog.rules import content as c


def content_of(pack: PackIn, texts: Mapping[str, Mapping[str, str]]) -> c.EditionContent:
    """The content with these texts. Facts take date and confidence from their source by default."""
    sources = {source.id: source for source in pack.sources}
    limit = pack.time_limit
    return c.EditionContent(
        id=pack.code or pack.id or "",
        kind=pack.kind,
        code=pack.code,
        valid_from=pack.valid_from,
        checked_on=pack.checked_on,
        sector=pack.sector,
        levels=tuple(pack.levels),
        pictogram=pack.pictogram,
        needs_skill=pack.needs_skill,
        online=c.Online(pack.online.mode, _fact(pack.online, sources)) if pack.online else None,
        account=c.Account(pack.account.who, _fact(pack.account, sources)),
        papers=_papers(pack, sources),
        fees=tuple(_fee(fee, sources) for fee in pack.fees),
        exemptions=_fact(pack.exemptions, sources) if pack.exemptions else None,
        time_limit=c.TimeLimit(limit.kind, limit.days, limit.cutoff, _fact(limit, sources)),
        usual_minutes=c.HelpMinutes(pack.usual_minutes.p50, pack.usual_minutes.p80, pack.usual_minutes.basis),
        portals=tuple(c.Portal(p.id, p.kind, p.address, _fact(p, sources)) for p in pack.portals),
        results=tuple(c.Result(r.id, _fact(r, sources)) for r in pack.results),
        steps=_steps(pack, sources),
        referrals=tuple(c.Referral(r.id, r.to, _fact(r, sources)) for r in pack.referrals),
        sources=tuple(c.Source(s.id, s.title, s.checked, s.confidence, s.url) for s in pack.sources),
        texts=texts,
    )


def _fact(stated: Sourced, sources: Mapping[str, SourceIn]) -> c.Fact:
    source = sources.get(stated.source or "")
    if source is None:
        return c.Fact(None, None, stated.confidence)
    return c.Fact(source.id, stated.checked or source.checked, stated.confidence or source.confidence)


def _papers(pack: PackIn, sources: Mapping[str, SourceIn]) -> tuple[c.Paper, ...]:
    return tuple(
        c.Paper(p.id, p.mode, p.form, p.count, p.not_needed_if_in_database, _fact(p, sources))
        for p in pack.papers
    )


def _fee(fee: FeeIn, sources: Mapping[str, SourceIn]) -> c.Fee:
    channels, fact = tuple(fee.channels), _fact(fee, sources)
    if isinstance(fee.amount, int):
        return c.Fee(fee.id, channels, "amount", fee.amount, fact)
    return c.Fee(fee.id, channels, fee.amount, None, fact)


def _steps(pack: PackIn, sources: Mapping[str, SourceIn]) -> tuple[c.Step, ...]:
    return tuple(
        c.Step(
            id=step.id,
            who=step.who,
            papers=tuple(step.papers),
            volunteer_stops=step.volunteer_stops,
            officer_only=step.officer_only,
            fact=_fact(step, sources) if step.source or step.confidence else None,
        )
        for step in pack.steps
    )
