"""`donghanh pack VERB PATH…`: procedures as text files, from the first line to an edition.

A further verb is one more module of `donghanh.management.packs` and one more line below.
"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from donghanh.catalog.actions.read_pack import WrongPack
from donghanh.management.packs.audio import AUDIO
from donghanh.management.packs.building import BUILD
from donghanh.management.packs.comparing import DIFF
from donghanh.management.packs.linting import LINT
from donghanh.management.packs.preview import PREVIEW
from donghanh.management.packs.publishing import PUBLISH
from donghanh.management.packs.schema import SCHEMA
from donghanh.management.packs.spreadsheets import EXPORT, IMPORT
from donghanh.management.packs.starting import NEW
from donghanh.management.packs.trying import TEST
from donghanh.management.packs.verb import CALLED_WRONGLY

VERBS = {
    verb.name: verb
    for verb in (NEW, LINT, TEST, BUILD, SCHEMA, DIFF, PUBLISH, IMPORT, EXPORT, AUDIO, PREVIEW)
}


class Command(BaseCommand):
    """Exit code 0: all is well. 1: something is wrong with a pack. 2: called wrongly."""

    help = "Write, check, test, compare and publish procedure packs."
    # Packs are files: checking them needs neither a database nor the settings of a ward.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One verb, with arguments of its own."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        for verb in VERBS.values():
            verb.add_arguments(verbs.add_parser(verb.name, help=verb.summary, description=verb.summary))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the verb, and leave with its exit code."""
        try:
            code = VERBS[options["verb"]].run(options, self.stdout.write)
        except WrongPack as refused:
            raise CommandError(str(refused), returncode=CALLED_WRONGLY) from refused
        if code:
            sys.exit(code)
