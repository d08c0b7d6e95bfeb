"""`pack diff`: what changes from one edition to another."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from donghanh.catalog.actions.read_pack import WrongPack, read_pack
from donghanh.catalog.models import Edition
from donghanh.catalog.rules import EditionContent, from_json
from donghanh.catalog.rules.changes import Change, changes
from donghanh.management.packs.verb import CALLED_WRONGLY, WELL, Say, Verb

# What a change does to answers already given, in words.
EFFECTS = {
    "keep": "answers stay",
    "ask_again": "asked again, the old answer is shown beside",
    "ask_if": "asked again of those who chose it",
    "drop": "answers are kept aside, no longer used",
    "ask_new": "asked in addition",
    "look_again": "no answer is touched",
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    words = "a pack, or CODE for the published edition, or CODE@NUMBER for an earlier one"
    parser.add_argument("old", help=words)
    parser.add_argument("new", help=words)
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")


def _run(options: Mapping[str, Any], say: Say) -> int:
    found = changes(_content(options["old"]), _content(options["new"]))
    if options["json"]:
        say(json.dumps([asdict(change) for change in found], ensure_ascii=False, indent=1))
        return WELL
    for change in found:
        say(_line(change))
    again = {c.question for c in found if c.effect in ("ask_again", "ask_if")} - {None}
    new = sum(1 for c in found if c.effect == "ask_new")
    say(f"{len(found)} changes: {len(again)} questions may be asked again, {new} are new.")
    return WELL


def _line(change: Change) -> str:
    language = f" ({change.language})" if change.language else ""
    was, now = change.old or "nothing", change.new or "nothing"
    return f"{change.kind} {change.where}{language}: {was} → {now}; {EFFECTS[change.effect]}"


def _content(named: str) -> EditionContent:
    path = Path(named)
    if path.is_dir():
        try:
            return read_pack(path)
        except WrongPack as refused:
            raise CommandError(str(refused)) from refused
    code, _, number = named.partition("@")
    editions = Edition.objects.filter(procedure__code=code)
    editions = editions.filter(number=int(number)) if re.fullmatch(r"[0-9]{1,6}", number) else editions
    if not number:
        editions = editions.filter(procedure__current__hash__isnull=False).order_by(
            "-procedure__current", "-number"
        )
        current = next((one for one in editions if one.procedure.current_id == one.pk), None)
    else:
        current = editions.first()
    if current is None:
        raise CommandError(
            f"“{named}” is neither a folder nor a published edition.", returncode=CALLED_WRONGLY
        )
    return from_json(current.content)


DIFF = Verb("diff", "list what changes from one pack or edition to another", _arguments, _run)
