"""The keyring of this installation: made at first use, but never while closed values wait for another."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Q

from donghanh.kernel.crypto import Keyring, load_keyring, new_keyring, save_keyring

FILE = "keys.json"
# Rows that hold values closed by the ring: table, and which of its rows. Of second factors a passkey holds none.
CLOSED_ROWS = (
    ("donghanh.Person", ~Q(id_number="")),
    ("donghanh.Answer", ~Q(value="", raw="", reason="")),
    ("donghanh.CaseConsent", ~Q(signature="")),
    ("donghanh.Authorisation", ~Q(name="")),
    ("donghanh.Contact", ~Q(address="")),
    ("mfa.Authenticator", Q(type__in=["totp", "recovery_codes"])),
)


def key_file() -> Path:
    """Where the keys lie: beside the database, never in it."""
    return Path(settings.DATA) / FILE


def ring() -> Keyring:
    """The ring, read again only when its file changed. Refuses with KeyMissing.

    A new one is made if there is no file and nothing was ever closed: a lost key file must be
    restored, not replaced, or the old numbers could never be read again.
    """
    file = key_file()
    if not file.exists() and not closed_rows():
        save_keyring(file, new_keyring(FILE))
    return _read(file, file.stat().st_mtime_ns if file.exists() else 0)


@lru_cache(maxsize=2)
def _read(file: Path, written_at: int) -> Keyring:
    return load_keyring(file)


def closed_rows() -> int:
    """How many rows could not be read any more without the ring: identity numbers, answers of
    cases with what hangs on them, and second factors."""
    return sum(apps.get_model(table)._default_manager.filter(which).count() for table, which in CLOSED_ROWS)
