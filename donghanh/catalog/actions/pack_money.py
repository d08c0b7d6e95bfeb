"""What is wrong with fees, exemptions, receipts, eligibility and groups of papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from donghanh.catalog.actions.pack_draft import Draft
from donghanh.catalog.actions.pack_schema import FeeIn
from donghanh.catalog.actions.pack_shape import suggestion
from donghanh.catalog.actions.pack_yaml import Problem

FOREVER = "9999-12-31"
# Fees that follow one another in time: same channel, same unit, same condition.
Line = tuple[str, str, str | None]


def checked_money(draft: Draft) -> Iterator[Problem]:
    """Every problem of these that holds whatever day it is."""
    yield from _periods(draft)
    yield from _exemptions(draft)
    yield from _receipts(draft)
    yield from _eligibility(draft)
    yield from _groups(draft)
    if draft.pack.format == "2":
        yield from _unsourced(draft)


def checked_on_a_day(draft: Draft, today: date) -> Iterator[Problem]:
    """What has run out by this day, and what nobody knows of it."""
    day = today.isoformat()
    for (channel, _, _), fees in _lines(draft.pack.fees).items():
        dated = [(i, fee) for i, fee in fees if fee.valid_from or fee.valid_to]
        if not dated or any(_holds(fee, day) for _, fee in fees):
            continue
        last = max(dated, key=lambda pair: pair[1].valid_to or FOREVER)
        i, fee = last
        if fee.valid_to and fee.valid_to < day:
            what = f"fee “{fee.id}” ran out on {fee.valid_to}"
            yield Problem(draft.spot("fees", i, "valid_to"), what, "add the fee that holds now", "expired")
        else:
            what = f"no fee of the channel {channel} holds today"
            yield Problem(draft.spot("fees", i, "id"), what, "add the fee that holds now", "fee-hole")


def _periods(draft: Draft) -> Iterator[Problem]:
    for i, fee in enumerate(draft.pack.fees):
        if fee.valid_from and fee.valid_to and fee.valid_from > fee.valid_to:
            spot = draft.spot("fees", i, "valid_from")
            yield Problem(spot, f"fee “{fee.id}” ends before it begins", "exchange the days", "contradiction")
    for (channel, _, _), fees in _lines(draft.pack.fees).items():
        dated = sorted(
            ((i, fee) for i, fee in fees if fee.valid_from or fee.valid_to),
            key=lambda pair: pair[1].valid_from or "",
        )
        for (_, before), (i, fee) in pairwise(dated):
            if (before.valid_to or FOREVER) >= (fee.valid_from or ""):
                what = f"fee “{fee.id}” begins before “{before.id}” ends, both {channel}"
                advice = f"end “{before.id}” the day before"
                yield Problem(draft.spot("fees", i, "valid_from"), what, advice, "fee-overlap")
            elif (before.valid_to or FOREVER) < _day_before(fee.valid_from or ""):
                what = f"no fee of the channel {channel} holds between “{before.id}” and “{fee.id}”"
                yield Problem(
                    draft.spot("fees", i, "valid_from"), what, "leave no day between them", "fee-hole"
                )


def _lines(fees: list[FeeIn]) -> dict[Line, list[tuple[int, FeeIn]]]:
    lines: dict[Line, list[tuple[int, FeeIn]]] = defaultdict(list)
    for i, fee in enumerate(fees):
        for channel in fee.channels:
            lines[(channel, fee.per, fee.when)].append((i, fee))
    return lines


def _holds(fee: FeeIn, day: str) -> bool:
    return (fee.valid_from or "") <= day <= (fee.valid_to or FOREVER)


def _day_before(day: str) -> str:
    return date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()


def _exemptions(draft: Draft) -> Iterator[Problem]:
    known = [fee.id for fee in draft.pack.fees]
    for i, exemption in enumerate(draft.pack.fee_exemptions):
        for j, name in enumerate(exemption.fees):
            if name not in known:
                spot = draft.spot("fee_exemptions", i, "fees", j)
                advice = suggestion(name, known, "add it under “fees:”")
                yield Problem(spot, f"there is no fee “{name}”", advice, "missing-reference")


def _receipts(draft: Draft) -> Iterator[Problem]:
    known = [portal.id for portal in draft.pack.portals]
    for i, receipt in enumerate(draft.pack.receipts):
        if receipt.portal not in known:
            spot = draft.spot("receipts", i, "portal")
            advice = suggestion(receipt.portal, known, "add it under “portals:”")
            yield Problem(spot, f"there is no portal “{receipt.portal}”", advice, "missing-reference")


def _eligibility(draft: Draft) -> Iterator[Problem]:
    known = [referral.id for referral in draft.pack.referrals]
    for i, rule in enumerate(draft.pack.eligibility):
        if rule.refer is not None and rule.refer not in known:
            spot = draft.spot("eligibility", i, "refer")
            advice = suggestion(rule.refer, known, "add it under “referrals:”")
            yield Problem(spot, f"there is no referral “{rule.refer}”", advice, "missing-reference")


def _groups(draft: Draft) -> Iterator[Problem]:
    groups = [paper.one_of for paper in draft.pack.papers if paper.one_of]
    for i, paper in enumerate(draft.pack.papers):
        if paper.one_of and groups.count(paper.one_of) == 1:
            what = f"“{paper.id}” is the only paper of the group “{paper.one_of}”"
            yield Problem(
                draft.spot("papers", i, "one_of"), what, "add the other one, or remove “one_of”", "one-of"
            )


def _unsourced(draft: Draft) -> Iterator[Problem]:
    pack = draft.pack
    for name in ("fees", "fee_exemptions", "eligibility", "receipts"):
        for i, item in enumerate(getattr(pack, name)):
            if item.source is None:
                spot = draft.spot(name, i, "id")
                yield Problem(spot, f"{name}.{item.id} has no source", "add “source:”", "no-source")
    if pack.time_limit.source is None and pack.kind == "procedure":
        yield Problem(draft.spot("time_limit"), "time_limit has no source", "add “source:”", "no-source")
