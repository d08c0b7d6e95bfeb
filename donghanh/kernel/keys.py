"""The keyring of this installation: made at first use, but never while closed values wait for another."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings

from donghanh.kernel.crypto import Keyring, load_keyring, new_keyring, save_keyring

FILE = "keys.json"
# (table, column) whose values are closed by the ring.
CLOSED_COLUMNS = (("Person", "id_number"),)


def key_file() -> Path:
    """Where the keys lie: beside the database, never in it."""
    return Path(settings.DATA) / FILE


def ring() -> Keyring:
    """The ring, read again only when its file changed. Refuses with KeyMissing.

    A new one is made if there is no file and nothing was ever closed: a lost key file must be
    restored, not replaced, or the old numbers could never be read again.
    """
    file = key_file()
    if not file.exists() and not _anything_closed():
        save_keyring(file, new_keyring(FILE))
    return _read(file, file.stat().st_mtime_ns if file.exists() else 0)


@lru_cache(maxsize=2)
def _read(file: Path, written_at: int) -> Keyring:
    return load_keyring(file)


def _anything_closed() -> bool:
    return any(
        apps.get_model("donghanh", table)._default_manager.exclude(**{column: ""}).exists()
        for table, column in CLOSED_COLUMNS
    )
