"""What an officer must confirm before an edition is published, and what it does not know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.fact import Confidence, Fact
from donghanh.catalog.rules.texts import questions_at

WEAK: frozenset[Confidence] = frozenset({"L", "GK"})


@dataclass(frozen=True, slots=True)
class Doubt:
    """One statement that nobody may take for granted. `where` names it: papers.birth_note."""

    where: str
    reason: Literal["weak_source", "no_source"]
    source: str | None
    confidence: Confidence | None


def unverified(content: EditionContent) -> list[Doubt]:
    """Every fact with a weak source (L, GK) or none, in reading order."""
    return [doubt for where, fact in facts(content) if (doubt := _doubt(where, fact)) is not None]


def gaps(content: EditionContent) -> list[str]:
    """What the edition leaves open for the ward to fill in: unknown limits, fees set elsewhere."""
    open_fees = [f"fees.{fee.id}" for fee in content.fees if fee.kind != "amount"]
    open_limit = ["time_limit"] if content.time_limit.kind == "unknown" else []
    open_mode = ["online"] if content.online and content.online.mode == "unknown" else []
    return open_mode + open_fees + open_limit


def facts(content: EditionContent) -> Iterator[tuple[str, Fact]]:
    """Every statement of the edition that has, or should have, a source."""
    if content.online:
        yield "online", content.online.fact
    yield "account", content.account.fact
    for rule in content.eligibility:
        if rule.fact is not None:
            yield f"eligibility.{rule.id}", rule.fact
    for place, question in questions_at(content):
        for check in question.checks:
            if check.fact is not None:
                yield f"{place}.checks.{check.id}", check.fact
    for paper in content.papers:
        yield f"papers.{paper.id}", paper.fact
    for fee in content.fees:
        yield f"fees.{fee.id}", fee.fact
    for exemption in content.fee_exemptions:
        yield f"fee_exemptions.{exemption.id}", exemption.fact
    if content.exemptions:
        yield "exemptions", content.exemptions
    yield "time_limit", content.time_limit.fact
    for portal in content.portals:
        yield f"portals.{portal.id}", portal.fact
    for receipt in content.receipts:
        yield f"receipts.{receipt.id}", receipt.fact
    for result in content.results:
        yield f"results.{result.id}", result.fact
    for step in content.steps:
        if step.fact is not None:
            yield f"steps.{step.id}", step.fact
    for referral in content.referrals:
        yield f"referrals.{referral.id}", referral.fact


def _doubt(where: str, fact: Fact) -> Doubt | None:
    if fact.source is None or fact.confidence is None:
        return Doubt(where, "no_source", None, fact.confidence)
    if fact.confidence in WEAK:
        return Doubt(where, "weak_source", fact.source, fact.confidence)
    return None
