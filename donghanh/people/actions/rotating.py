"""Close all identity numbers anew under the current key."""

from __future__ import annotations

from uuid import UUID

from donghanh.kernel.crypto import Keyring
from donghanh.kernel.journal import acting
from donghanh.people.actions.records import NUMBER
from donghanh.people.models import Merge, Person

ROWS_AT_ONCE = 200


def rotate_numbers(ring: Keyring) -> int:
    """How many numbers were closed anew; those under the current key already are left alone.

    Each handful of rows is a transaction of its own: stopped half-way, it goes on where it stopped.
    The blind index has a key of its own and stays. Refuses with KeyMissing, CipherBroken.
    """
    count, after = 0, None
    while True:
        rows = _old(ring, after)
        if not rows:
            break
        with acting():
            for pk, closed in rows:
                fresh = _anew(ring, closed)
                # Guarded by the old value: a number changed meanwhile is under the current key.
                count += Person.objects.filter(pk=pk, id_number=closed).update(id_number=fresh)
        after = rows[-1][0]
    return count + _rotate_merges(ring)


def _old(ring: Keyring, after: UUID | None) -> list[tuple[UUID, str]]:
    rows = Person.objects.exclude(id_number="").exclude(id_number__startswith=f"{ring.current}.")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", "id_number")[:ROWS_AT_ONCE])


def _rotate_merges(ring: Keyring) -> int:
    """The values a merge keeps for its undo."""
    count = 0
    for pk in Merge.objects.values_list("pk", flat=True):
        with acting():
            done = Merge.objects.select_for_update().get(pk=pk)
            parts = [part for part in done.before.values() if part]
            changed = [part for part in parts if _is_old(ring, part.get("id_number"))]
            for part in changed:
                part["id_number"] = _anew(ring, part["id_number"])
            if changed:
                Merge.objects.filter(pk=pk).update(before=done.before)
            count += len(changed)
    return count


def _is_old(ring: Keyring, closed: str | None) -> bool:
    return bool(closed) and not str(closed).startswith(f"{ring.current}.")


def _anew(ring: Keyring, closed: str) -> str:
    return ring.encrypt(ring.decrypt(closed, column=NUMBER), column=NUMBER)
