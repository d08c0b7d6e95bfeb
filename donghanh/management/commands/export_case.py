"""`donghanh export-case ID`: all that was answered in a case, as JSON, for the person it is about."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from donghanh.cases.actions.exporting import export
from donghanh.cases.models import Case
from donghanh.cases.rules.codes import read_code
from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import House


class Command(BaseCommand):
    """Print a case; the journal keeps that it was given out."""

    help = "Print what was answered in a case as JSON: values, who entered them, sources, edition, ticks."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which case, in which language its procedure is named."""
        parser.add_argument("id", metavar="ID", help="id of the case, or the code of an open one")
        parser.add_argument("--language", default="vi", choices=("vi", "en", "fr"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Find, export, print."""
        try:
            exported = export(self._case(options["id"]), by=House(), language=options["language"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps(exported, ensure_ascii=False, indent=1))

    def _case(self, named: str) -> Case:
        try:
            cases = Case.objects.filter(pk=UUID(named))
        except ValueError:
            cases = Case.objects.filter(code=read_code(named), finished_at__isnull=True).exclude(code="")
        found = list(cases[:2])
        if len(found) != 1:
            raise CommandError("There is no such case here. Give its id, or the code of an open case.")
        return found[0]
