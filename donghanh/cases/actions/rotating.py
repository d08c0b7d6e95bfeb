"""Close everything a case keeps closed anew under the current key."""

from __future__ import annotations

from django.db.models import Model, Q

from donghanh.cases.actions.consents import NAME, SIGNATURE
from donghanh.cases.actions.following import ADDRESS
from donghanh.cases.models import Answer, Authorisation, CaseConsent, Contact
from donghanh.cases.queries.answers import RAW, REASON, VALUE
from donghanh.kernel.crypto import Keyring
from donghanh.kernel.journal import acting

ROWS_AT_ONCE = 200
# Table → its closed columns and the name each is bound to.
CLOSED: tuple[tuple[type[Model], dict[str, str]], ...] = (
    (Answer, {"value": VALUE, "raw": RAW, "reason": REASON}),
    (CaseConsent, {"signature": SIGNATURE}),
    (Authorisation, {"name": NAME}),
    (Contact, {"address": ADDRESS}),
)


def rotate_answers(ring: Keyring) -> int:
    """How many rows were closed anew; those under the current key are left alone.

    Each handful is a transaction of its own: stopped half-way, it goes on where it stopped.
    Refuses with KeyMissing, CipherBroken.
    """
    return sum(_rotate(ring, model, columns) for model, columns in CLOSED)


def _rotate(ring: Keyring, model: type[Model], columns: dict[str, str]) -> int:
    count, after = 0, None
    old = Q()
    for column in columns:
        old |= ~Q(**{column: ""}) & ~Q(**{f"{column}__startswith": f"{ring.current}."})
    while True:
        rows = model._default_manager.filter(old)
        if after is not None:
            rows = rows.filter(pk__gt=after)
        found = list(rows.order_by("pk").values_list("pk", *columns)[:ROWS_AT_ONCE])
        if not found:
            return count
        with acting():
            for pk, *closed in found:
                seen = dict(zip(columns, closed, strict=True))
                fresh = {name: _anew(ring, value, columns[name]) for name, value in seen.items()}
                # Guarded by the old values: what was erased meanwhile stays erased.
                count += model._default_manager.filter(pk=pk, **seen).update(**fresh)
        after = found[-1][0]


def _anew(ring: Keyring, closed: str, column: str) -> str:
    return ring.encrypt(ring.decrypt(closed, column=column), column=column) if closed else ""
