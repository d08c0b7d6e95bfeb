"""`donghanh import-areas`: the country's provinces and communes, old and new."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import House
from donghanh.places.actions.areas import REFERENCE, import_areas, read_reference


class Command(BaseCommand):
    """Replace the area tables by the shipped files, or by files given."""

    help = "Take in the areas of the country (the shipped files, or --areas and --conversions)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Two optional files."""
        parser.add_argument("--areas", type=Path, default=REFERENCE / "areas.csv")
        parser.add_argument("--conversions", type=Path, default=REFERENCE / "conversions.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read both, then change the tables in one transaction."""
        try:
            areas, conversions = read_reference(options["areas"], options["conversions"])
        except Refusal as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        done = import_areas(areas, conversions, by=House())
        state = "taken in" if done.changed else "unchanged"
        self.stdout.write(f"{done.areas} areas and {done.conversions} conversions {state}.")
