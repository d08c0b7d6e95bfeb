"""What must be so before the server opens its door; each lack is said with what to do."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from donghanh.kernel.crypto import load_keyring
from donghanh.kernel.errors import Refusal
from donghanh.kernel.keys import closed_rows
from donghanh.kernel.models import JournalEntry, JournalHead


def make_ready(*, migrate: bool) -> None:
    """Fail with a CommandError that names the lack; migrate the database if asked to."""
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    _database()
    _migrations(migrate)
    _demo_or_real()
    _keys(settings.DATA / "keys.json")


def folder_is_ours(folder: Path) -> None:
    """Fail with a CommandError unless the data folder is there, or can be made, and is writable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise CommandError(
            f"The data folder {folder} cannot be made: {refused.strerror}. Set DONGHANH_DATA."
        ) from refused
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CommandError(
            f"The data folder {folder} is not writable. Give it to this user, or set DONGHANH_DATA."
        )


def _database() -> None:
    try:
        connection.ensure_connection()
    except OperationalError as refused:
        raise CommandError(
            f"The database does not answer: {str(refused).strip()}\n"
            "Start it, or mend DONGHANH_DATABASE_URL (postgresql://user:password@host:5432/name)."
        ) from refused


def _migrations(migrate: bool) -> None:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing and not migrate:
        raise CommandError(
            f"{len(missing)} migrations are not applied. Back up, then run `donghanh migrate`,"
            " or start with `donghanh serve --migrate`."
        )
    if missing:
        call_command("migrate", interactive=False, verbosity=0)


def _demo_or_real() -> None:
    """The demo's passwords are printed in its documents: its data are served as the demo or not at all."""
    if settings.DEMO:
        return
    # The mark is among the first links of its ward's chain, so this asks the index and not the whole journal.
    heads = JournalHead.objects.values_list("ward", flat=True)
    if JournalEntry.objects.filter(ward__in=list(heads), seq__lte=50, verb="demo.lay").exists():
        raise CommandError(
            f"The data in {settings.DATA} are the demo's, whose passwords everybody knows. Serve them with"
            " `donghanh demo`, or choose an empty folder (DONGHANH_DATA) and open a ward there: donghanh open-ward"
        )


def _keys(file: Path) -> None:
    if not closed_rows():
        return
    try:
        load_keyring(file)
    except Refusal as missing:
        raise CommandError(
            "Identity numbers or second factors are encrypted, but the key file"
            f" {file} is missing or does not read ({missing})."
            " Restore it from the same backup."
        ) from missing
