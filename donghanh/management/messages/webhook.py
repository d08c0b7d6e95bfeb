"""A signed POST to a system of the ward's or the person's choice.

Body: JSON with key, status, procedure, code_end, place, text. Header `Donghanh-Signature: t=SECONDS,v1=HEX`,
HMAC-SHA-256 over `SECONDS.BODY`; `Idempotency-Key` is the same when the same message is sent again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time

from django.conf import settings

from donghanh.kernel.outbox import Hopeless
from donghanh.management.messages.wire import post
from donghanh.management.messages.words import Message


class Refused(Hopeless):
    """The receiver does not want it."""


def send(address: str, message: Message) -> None:
    """One signed POST. Raises NotReached to be tried again, Refused and AddressClosed for ever."""
    body = json.dumps(
        {
            "key": message.key,
            "status": message.status,
            "procedure": message.procedure,
            "code_end": message.code_end,
            "place": message.place,
            "text": message.text,
        },
        ensure_ascii=False,
    ).encode()
    moment = str(int(time.time()))
    reply = post(
        address,
        body,
        {
            "Content-Type": "application/json",
            "Idempotency-Key": message.key,
            "Donghanh-Signature": f"t={moment},v1={signature(moment, body)}",
        },
    )
    if not 200 <= reply.status < 300:
        raise Refused(str(reply.status))


def signature(moment: str, body: bytes) -> str:
    """What the receiver reckons again with the shared secret (DONGHANH_WEBHOOK_SECRET)."""
    return hmac.new(
        settings.WEBHOOK_SECRET.encode(), moment.encode() + b"." + body, hashlib.sha256
    ).hexdigest()
