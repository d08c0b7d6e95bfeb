"""Put a backup back: checked first, then laid in place in one step."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from donghanh.kernel.crypto import load_keyring
from donghanh.management.backups import (
    DATABASE,
    FromLaterRelease,
    KeysMissing,
    Manifest,
    NotABackup,
    OtherDatabase,
    WouldOverwrite,
    read_manifest,
    tables,
    unpack,
)
from donghanh.places.models import Ward


def restore(source: Path, *, replace: bool) -> Manifest:
    """Lay the backup in place of what is here.

    Refuses with NotABackup, OtherDatabase, FromLaterRelease, KeysMissing, WouldOverwrite; then
    nothing is changed. The database that was here is kept beside the new one (SQLite).
    """
    manifest = read_manifest(source)
    if manifest.vendor != connection.vendor:
        raise OtherDatabase(theirs=manifest.vendor, ours=connection.vendor)
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if set(manifest.migrations) - known:
        raise FromLaterRelease(version=manifest.version)
    if not replace and _is_in_use():
        raise WouldOverwrite()
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
        work = Path(folder)
        unpack(source, manifest, work)
        _check_keys(manifest, work)
        if connection.vendor == "sqlite":
            _check_sqlite(source, work / DATABASE)
            _place_sqlite(work / DATABASE)
        else:
            _fill_postgresql(work / "tables")
        if manifest.with_keys:
            (work / "keys.json").chmod(0o600)
            (work / "keys.json").replace(settings.DATA / "keys.json")
        _place_media(work / "media")
    call_command("migrate", verbosity=0)
    return manifest


def _is_in_use() -> bool:
    if Ward._meta.db_table not in connection.introspection.table_names():
        return False
    return Ward.objects.exists()


def _check_keys(manifest: Manifest, work: Path) -> None:
    if not manifest.protected_numbers:
        return
    for candidate in (work / "keys.json", settings.DATA / "keys.json"):
        if candidate.exists() and load_keyring(candidate).fingerprint() == manifest.key_fingerprint:
            return
    raise KeysMissing(
        count=manifest.protected_numbers,
        fingerprint=manifest.key_fingerprint,
        folder=settings.DATA.name + "/",
    )


def _check_sqlite(source: Path, copy: Path) -> None:
    with sqlite3.connect(copy) as database:
        said = database.execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok":
        raise NotABackup(file=source.name, problem=f"its database is damaged ({said})")


def _place_sqlite(copy: Path) -> None:
    target = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    if target.exists():
        # Fold the write-ahead log in first, so that the file set aside is whole.
        with sqlite3.connect(target) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        target.replace(target.with_name(target.name + ".before-restore"))
    for rest in ("-wal", "-shm"):
        target.with_name(target.name + rest).unlink(missing_ok=True)
    copy.replace(target)


def _fill_postgresql(folder: Path) -> None:
    call_command("migrate", verbosity=0)
    files = sorted(folder.glob("*.copy"))
    if strange := {file.stem for file in files} - set(tables()):
        raise NotABackup(
            file="the backup", problem=f"it has tables of no house: {', '.join(sorted(strange))}"
        )
    with transaction.atomic(), connection.cursor() as cursor:
        # Triggers and foreign keys rest while the tables are exchanged; all of it or nothing.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for file in files:
            cursor.execute(f'DELETE FROM "{file.stem}"')
        for file in files:
            with file.open("rb") as rows, cursor.cursor.copy(f'COPY "{file.stem}" FROM STDIN') as copy:
                while block := rows.read(1 << 16):
                    copy.write(block)
        for file in files:
            _set_sequences(file.stem)


def _set_sequences(table: str) -> None:
    with connection.cursor() as own:
        own.execute(
            "SELECT a.attname, pg_get_serial_sequence(%s, a.attname) FROM pg_attribute a"
            " WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped",
            [f'"{table}"', f'"{table}"'],
        )
        for column, sequence in own.fetchall():
            if sequence:
                own.execute(
                    f'SELECT setval(%s, coalesce((SELECT max("{column}") FROM "{table}"), 1))', [sequence]
                )


def _place_media(folder: Path) -> None:
    for file in sorted(folder.rglob("*")) if folder.exists() else []:
        if file.is_file():
            target = settings.DATA / "media" / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
