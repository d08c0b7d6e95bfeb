"""What the shape alone cannot tell: ids used twice, names that lead nowhere, facts that clash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from donghanh.catalog.actions.pack_draft import Draft
from donghanh.catalog.actions.pack_schema import NEEDS_FORMAT_2, PackIn
from donghanh.catalog.actions.pack_shape import Loc, key_spot, spot_of, suggestion
from donghanh.catalog.actions.pack_values import Sourced
from donghanh.catalog.actions.pack_yaml import Node, Problem

LISTS = (
    *("roles", "questions", "eligibility", "papers", "fees", "fee_exemptions"),
    *("portals", "receipts", "results", "steps", "referrals", "sources"),
)


def checked_pack(draft: Draft) -> list[Problem]:
    """Every problem between the parts of a well-shaped pack."""
    pack, tree, folder = draft.pack, draft.trees["pack.yaml"], draft.folder
    return [
        *_format(pack, tree),
        *_identity(pack, tree, folder),
        *_twice(pack, tree),
        *_sources(pack, tree),
        *_papers(pack, tree),
        *_limit(pack, tree),
        *_steps(pack, tree),
        *_minutes(pack, tree),
    ]


def _format(pack: PackIn, tree: Node) -> Iterator[Problem]:
    if pack.format == "2":
        return
    places: list[Loc] = [
        (name, index, key) if name else (key,)
        for name, keys in NEEDS_FORMAT_2.items()
        for index, item in enumerate(getattr(pack, name) if name else [pack])
        for key in keys
        if key in item.model_fields_set
    ]
    if places:
        more = f" and {len(places) - 1} more keys" if len(places) > 1 else ""
        what = f"this needs format 2: “{places[0][-1]}”{more}"
        yield Problem(key_spot(tree, places[0]), what, "write format: 2", "format")


def _identity(pack: PackIn, tree: Node, folder: str) -> Iterator[Problem]:
    right, other = ("code", "id") if pack.kind == "procedure" else ("id", "code")
    own = getattr(pack, right)
    if getattr(pack, other) is not None:
        what = f"a {pack.kind} has no “{other}”"
        yield Problem(spot_of(tree, [other]), what, f"remove it; a {pack.kind} is known by its “{right}”")
    if own is None:
        yield Problem(spot_of(tree, ["kind"]), f"key “{right}” is missing", f"a {pack.kind} needs “{right}:”")
    elif own != folder:
        what = f"“{own}” stands in the folder “{folder}”"
        yield Problem(spot_of(tree, [right]), what, f"rename the folder to “{own}” or correct the {right}")
    if pack.kind == "procedure":
        for key in ("online", "levels", "fees", "portals", "results"):
            if not getattr(pack, key):
                advice = f"add “{key}:”; what is not known is written as unknown, never left out"
                yield Problem(spot_of(tree, ["kind"]), f"a procedure needs “{key}”", advice)


def _twice(pack: PackIn, tree: Node) -> Iterator[Problem]:
    for name in LISTS:
        seen: dict[str, int] = {}
        for index, item in enumerate(getattr(pack, name)):
            first = seen.setdefault(item.id, index)
            if first != index:
                line = spot_of(tree, [name, first, "id"]).line
                spot = spot_of(tree, [name, index, "id"])
                yield Problem(
                    spot, f"id “{item.id}” stands twice in {name}", f"rename one; the first is on line {line}"
                )


def _sources(pack: PackIn, tree: Node) -> Iterator[Problem]:
    known = [source.id for source in pack.sources]
    for loc, item in _sourced(pack):
        if item.source is not None and item.source not in known:
            advice = suggestion(item.source, known, f"known sources are {', '.join(known)}")
            yield Problem(spot_of(tree, [*loc, "source"]), f"there is no source “{item.source}”", advice)
        if item.source is None and (item.checked or item.confidence in ("H", "M")):
            what = "a date or a confidence without a source"
            yield Problem(spot_of(tree, loc), what, "name the source, or leave only confidence L or GK")


def _sourced(pack: PackIn) -> Iterator[tuple[list[str | int], Sourced]]:
    for name in ("online", "account", "exemptions", "time_limit"):
        item: Any = getattr(pack, name)
        if item is not None:
            yield [name], item
    for name in LISTS:
        items: Sequence[Any] = getattr(pack, name)
        for index, item in enumerate(items):
            if isinstance(item, Sourced):
                yield [name, index], item
            for row, check in enumerate(getattr(item, "checks", ())):
                yield [name, index, "checks", row], check


def _papers(pack: PackIn, tree: Node) -> Iterator[Problem]:
    known = [paper.id for paper in pack.papers]
    used: set[str] = set()
    for number, step in enumerate(pack.steps):
        used.update(step.papers)
        for index, name in enumerate(step.papers):
            if name not in known:
                otherwise = f"known papers are {', '.join(known)}" if known else "add it under “papers:”"
                spot = spot_of(tree, ["steps", number, "papers", index])
                what = f"step “{step.id}” names the unknown paper “{name}”"
                yield Problem(spot, what, suggestion(name, known, otherwise))
    for index, paper in enumerate(pack.papers):
        if paper.id not in used:
            spot = spot_of(tree, ["papers", index, "id"])
            yield Problem(
                spot, f"no step uses the paper “{paper.id}”", "name it in the step where it is looked at"
            )
        if paper.count < 1:
            yield Problem(
                spot_of(tree, ["papers", index, "count"]),
                "count is 0",
                "write 1 or more, or remove the paper",
            )


def _limit(pack: PackIn, tree: Node) -> Iterator[Problem]:
    limit = pack.time_limit
    counts_days = limit.kind in ("working_days", "calendar_days")
    spot = spot_of(tree, ["time_limit"])
    if counts_days and not limit.days:
        yield Problem(spot, f"{limit.kind} without a number of days", "add “days:”, 1 or more")
    if not counts_days and limit.days is not None:
        yield Problem(
            spot_of(tree, ["time_limit", "days"]),
            f"{limit.kind} has no days",
            "remove “days:” or change the kind",
        )
    if limit.cutoff is not None and limit.kind != "same_day" and not counts_days:
        advice = "remove “cutoff:” or change the kind"
        yield Problem(spot_of(tree, ["time_limit", "cutoff"]), f"{limit.kind} has no cut-off hour", advice)
    if pack.kind == "procedure" and limit.kind == "none":
        yield Problem(spot, "a procedure always has a time limit", "write kind: unknown when nobody knows it")


def _steps(pack: PackIn, tree: Node) -> Iterator[Problem]:
    for number, step in enumerate(pack.steps):
        if step.officer_only and step.who != "officer":
            spot = spot_of(tree, ["steps", number, "who"])
            yield Problem(
                spot, f"step “{step.id}” is for officers only, but {step.who} acts", "write who: officer"
            )


def _minutes(pack: PackIn, tree: Node) -> Iterator[Problem]:
    guess = pack.usual_minutes
    if not 1 <= guess.p50 <= guess.p80 <= 480:
        what = "usual_minutes must grow from p50 to p80, between 1 and 480"
        yield Problem(
            spot_of(tree, ["usual_minutes"]), what, "p50: half are faster; p80: eight in ten are faster"
        )
