"""From a phone to the desk: ciphertext put here for a day, taken once. The key never comes here."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import timedelta

from donghanh.cases.models import HandOver
from donghanh.kernel import clock, journal
from donghanh.kernel.errors import Invalid, NotFound, Refusal
from donghanh.kernel.journal import action
from donghanh.teams.models import Member
from donghanh.teams.rules import require

KEPT_FOR = timedelta(hours=24)
MOST_BYTES = 64 * 1024
# From many addresses at once it is a flood: the disk of a ward is not filled by strangers.
MOST_KEPT = 2_000
KINDS = ("answers",)
_ID = re.compile(r"[0-9a-f]{32,64}")
# Nonce and tag alone take 28 bytes: anything shorter is no ciphertext.
FEWEST_BYTES = 29


class HandoverTaken(Refusal):
    """Something else lies under this id already; the phone makes a new code."""

    message = "This code is in use already. Please make a new one on the phone."


class HandoversFull(Refusal):
    """So many wait for their desks that no more are kept today."""

    message = (
        "Too much is waiting here already. Please come to the desk without a code, or try again tomorrow."
    )
    status = 429


@action
def hand_over(handover_id: str, *, kind: str, body: str) -> tuple[HandOver, bool]:
    """Keep a phone's ciphertext under the id derived from its code; the same again is the same row.

    Says whether it is new. Refuses with Invalid, HandoverTaken, HandoversFull.
    """
    if not _ID.fullmatch(handover_id):
        raise Invalid(field="id", problem="32–64 hexadecimal digits")
    if kind not in KINDS:
        raise Invalid(field="kind", problem=", ".join(KINDS))
    if not FEWEST_BYTES <= _length(body) <= MOST_BYTES:
        raise Invalid(field="body", problem=f"{FEWEST_BYTES}–{MOST_BYTES} bytes")
    waiting = HandOver.objects.filter(taken_at__isnull=True, expires_at__gt=clock.now())
    if waiting.count() >= MOST_KEPT and not HandOver.objects.filter(pk=handover_id).exists():
        raise HandoversFull()
    made, is_new = HandOver.objects.get_or_create(
        id=handover_id, defaults={"kind": kind, "body": body, "expires_at": clock.now() + KEPT_FOR}
    )
    if not is_new and (made.body != body or made.kind != kind):
        raise HandoverTaken()
    return made, is_new


@action
def take(handover_id: str, *, by: Member) -> HandOver:
    """The ciphertext, once: it is wiped here in the same moment. Refuses with NotFound (unknown, taken, expired)."""
    require(by.role, "help_case")
    moment = clock.now()
    found = HandOver.objects.filter(pk=handover_id, taken_at__isnull=True, expires_at__gt=moment).first()
    if found is None or not HandOver.objects.filter(pk=found.pk, taken_at__isnull=True).update(
        taken_at=moment, taken_by=by, body=""
    ):
        raise NotFound()
    if by.ward_id is not None:
        journal.write("handover.take", ward=by.ward_id, by=by, subject="handover", facts={"kind": found.kind})
    return found


def _length(body: str) -> int:
    """How many bytes a base64url text holds. Refuses with Invalid when it is none."""
    if not re.fullmatch(r"[A-Za-z0-9_-]*={0,2}", body) or len(body) > 2 * MOST_BYTES:
        raise Invalid(field="body", problem="base64url")
    plain = body.rstrip("=")
    try:
        return len(base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4)))
    except binascii.Error:
        raise Invalid(field="body", problem="base64url") from None
