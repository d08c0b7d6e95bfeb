"""`donghanh work`: deliver errands and keep the nights: close days, forget what is due."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from donghanh.kernel import outbox
from donghanh.management.couriers import COURIERS, post_nightly

PAUSE_SECONDS = 5.0
# The night's errands are posted long before they are due; looking every ten minutes is enough.
POST_EVERY = 600.0


class Command(BaseCommand):
    """The worker: one is enough for many wards; two never carry one errand."""

    help = "Deliver due errands, for ever or --once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Once, for a timer; or for ever."""
        parser.add_argument("--once", action="store_true", help="deliver what is due now and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        """Post the night's errands, deliver, pause, again."""
        posted_at = float("-inf")
        while True:
            if time.monotonic() - posted_at >= POST_EVERY:
                post_nightly()
                posted_at = time.monotonic()
            done = outbox.deliver_due(COURIERS)
            if options["once"]:
                self.stdout.write(f"{done} errands delivered.")
                return
            close_old_connections()
            time.sleep(PAUSE_SECONDS)
