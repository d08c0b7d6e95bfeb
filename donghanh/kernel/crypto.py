"""Field encryption for identity numbers, and a blind index to find them again.

AES-256-GCM of the `cryptography` library; the key's id stands in front of the ciphertext and,
with the column's name, is authenticated with it, so a value moved to another column or key does
not open. The blind index is HMAC-SHA-256 under a key of its own: equal numbers, equal index.
Keys live in one file beside the database (`DONGHANH_DATA/keys.json`, mode 600), never in it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from donghanh.kernel.errors import Refusal

NONCE_BYTES = 12  # NIST SP 800-38D, 8.2: 96 bits


class KeyMissing(Refusal):
    """The key that closed this value is not in the key file."""

    message = "The key “{key}” is missing from {file}. Restore the key file of the same backup."


class CipherBroken(Refusal):
    """The value was changed, or belongs to another column or key."""

    message = "A protected value of “{column}” does not open: it was changed or belongs elsewhere."


@dataclass(frozen=True)
class Keyring:
    """All keys of an installation: `current` closes, any of `keys` opens."""

    current: str
    keys: dict[str, bytes]
    index_key: bytes
    file: str = "keys.json"

    def encrypt(self, text: str, *, column: str) -> str:
        """`<key id>.<base64url of nonce and ciphertext>`."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(self.keys[self.current]).encrypt(
            nonce, text.encode(), self._bound(self.current, column)
        )
        return f"{self.current}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def decrypt(self, value: str, *, column: str) -> str:
        """The text again. Refuses with KeyMissing or CipherBroken."""
        key_id, _, body = value.partition(".")
        if key_id not in self.keys:
            raise KeyMissing(key=key_id, file=self.file)
        try:
            raw = base64.urlsafe_b64decode(body)
            opened = AESGCM(self.keys[key_id]).decrypt(
                raw[:NONCE_BYTES], raw[NONCE_BYTES:], self._bound(key_id, column)
            )
        except (InvalidTag, ValueError) as broken:
            raise CipherBroken(column=column) from broken
        return opened.decode()

    def blind_index(self, text: str, *, column: str) -> str:
        """64 hex digits, equal for equal text of one column."""
        return hmac.new(self.index_key, f"{column}\0{text}".encode(), hashlib.sha256).hexdigest()

    def rotated(self) -> Keyring:
        """The same ring with a fresh current key; old keys stay to open old values."""
        key_id = f"k{len(self.keys) + 1}"
        return Keyring(key_id, {**self.keys, key_id: secrets.token_bytes(32)}, self.index_key, self.file)

    def fingerprint(self) -> str:
        """Names the set of keys without telling any: written into backups."""
        digest = hashlib.sha256()
        for key_id in sorted(self.keys):
            digest.update(key_id.encode() + hashlib.sha256(self.keys[key_id]).digest())
        return digest.hexdigest()[:16]

    @staticmethod
    def _bound(key_id: str, column: str) -> bytes:
        return f"{key_id}\0{column}".encode()


def new_keyring(file: str = "keys.json") -> Keyring:
    """A first ring with one key."""
    return Keyring("k1", {"k1": secrets.token_bytes(32)}, secrets.token_bytes(32), file)


def load_keyring(path: Path) -> Keyring:
    """The ring of this installation. Refuses with KeyMissing when the file is absent or unreadable."""
    try:
        stored = json.loads(path.read_text())
        keys = {key_id: base64.b64decode(key) for key_id, key in stored["keys"].items()}
        return Keyring(stored["current"], keys, base64.b64decode(stored["index"]), path.name)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as broken:
        raise KeyMissing(key="current", file=path.name) from broken


def save_keyring(path: Path, ring: Keyring) -> None:
    """Write the ring whole or not at all, readable by its owner alone."""
    body = {
        "current": ring.current,
        "keys": {key_id: base64.b64encode(key).decode() for key_id, key in ring.keys.items()},
        "index": base64.b64encode(ring.index_key).decode(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(body, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
