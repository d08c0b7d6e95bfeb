"""`pack publish`: packs become editions; two people answer for each."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from donghanh.catalog.actions.pack_trial import tried
from donghanh.catalog.actions.publish import publish
from donghanh.catalog.rules import EditionContent, gaps, unverified
from donghanh.kernel import clock
from donghanh.kernel.errors import Refusal
from donghanh.management.packs.layouts import lint_whole
from donghanh.management.packs.verb import CALLED_WRONGLY, WELL, WRONG, Say, Verb, add_paths, packs_at
from donghanh.teams.models import Member
from donghanh.teams.rules import require


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_paths(parser)
    parser.add_argument("--officer", required=True, help="login of the officer who publishes")
    parser.add_argument(
        "--author", required=True, help="login of whoever wrote or checked the pack: another one"
    )
    parser.add_argument(
        "--confirm-unverified", action="store_true", help="the officer has checked every fact listed"
    )


def _run(options: Mapping[str, Any], say: Say) -> int:
    officer, author = _member(options["officer"]), _member(options["author"])
    if officer.pk == author.pk:
        raise CommandError("Author and officer must be two people.", returncode=CALLED_WRONGLY)
    try:
        require(officer.role, "publish_procedure")
    except Refusal as refusal:
        raise CommandError(str(refusal), returncode=CALLED_WRONGLY) from refusal
    contents, is_clean = [], True
    for pack in packs_at(options["path"]):
        content = _clean(pack, say)
        if content is None or (not _confirmed(content, say) and not options["confirm_unverified"]):
            is_clean = False
        else:
            contents.append(content)
    if not is_clean:
        say("Nothing was published.")
        return WRONG
    for content in contents:
        made = publish(content, by=officer, author=author.actor_id)
        word = "published" if made.is_new else "holds already"
        say(f"{content.id}: edition {made.edition.number} {word}, {made.edition.hash}")
    return WELL


def _member(username: str) -> Member:
    found = Member.objects.filter(username=username.strip().lower(), is_active=True).first()
    if found is None:
        raise CommandError(f"There is no active member “{username}”.", returncode=CALLED_WRONGLY)
    return found


def _clean(pack: Path, say: Say) -> EditionContent | None:
    """The content, when lint and every test case are clean."""
    linted = lint_whole(pack, clock.today())
    for problem in linted.errors:
        say(f"{pack.name}/{problem}")
    if not linted.contents:
        return None
    wrong = [(trial, one) for trial in tried(pack) for one in trial.differences]
    for trial, difference in wrong:
        say(f"{pack.name}/{trial.file}: {trial.name}: {difference}")
    return None if wrong else linted.contents[0]


def _confirmed(content: EditionContent, say: Say) -> bool:
    """Whether nothing is left to confirm; what is left is listed."""
    doubts = unverified(content)
    for doubt in doubts:
        source = doubt.source or "no source"
        say(f"{content.id}: {doubt.where} is unverified ({source}, {doubt.confidence or 'no confidence'})")
    for gap in gaps(content):
        say(f"{content.id}: {gap} is open; the ward fills it in")
    if doubts:
        say(f"{content.id}: check these {len(doubts)} facts, then add --confirm-unverified")
    return not doubts


PUBLISH = Verb("publish", "publish packs as editions", _arguments, _run)
