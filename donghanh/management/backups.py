"""Backup and restore: one file that holds a ward whole, taken while people work.

The file is a tar of a manifest, the database and the media. On SQLite the database is copied by
SQLite's own online backup; on PostgreSQL each table is copied inside one repeatable-read
transaction, so the copy is of one moment. The manifest names the hash of every member, the
journal heads and the fingerprint of the keys without which identity numbers stay closed.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

import donghanh
from donghanh.kernel import clock
from donghanh.kernel.crypto import load_keyring
from donghanh.kernel.errors import Refusal
from donghanh.kernel.keys import closed_rows
from donghanh.kernel.models import JournalHead

FORMAT = 1
DATABASE = "database.sqlite3"
# Sessions and throttles end with the server they belong to.
NOT_KEPT = {"django_session", "donghanh_cache", "django_migrations"}


class NotABackup(Refusal):
    """The file is no backup of ours, or was changed or cut short."""

    message = "{file} is not a whole backup: {problem}. Nothing was changed."


class KeysMissing(Refusal):
    """The backup holds protected values, but neither it nor this installation has their keys."""

    message = (
        "The backup holds {count} protected identity numbers and second factors, and its keys ({fingerprint}) are"
        " neither in it nor in"
        " {folder}. Put the keys.json of that installation there, then restore again. Nothing was changed."
    )


class WouldOverwrite(Refusal):
    """There is a ward here already."""

    message = "There is data here already. Restore into an empty data folder, or say --replace. Nothing was changed."


class OtherDatabase(Refusal):
    """A backup goes back into the kind of database it was taken from."""

    message = "The backup was taken from {theirs}, this installation uses {ours}. Nothing was changed."


class FromLaterRelease(Refusal):
    """The backup has migrations that this release does not know."""

    message = (
        "The backup comes from a later release ({version}). Install that release first. Nothing was changed."
    )


@dataclass
class Manifest:
    """What the backup says of itself."""

    vendor: str
    version: str
    taken_at: str
    migrations: list[str]
    heads: dict[str, list[Any]]
    key_fingerprint: str
    protected_numbers: int
    with_keys: bool
    format: int = FORMAT
    members: dict[str, str] = field(default_factory=dict)


def take(target: Path, *, with_keys: bool) -> Manifest:
    """Write the backup to `target`, whole or not at all. Gives its manifest."""
    keys = settings.DATA / "keys.json"
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        work = Path(folder)
        files = _copy_sqlite(work) if connection.vendor == "sqlite" else _copy_postgresql(work)
        manifest = Manifest(
            vendor=connection.vendor,
            version=donghanh.__version__,
            taken_at=clock.now().isoformat(),
            migrations=sorted(
                f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
            ),
            heads=_heads(work),
            key_fingerprint=load_keyring(keys).fingerprint() if keys.exists() else "",
            protected_numbers=closed_rows(),
            with_keys=with_keys and keys.exists(),
        )
        if manifest.with_keys:
            files["keys.json"] = keys
        media = settings.DATA / "media"
        files.update({f"media/{p.relative_to(media)}": p for p in sorted(media.rglob("*")) if p.is_file()})
        manifest.members = {name: _hash(path) for name, path in files.items()}
        _pack(target, files, manifest)
    return manifest


def read_manifest(source: Path) -> Manifest:
    """Check every member of a backup against the manifest. Refuses with NotABackup."""
    try:
        with tarfile.open(source) as tar:
            raw = tar.extractfile("manifest.json")
            manifest = Manifest(**json.load(raw)) if raw else None
            if manifest is None or manifest.format != FORMAT:
                raise NotABackup(file=source.name, problem="it has no manifest of this format")
            names = set(tar.getnames()) - {"manifest.json"}
            if names != set(manifest.members):
                raise NotABackup(file=source.name, problem="members are missing or were added")
            for name, digest in manifest.members.items():
                member = tar.extractfile(name)
                if member is None or _digest(member) != digest:
                    raise NotABackup(file=source.name, problem=f"{name} was changed")
    except (OSError, tarfile.TarError, ValueError, TypeError, KeyError, EOFError) as broken:
        raise NotABackup(file=source.name, problem=str(broken) or type(broken).__name__) from broken
    return manifest


def unpack(source: Path, manifest: Manifest, into: Path) -> None:
    """Lay the checked members into a folder; a name that leads out of it is refused."""
    with tarfile.open(source) as tar:
        for name in manifest.members:
            if not (into / name).resolve().is_relative_to(into.resolve()):
                raise NotABackup(file=source.name, problem=f"{name} leads out of the folder")
            tar.extract(name, into, filter="data")


def as_lines(manifest: Manifest) -> list[str]:
    """What a person wants to read of a backup."""
    wards = ", ".join(f"{ward} up to entry {head[0]}" for ward, head in sorted(manifest.heads.items()))
    keys = (
        "with its keys: keep it locked away"
        if manifest.with_keys
        else "without keys: keep keys.json apart and safe"
    )
    return [
        f"Taken {manifest.taken_at} ({manifest.vendor}, release {manifest.version}).",
        f"Journal: {wards or 'empty'}.",
        f"{keys[0].upper()}{keys[1:]}.",
    ]


def _copy_sqlite(work: Path) -> dict[str, Path]:
    copy = work / DATABASE
    # A reader of its own: in WAL mode it sees one moment and keeps no writer waiting.
    source = sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True)
    target = sqlite3.connect(copy)
    try:
        # All pages in one step: a copy in steps starts again at every write, under load for ever.
        source.backup(target, pages=-1)
        for table in sorted(NOT_KEPT - {"django_migrations"}):
            target.execute(f"DELETE FROM {table}")
        target.commit()
        target.execute("VACUUM")
    finally:
        target.close()
        source.close()
    return {DATABASE: copy}


def _copy_postgresql(work: Path) -> dict[str, Path]:
    files: dict[str, Path] = {}
    (work / "tables").mkdir()
    was = connection.get_autocommit()
    connection.set_autocommit(False)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            for table in tables():
                path = work / "tables" / f"{table}.copy"
                with path.open("wb") as out, cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                    for block in copy:
                        out.write(block)
                files[f"tables/{table}.copy"] = path
    finally:
        connection.rollback()
        connection.set_autocommit(was)
    return files


def tables() -> list[str]:
    """All tables a backup holds."""
    with connection.cursor() as cursor:
        return sorted(set(connection.introspection.table_names(cursor)) - NOT_KEPT)


def _heads(work: Path) -> dict[str, list[Any]]:
    """The journal heads as the copy has them, not as they have become since."""
    table = JournalHead._meta.db_table
    copied = work / DATABASE
    if copied.exists():
        with sqlite3.connect(copied) as database:
            return {
                ward: [seq, head]
                for ward, seq, head in database.execute(f"SELECT ward, seq, hash FROM {table}")
            }
    lines = (work / "tables" / f"{table}.copy").read_text().splitlines()
    return {ward: [int(seq), head] for ward, seq, head in (line.split("\t") for line in lines)}


def _pack(target: Path, files: dict[str, Path], manifest: Manifest) -> None:
    fresh = target.with_name(target.name + ".part")
    raw = json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode()
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        with tarfile.open(fileobj=out, mode="w") as tar:
            head = tarfile.TarInfo("manifest.json")
            head.size = len(raw)
            tar.addfile(head, io.BytesIO(raw))
            for name, path in files.items():
                tar.add(path, arcname=name)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(target)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return _digest(file)


def _digest(file: Any) -> str:
    digest = hashlib.sha256()
    while block := file.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()
