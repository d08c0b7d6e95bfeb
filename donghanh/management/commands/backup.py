"""`donghanh backup FILE`: the ward in one file, taken while people work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from donghanh.management.backups import as_lines, take


class Command(BaseCommand):
    """Take a backup."""

    help = "Write database and media to FILE (a tar); with --with-keys the keys too."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and whether with the keys."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--with-keys", action="store_true", help="put keys.json into the file as well")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it and say what it holds."""
        target: Path = options["file"].resolve()
        if not target.parent.is_dir():
            raise CommandError(f"The folder {target.parent.name} does not exist. Make it first.")
        for line in as_lines(take(target, with_keys=options["with_keys"])):
            self.stdout.write(line)
