"""Answers kept for retries: one asker, one key, one answer, written in the transaction of the act itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError
from django.db.models import CharField

from donghanh.kernel import clock
from donghanh.kernel.errors import Refusal
from donghanh.kernel.models import KeptAnswer
from donghanh.kernel.prepared import Prepared, Slot, insert

KEPT_FOR = timedelta(hours=24)

_KEPT = Prepared(
    lambda: KeptAnswer.objects.filter(asker=Slot("asker", CharField()), key=Slot("key", CharField()))
)


class IdempotencyKeyReused(Refusal):
    """The key came with another request before; a key belongs to one request and its retries."""

    message = "This Idempotency-Key came with another request before. Take a new key for a new request."
    status = 422


class AlreadyKept(Exception):
    """A twin of the request was faster: roll back and give its answer. Never seen outside the web room."""


class Kept(NamedTuple):
    """What was answered."""

    status: int
    body: str


def kept_answer(asker: str, key: str, fingerprint: str) -> Kept | None:
    """The answer given to this key, for a day at least; refuses with IdempotencyKeyReused when it was another request's."""
    row = _KEPT.first(asker=asker, key=key)
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise IdempotencyKeyReused()
    return Kept(row.status, row.body)


def keep_answer(asker: str, key: str, fingerprint: str, answer: Kept) -> None:
    """Keep an answer inside the running action. Raises AlreadyKept when a twin was faster."""
    try:
        insert(
            KeptAnswer(
                asker=asker,
                key=key,
                fingerprint=fingerprint,
                status=answer.status,
                body=answer.body,
                at=clock.now(),
            )
        )
    except IntegrityError:
        raise AlreadyKept from None


def forget_old_answers(now: datetime) -> int:
    """Delete the answers older than a day. How many."""
    count, _ = KeptAnswer.objects.filter(at__lte=now - KEPT_FOR).delete()
    return count
