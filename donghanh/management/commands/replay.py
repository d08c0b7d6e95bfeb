"""`donghanh replay`: a day of arrivals through a running server's public interface."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from donghanh.kernel.errors import Refusal
from donghanh.management.arrivals import read_arrivals
from donghanh.management.caller import Caller
from donghanh.management.replaying import Replay


class Command(BaseCommand):
    """Read the whole file first: a wrong one sends nothing."""

    help = "Drive a running server with a day of arrivals: arrived_at, kind, service_seconds, priority."

    def add_arguments(self, parser: CommandParser) -> None:
        """The token may also come as DONGHANH_TOKEN, so that it stays out of the shell's history."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--url", default=f"http://{settings.HOST}:{settings.PORT}")
        parser.add_argument("--token", default=os.environ.get("DONGHANH_TOKEN", ""))
        parser.add_argument("--speed", type=float, default=60.0, help="60: a minute in a second")
        parser.add_argument("--counters", type=int, default=5)
        parser.add_argument("--point", default="", help="id; without it the only one the token sees")
        parser.add_argument("--day", default="", help="the day to take where the file has a column “day”")
        parser.add_argument("--limit", type=int, help="only the first so many arrivals")
        parser.add_argument("--levels", default="", help="priority:level pairs, such as 0:0,1:0,2:1")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay, then print the summary as one JSON line."""
        if options["speed"] <= 0 or options["counters"] < 1:
            raise CommandError("--speed must be above 0 and --counters at least 1.")
        try:
            day = read_arrivals(
                options["file"], day=options["day"], limit=options["limit"], levels=_levels(options["levels"])
            )
            if not options["token"]:
                raise CommandError(
                    "A token is needed. Make one with `donghanh token officer --point ID` and give it as --token or"
                    " DONGHANH_TOKEN."
                )
            caller = Caller(options["url"], options["token"])
            replay = Replay(
                caller,
                _point(caller, options["point"]),
                day,
                speed=options["speed"],
                counters=options["counters"],
                say=self.stderr.write,
            )
            summary = replay.run()
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps(summary, ensure_ascii=False))


def _point(caller: Caller, asked: str) -> str:
    points = caller.get("/points")
    if asked:
        return asked
    if len(points) == 1:
        return str(points[0]["id"])
    raise CommandError(
        "Say which point with --point: " + ", ".join(f"{one['name']} {one['id']}" for one in points)
    )


def _levels(written: str) -> dict[int, int] | None:
    if not written:
        return None
    try:
        pairs = [pair.split(":") for pair in written.split(",")]
        return {int(priority): int(level) for priority, level in pairs}
    except ValueError:
        raise CommandError(f"--levels {written}: write pairs such as 0:0,1:0,2:1.") from None
