"""Read packs/needs.yaml: which procedures an event of life leads to, in which order, and why."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import cast, get_args

from donghanh.catalog.actions.pack_yaml import Node
from donghanh.catalog.actions.strict_tree import Strict
from donghanh.catalog.rules.content import Confidence, Fact, Pictogram
from donghanh.catalog.rules.needs import TURNS, Need, Part, Turn

FILE = "needs.yaml"
SLUG = re.compile(r"[a-z][a-z0-9_]{0,39}")
MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")
LONGEST_NAME, LONGEST_WHY = 60, 160


def read_needs(folder: Path | str, known: Collection[str] | None = None) -> tuple[Need, ...]:
    """The needs of this folder of packs, leading to these codes only if they are given.

    Raises WrongListing with every problem found.
    """
    strict = Strict(FILE, known)
    parts = strict.keys(strict.tree(Path(folder) / FILE), needed=("format", "sources", "needs"))
    strict.one_of(parts.get("format"), "format", ("1",))
    sources = _sources(strict, parts.get("sources"))
    needs: dict[str, Need] = {}
    for item in strict.items(parts.get("needs"), "needs"):
        need = _need(strict, item, sources)
        if need.id in needs:
            strict.wrong(item.spot, f"id “{need.id}” stands twice in needs", "rename one")
        needs[need.id] = need
    strict.done()
    return tuple(needs.values())


def _sources(strict: Strict, node: Node | None) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for item in strict.items(node, "sources"):
        keys = strict.keys(item, needed=("id", "title", "checked", "confidence"))
        name = _slug(strict, keys.get("id"), "the id of a source")
        strict.text(keys.get("title"), "title")
        checked = strict.text(keys.get("checked"), "checked")
        if checked and not MONTH.fullmatch(checked):
            strict.wrong(keys["checked"].spot, f"“{checked:.60}” is not a month", "write it like 2026-11")
        sure = strict.one_of(keys.get("confidence"), "confidence", get_args(Confidence))
        found[name] = Fact(name, checked, cast(Confidence, sure or "GK"))
    return found


def _need(strict: Strict, node: Node, sources: dict[str, Fact]) -> Need:
    keys = strict.keys(node, needed=("id", "pictogram", "name", "hint", "procedures"))
    pictogram = strict.one_of(keys.get("pictogram"), "pictogram", get_args(Pictogram))
    listed = strict.items(keys.get("procedures"), "procedures")
    parts = tuple(_part(strict, item, sources) for item in listed)
    if "procedures" in keys and not parts:
        strict.wrong(keys["procedures"].spot, "procedures is empty", "name at least one")
    codes = [part.code for part in parts if part.code]
    for code in {code for code in codes if codes.count(code) > 1}:
        strict.wrong(node.spot, f"procedure {code} stands twice in one need", "keep one")
    return Need(
        id=_slug(strict, keys.get("id"), "the id of a need"),
        pictogram=cast(Pictogram, pictogram or "other"),
        name=strict.in_languages(keys.get("name"), "name", longest=LONGEST_NAME),
        hint=strict.in_languages(keys.get("hint"), "hint", longest=LONGEST_WHY),
        parts=parts,
    )


def _part(strict: Strict, node: Node, sources: dict[str, Fact]) -> Part:
    keys = strict.keys(node, needed=("turn", "why", "source"), free=("code", "name"))
    code = strict.text(keys.get("code"), "code") or None
    if code:
        strict.code(code, keys["code"].spot)
    if ("code" in keys) == ("name" in keys):
        strict.wrong(
            node.spot,
            "either a code or a name",
            "a procedure has “code:”, what is done elsewhere has “name:”",
        )
    source = strict.text(keys.get("source"), "source")
    if source and source not in sources:
        strict.wrong(
            keys["source"].spot, f"there is no source “{source:.60}”", f"known are {', '.join(sources)}"
        )
    return Part(
        code=code,
        turn=cast(Turn, strict.one_of(keys.get("turn"), "turn", TURNS) or "then"),
        why=strict.in_languages(keys.get("why"), "why", longest=LONGEST_WHY),
        name=strict.in_languages(keys["name"], "name", longest=LONGEST_NAME) if "name" in keys else None,
        fact=sources.get(source, Fact(None, None, None)),
    )


def _slug(strict: Strict, node: Node | None, name: str) -> str:
    said = strict.text(node, name)
    if node is not None and said and not SLUG.fullmatch(said):
        strict.wrong(node.spot, f"“{said:.60}” is no id", "use small letters, digits and _, a letter first")
    return said
