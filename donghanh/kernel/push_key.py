"""The key this house signs web pushes with (RFC 8292), and its public half that browsers subscribe with."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from donghanh.kernel.keys import ring

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256, FIPS 186-4


def push_key() -> ec.EllipticCurvePrivateKey:
    """Derived from the ring's index key, which never rotates: nothing more to store, back up or lose."""
    seed = HKDF(hashes.SHA256(), 40, b"donghanh web push", b"VAPID P-256").derive(ring().index_key)
    return ec.derive_private_key(int.from_bytes(seed, "big") % (ORDER - 1) + 1, ec.SECP256R1())


def public_key() -> str:
    """The application server key a browser subscribes with: an uncompressed P-256 point, base64url."""
    point = push_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()
