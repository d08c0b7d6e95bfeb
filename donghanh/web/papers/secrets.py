"""The address of a record of help: the case and a proof that this house made it, nothing that tells a person."""

from __future__ import annotations

import base64
import binascii
from datetime import timedelta
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from donghanh.cases.models import Case
from donghanh.kernel import clock

SHOWN_FOR = timedelta(days=30)
SALT = "donghanh.papers.receipt"
ID_BYTES, PROOF_BYTES = 16, 16


def secret_of(case: Case) -> str:
    """43 letters that cannot be guessed; the same case gives the same ones."""
    return base64.urlsafe_b64encode(case.pk.bytes + _proof(case.pk.bytes)).decode().rstrip("=")


def case_behind(secret: str) -> Case | None:
    """The case of such an address; None for a made-up one, and when its 30 days are over."""
    try:
        plain = base64.urlsafe_b64decode(secret + "=" * (-len(secret) % 4))
    except (binascii.Error, ValueError):
        return None
    key, proof = plain[:ID_BYTES], plain[ID_BYTES:]
    if len(proof) != PROOF_BYTES or not constant_time_compare(proof.hex(), _proof(key).hex()):
        return None
    return (
        Case.objects.filter(pk=UUID(bytes=key), opened_at__gt=clock.now() - SHOWN_FOR)
        .select_related("person", "opened_by__organisation", "point", "ward")
        .first()
    )


def _proof(key: bytes) -> bytes:
    return salted_hmac(SALT, key, algorithm="sha256").digest()[:PROOF_BYTES]
