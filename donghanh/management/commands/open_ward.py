"""`donghanh open-ward CODE --username NAME`: the first ward and its administrator on an empty installation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from donghanh.kernel.errors import Refusal
from donghanh.management.opening import open_ward


class Command(BaseCommand):
    """Open a ward."""

    help = "Open the ward of this area code, with usual hours and series and an administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which ward, and who administers it."""
        parser.add_argument("code", help="the five digits of the commune, e.g. 31153")
        parser.add_argument("--username", required=True, help="the administrator's sign-in name")
        parser.add_argument("--full-name", default="", help="the administrator's name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open it and show the one-time password."""
        try:
            opened = open_ward(
                options["code"],
                username=options["username"],
                full_name=options["full_name"] or options["username"],
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{opened.ward} ({opened.ward.pk}, {opened.ward.province_name}) keeps its desk here now."
        )
        self.stdout.write(
            f"Sign in as {opened.administrator.username} with the one-time password {opened.password}"
        )
        self.stdout.write("and choose a password and a second factor of your own. Then see the office.")
