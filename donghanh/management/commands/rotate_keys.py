"""`donghanh rotate-keys`: a fresh key, and everything that is kept closed is closed anew under it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from donghanh.cases.actions.rotating import rotate_answers
from donghanh.kernel.crypto import save_keyring
from donghanh.kernel.errors import Refusal
from donghanh.kernel.keys import key_file, ring
from donghanh.people.actions.rotating import rotate_numbers
from donghanh.teams.actions.second_factors import rotate_second_factors


class Command(BaseCommand):
    """Rotate the encryption keys while people work."""

    help = (
        "Make a new current key and re-encrypt all identity numbers, answers and second factors;"
        " stopped half-way, run it with --resume."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """A stopped run goes on without another new key."""
        parser.add_argument(
            "--resume", action="store_true", help="go on under the current key, make no new one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """First the key is safe on disk, then values are closed under it; old keys stay to open old backups."""
        try:
            keys = ring() if options["resume"] else ring().rotated()
            save_keyring(key_file(), keys)
            numbers, factors = rotate_numbers(keys), rotate_second_factors(keys)
            answers = rotate_answers(keys)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{numbers} numbers and {factors} second factors closed anew under key {keys.current},"
            f" and {answers} answers of cases."
            " Back the key file up now."
        )
