"""From a checked pack to the content of an edition, every fact with its source spelt out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from donghanh.catalog.actions.pack_conditions import Compiled
from donghanh.catalog.actions.pack_form_schema import FormIn, PortalMapIn
from donghanh.catalog.actions.pack_guidance import (
    eligibility_of,
    fact_of,
    form_of,
    portal_map_of,
    questions_of,
)
from donghanh.catalog.actions.pack_schema import FeeIn, PackIn, SourceIn
from donghanh.catalog.rules import content as c
from donghanh.catalog.rules import guidance as g


def content_of(
    pack: PackIn,
    texts: Mapping[str, Mapping[str, str]],
    conditions: Compiled,
    forms: Mapping[str, FormIn],
    portal_maps: Mapping[str, PortalMapIn],
    media: Mapping[str, str],
) -> c.EditionContent:
    """The content with these texts. Facts take date and confidence from their source by default."""
    bare = _stated(pack, texts)
    sources = {source.id: source for source in pack.sources}
    maps = ((name, portal_maps[name]) for name in pack.portal_maps if name in portal_maps)
    return replace(
        bare,
        papers=_papers(pack, sources, conditions),
        fees=_fees(pack, sources, conditions),
        steps=_steps(pack, sources, conditions),
        roles=tuple(g.Role(role.id, role.beneficiary) for role in pack.roles),
        questions=questions_of(pack.questions, conditions, sources),
        eligibility=eligibility_of(pack.eligibility, conditions, sources),
        fee_exemptions=_exemptions(pack, sources, conditions),
        forms=tuple(form_of(name, forms[name], conditions) for name in pack.forms if name in forms),
        portal_maps=tuple(portal_map_of(name, one, conditions) for name, one in maps),
        media=dict(media) or None,
    )


def _stated(pack: PackIn, texts: Mapping[str, Mapping[str, str]]) -> c.EditionContent:
    """What needs no condition and no other file."""
    sources = {source.id: source for source in pack.sources}
    limit, minutes = pack.time_limit, pack.usual_minutes
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
        online=c.Online(pack.online.mode, fact_of(pack.online, sources)) if pack.online else None,
        account=c.Account(pack.account.who, fact_of(pack.account, sources)),
        papers=(),
        fees=(),
        exemptions=fact_of(pack.exemptions, sources) if pack.exemptions else None,
        time_limit=c.TimeLimit(limit.kind, limit.days, limit.cutoff, fact_of(limit, sources)),
        usual_minutes=c.HelpMinutes(minutes.p50, minutes.p80, minutes.basis),
        portals=tuple(c.Portal(p.id, p.kind, p.address, fact_of(p, sources)) for p in pack.portals),
        results=tuple(c.Result(r.id, fact_of(r, sources)) for r in pack.results),
        steps=(),
        referrals=tuple(c.Referral(r.id, r.to, fact_of(r, sources)) for r in pack.referrals),
        sources=tuple(c.Source(s.id, s.title, s.checked, s.confidence, s.url) for s in pack.sources),
        texts=texts,
        format=int(pack.format),
        receipts=tuple(c.Receipt(r.id, r.portal, fact_of(r, sources)) for r in pack.receipts),
    )


def _fees(pack: PackIn, sources: Mapping[str, SourceIn], conditions: Compiled) -> tuple[c.Fee, ...]:
    return tuple(
        _fee(fee, sources, conditions.get(("pack.yaml", "fees", i, "when")))
        for i, fee in enumerate(pack.fees)
    )


def _papers(pack: PackIn, sources: Mapping[str, SourceIn], conditions: Compiled) -> tuple[c.Paper, ...]:
    return tuple(
        c.Paper(
            id=p.id,
            mode=p.mode,
            form=p.form,
            count=p.count,
            not_needed_if_in_database=p.not_needed_if_in_database,
            fact=fact_of(p, sources),
            when=conditions.get(("pack.yaml", "papers", i, "when")),
            one_of=p.one_of,
        )
        for i, p in enumerate(pack.papers)
    )


def _fee(fee: FeeIn, sources: Mapping[str, SourceIn], when: g.Condition | None) -> c.Fee:
    return c.Fee(
        id=fee.id,
        channels=tuple(fee.channels),
        kind="amount" if isinstance(fee.amount, int) else fee.amount,
        amount=fee.amount if isinstance(fee.amount, int) else None,
        fact=fact_of(fee, sources),
        when=when,
        valid_from=fee.valid_from,
        valid_to=fee.valid_to,
        per=fee.per,
    )


def _exemptions(
    pack: PackIn, sources: Mapping[str, SourceIn], conditions: Compiled
) -> tuple[c.Exemption, ...]:
    return tuple(
        c.Exemption(
            id=one.id,
            fees=tuple(one.fees),
            fact=fact_of(one, sources),
            when=conditions.get(("pack.yaml", "fee_exemptions", i, "when")),
        )
        for i, one in enumerate(pack.fee_exemptions)
    )


def _steps(pack: PackIn, sources: Mapping[str, SourceIn], conditions: Compiled) -> tuple[c.Step, ...]:
    return tuple(
        c.Step(
            id=step.id,
            who=step.who,
            papers=tuple(step.papers),
            volunteer_stops=step.volunteer_stops,
            officer_only=step.officer_only,
            fact=fact_of(step, sources) if step.source or step.confidence else None,
            kind=step.kind,
            when=conditions.get(("pack.yaml", "steps", i, "when")),
            ask=tuple(step.ask),
            eid=step.eid,
        )
        for i, step in enumerate(pack.steps)
    )
