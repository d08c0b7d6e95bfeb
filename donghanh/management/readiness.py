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
from donghanh.people.models import Person


def make_ready(*, migrate: bool) -> None:
    """Fail with a CommandError that names the lack; migrate the database if asked to."""
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    _database()
    _migrations(migrate)
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


def _keys(file: Path) -> None:
    if not Person.objects.exclude(id_number="").exists():
        return
    try:
        load_keyring(file)
    except Refusal as missing:
        raise CommandError(
            f"Identity numbers are encrypted, but the key file {file} is missing or does not read ({missing})."
            " Restore it from the same backup."
        ) from missing
