"""Web push: RFC 8030 delivery, RFC 8291 encryption (aes128gcm), RFC 8292 VAPID.

Written here on the `cryptography` library: the packages for it bring a second HTTP stack; the tests hold it
against an independent implementation and the RFC's own example.
"""

from __future__ import annotations

import base64
import json
import os
import time
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from donghanh.kernel.outbox import Hopeless
from donghanh.kernel.push_key import public_key, push_key
from donghanh.management.messages.wire import post
from donghanh.management.messages.words import Message

RECORD_BYTES = 4096  # RFC 8291, 4: one record
TOKEN_SECONDS = 12 * 3600  # RFC 8292, 2: at most 24 hours
KEPT_SECONDS = 3 * 24 * 3600


class Gone(Hopeless):
    """The browser has ended this subscription (404, 410)."""


class Refused(Hopeless):
    """The push service will not take it."""


def send(address: str, message: Message) -> None:
    """One encrypted push. `address` is the subscription as JSON. Raises NotReached, Gone, Refused."""
    subscription = json.loads(address)
    endpoint = subscription["endpoint"]
    shown = json.dumps(
        {"title": message.subject, "body": message.text, "tag": message.key}, ensure_ascii=False
    )
    body = sealed(
        shown.encode(), _opened(subscription["keys"]["p256dh"]), _opened(subscription["keys"]["auth"])
    )
    reply = post(
        endpoint,
        body,
        {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(KEPT_SECONDS),
            "Urgency": "normal",
            "Authorization": f"vapid t={token(endpoint)},k={public_key()}",
        },
    )
    if reply.status in (404, 410):
        raise Gone
    if not 200 <= reply.status < 300:
        raise Refused(str(reply.status))


def token(endpoint: str, *, now: int | None = None) -> str:
    """The VAPID token for the origin of this endpoint (RFC 8292, 2): a JWT signed with ES256."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": (now or int(time.time())) + TOKEN_SECONDS,
        "sub": settings.PUSH_CONTACT,
    }
    told = f"{_closed(json.dumps({'typ': 'JWT', 'alg': 'ES256'}).encode())}.{_closed(json.dumps(claims).encode())}"
    r, s = decode_dss_signature(push_key().sign(told.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{told}.{_closed(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def sealed(
    plain: bytes,
    receiver: bytes,
    secret: bytes,
    *,
    sender: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of a push for the holder of this key (65 bytes) and authentication secret (16 bytes).

    `sender` and `salt` are fresh but for the example of the RFC.
    """
    key, salt = sender or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    point = _point(key.public_key())
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), receiver))
    mixed = _derived(shared, secret, b"WebPush: info\0" + receiver + point, 32)
    content_key = _derived(mixed, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(mixed, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD_BYTES.to_bytes(4, "big") + bytes([len(point)]) + point
    return head + AESGCM(content_key).encrypt(nonce, plain + b"\x02", None)


def _derived(secret: bytes, salt: bytes, label: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, label).derive(secret)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _closed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _opened(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
