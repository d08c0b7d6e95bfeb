"""`donghanh doctor`: is this ward whole?"""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from donghanh.management.doctor import findings


class Command(BaseCommand):
    """Look at everything; exit 1 and name the first broken row when something is."""

    help = "Verify the journal's chains, triggers, numbers, periods, editions and keys."

    def add_arguments(self, parser: CommandParser) -> None:
        """JSON for scripts."""
        parser.add_argument("--json", action="store_true", help="one JSON line a finding")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line a finding."""
        broken = 0
        for finding in findings():
            broken += bool(finding.broken)
            if options["json"]:
                self.stdout.write(
                    json.dumps({"what": finding.what, "seen": finding.seen, "broken": finding.broken})
                )
            elif finding.broken:
                self.stdout.write(
                    self.style.ERROR(f"BROKEN  {finding.what}: {finding.broken} ({finding.seen})")
                )
            else:
                self.stdout.write(f"ok      {finding.what}: {finding.seen}")
        if not options["json"]:
            self.stdout.write("The ward is whole." if not broken else f"{broken} things are broken.")
        if broken:
            sys.exit(1)
