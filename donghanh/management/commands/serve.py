"""`donghanh serve`: pages, API and live stream on one port."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from donghanh.kernel.errors import Refusal
from donghanh.management.readiness import folder_is_ours, make_ready
from donghanh.management.serving import GRACE_SECONDS, dying_with, many_connections, run_many, run_one
from donghanh.management.standing import only_one

WORKERS_ON_POSTGRESQL = 2


class Command(BaseCommand):
    """One process on SQLite, DONGHANH_WORKERS (2) on PostgreSQL."""

    help = "Serve the house at DONGHANH_HOST and DONGHANH_PORT."

    def add_arguments(self, parser: CommandParser) -> None:
        """Host and port win over the environment."""
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument(
            "--workers", type=int, default=settings.WORKERS, help="processes; 0: as many as fit"
        )
        parser.add_argument("--migrate", action="store_true", help="apply missing migrations first")
        parser.add_argument("--with-work", action="store_true", help="run `donghanh work` beside it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, bind, serve; end within two seconds of a signal."""
        folder_is_ours(settings.DATA)
        try:
            with only_one():
                self._serve(options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _serve(self, options: dict[str, Any]) -> None:
        make_ready(migrate=options["migrate"])
        many_connections()
        host, port = options["host"], options["port"]
        workers = _workers(options["workers"])
        connection.close()
        with _worker_beside() if options["with_work"] else contextlib.nullcontext():
            if workers == 1:
                run_one(host, port, announce=lambda: self._announce(host, port, workers))
            else:
                run_many(host, port, workers, announce=lambda: self._announce(host, port, workers))

    def _announce(self, host: str, port: int, workers: int) -> None:
        processes = "1 process" if workers == 1 else f"{workers} processes"
        self.stdout.write(f"Đồng Hành listens on http://{host}:{port} ({processes})")
        self.stdout.flush()


def _workers(asked: int) -> int:
    if connection.vendor == "sqlite":
        if asked > 1:
            raise CommandError(
                "SQLite is served by one process. For more, use PostgreSQL (DONGHANH_DATABASE_URL)."
            )
        return 1
    return asked or WORKERS_ON_POSTGRESQL


@contextlib.contextmanager
def _worker_beside() -> Iterator[None]:
    worker = subprocess.Popen(
        [sys.executable, "-m", "donghanh", "work"],
        preexec_fn=dying_with(os.getpid()),
        stdin=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()
