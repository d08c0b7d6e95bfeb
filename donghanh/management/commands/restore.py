"""`donghanh restore FILE`: put a backup back, or say why not and change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from donghanh.kernel.errors import Refusal
from donghanh.management.backups import as_lines
from donghanh.management.restoring import restore
from donghanh.management.standing import only_one


class Command(BaseCommand):
    """Restore a backup."""

    help = "Restore FILE into this installation (stop the server first)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, and whether it may take the place of data that is here."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="take the place of the data that is here")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, then restore in one step."""
        try:
            with only_one():
                manifest = restore(options["file"], replace=options["replace"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        for line in as_lines(manifest):
            self.stdout.write(line)
        self.stdout.write("Restored. Run `donghanh doctor` to see that it is whole.")
