"""Secrets of second factors under the keyring: told one by one, and closed anew when the keys rotate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator

from donghanh.kernel.crypto import Keyring
from donghanh.kernel.journal import acting

COLUMN = "authenticator.secret"
# Where apps and recovery codes keep what is closed; a passkey's public key needs no closing.
TEXTS, LISTS = ("secret", "seed"), ("migrated_codes",)


def closed_secrets() -> Iterator[str]:
    """Every closed value of every second factor."""
    for row in Authenticator.objects.order_by("pk").iterator():
        yield from (row.data[name] for name in TEXTS if row.data.get(name))
        for name in LISTS:
            yield from row.data.get(name) or ()


def rotate_second_factors(ring: Keyring) -> int:
    """How many second factors were closed anew; those under the current key already are left alone.

    Each is a transaction of its own: stopped half-way, it goes on where it stopped. Refuses with
    KeyMissing, CipherBroken.
    """
    count = 0
    for pk in list(Authenticator.objects.order_by("pk").values_list("pk", flat=True)):
        with acting():
            row = Authenticator.objects.select_for_update().filter(pk=pk).first()
            fresh = _anew(ring, row.data) if row is not None else {}
            if row is not None and fresh != row.data:
                Authenticator.objects.filter(pk=pk).update(data=fresh)
                count += 1
    return count


def _anew(ring: Keyring, data: dict[str, Any]) -> dict[str, Any]:
    fresh = dict(data)
    for name in TEXTS:
        if data.get(name):
            fresh[name] = _closed(ring, data[name])
    for name in LISTS:
        if data.get(name):
            fresh[name] = [_closed(ring, one) for one in data[name]]
    return fresh


def _closed(ring: Keyring, value: str) -> str:
    if value.startswith(f"{ring.current}."):
        return value
    return ring.encrypt(ring.decrypt(value, column=COLUMN), column=COLUMN)
