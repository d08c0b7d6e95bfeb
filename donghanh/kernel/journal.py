"""The journal: what happened, by whom, in a chain that shows every tampering.

`@action` is one transaction. Entries written in it are linked to the ward's chain as its very
last statements: the head's lock is short, and no two transactions can wait for each other.
On SQLite the writers of one process queue at a lock in memory instead of polling the file's, and
several acts may share one commit (`one_commit`): the disk's flush, not Python, is what costs there.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar
from uuid import UUID

from django.db import connection, transaction

from donghanh.kernel import clock
from donghanh.kernel.ids import new_id
from donghanh.kernel.models import JournalEntry, JournalHead, PersonalFact
from donghanh.kernel.prepared import insert

P = ParamSpec("P")
R = TypeVar("R")


class Actor(Protocol):
    """Whoever acts: a member, a device, or the house itself."""

    @property
    def actor_kind(self) -> str: ...
    @property
    def actor_id(self) -> str: ...


@dataclass(frozen=True)
class House:
    """The house acting by itself, at night or on a command line."""

    actor_kind: str = "house"
    actor_id: str = ""


@dataclass
class _Pending(threading.local):
    depth: int = 0
    entries: list[JournalEntry] = field(default_factory=list)


_pending = _Pending()
_one_writer = threading.RLock()


@contextmanager
def acting() -> Iterator[None]:
    """One transaction with its journal; a nested one joins the outer."""
    if _pending.depth:
        yield
        return
    lock = _one_writer if connection.vendor == "sqlite" else nullcontext()
    # One action, one moment: rows and entries written together bear the same time to the microsecond,
    # so that a report counted from rows can be compared with one counted from entries.
    with lock, transaction.atomic(), clock.at(clock.now()):
        _pending.depth, _pending.entries = 1, []
        try:
            yield
            _link(_pending.entries)
        finally:
            _pending.depth, _pending.entries = 0, []


@contextmanager
def one_commit() -> Iterator[None]:
    """What follows is committed together, once, at the end of the block (SQLite).

    Each act keeps its own savepoint and its own links; nobody may be told that an act is done before
    the block has ended. On PostgreSQL this must not be used: locks held over several acts of several
    processes would wait for each other in a circle.
    """
    with _one_writer, transaction.atomic():
        yield


def action(verb: Callable[P, R]) -> Callable[P, R]:
    """Make a verb one transaction with its journal."""

    @wraps(verb)
    def in_one_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
        with acting():
            return verb(*args, **kwargs)

    return in_one_transaction


def write(
    verb: str,
    *,
    ward: str,
    by: Actor,
    subject: str = "",
    subject_id: UUID | str = "",
    point_id: UUID | None = None,
    facts: dict[str, Any] | None = None,
    personal: dict[str, Any] | None = None,
    person_id: UUID | None = None,
) -> None:
    """Add an entry to the running action. `facts` hold no personal data; `personal` is erasable."""
    if not _pending.depth:
        raise RuntimeError(f"journal.write({verb!r}) outside an action")
    ref = new_id() if personal is not None else None
    if ref is not None:
        PersonalFact.objects.create(ref=ref, person_id=person_id, body=personal)
    _pending.entries.append(
        JournalEntry(
            ward=ward,
            at=clock.now(),
            verb=verb,
            subject=subject,
            subject_id=str(subject_id),
            point_id=point_id,
            by_kind=by.actor_kind,
            by_id=by.actor_id,
            facts_json=canonical(facts or {}),
            personal_ref=ref,
        )
    )


def canonical(value: Any) -> str:
    """JSON with sorted keys and no blanks: the same bytes on every machine."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def link_hash(entry: JournalEntry) -> str:
    """SHA-256 over the previous hash and the entry's canonical content."""
    content = [
        entry.previous,
        entry.ward,
        entry.seq,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.verb,
        entry.subject,
        entry.subject_id,
        str(entry.point_id or ""),
        entry.by_kind,
        entry.by_id,
        entry.facts_json,
        str(entry.personal_ref or ""),
    ]
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _link(entries: list[JournalEntry]) -> None:
    # Wards in one order, so that two transactions over the same wards cannot wait for each other.
    for ward in sorted({entry.ward for entry in entries}):
        links = [entry for entry in entries if entry.ward == ward]
        seq, previous = _take_links(ward, len(links))
        for entry in links:
            seq += 1
            entry.seq, entry.previous = seq, previous
            entry.hash = previous = link_hash(entry)
        for entry in links:
            insert(entry)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {JournalHead._meta.db_table} SET hash = %s WHERE ward = %s", [previous, ward]
            )


def _take_links(ward: str, count: int) -> tuple[int, str]:
    """Lock the head and move it on by `count`; gives the last used seq and the last hash."""
    table = JournalHead._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (ward, seq, hash) VALUES (%s, %s, '')"
            f" ON CONFLICT (ward) DO UPDATE SET seq = {table}.seq + %s RETURNING seq, hash",
            [ward, count, count],
        )
        seq, previous = cursor.fetchone()
    return seq - count, previous


@dataclass(frozen=True)
class Break:
    """Where a chain is broken, and how."""

    ward: str
    seq: int
    problem: str


def first_break(ward: str) -> Break | None:
    """Walk a ward's chain from its first link; None when it is whole."""
    previous, expected = "", 1
    for entry in JournalEntry.objects.filter(ward=ward).order_by("seq").iterator(chunk_size=2000):
        if entry.seq != expected:
            return Break(ward, expected, "an entry is missing")
        if entry.previous != previous:
            return Break(ward, entry.seq, "it does not follow the entry before it")
        if link_hash(entry) != entry.hash:
            return Break(ward, entry.seq, "its content was changed")
        previous, expected = entry.hash, expected + 1
    head = JournalHead.objects.filter(ward=ward).first()
    if head is not None and (head.seq, head.hash) != (expected - 1, previous):
        return Break(ward, expected, "the chain ends before its head: entries are missing")
    if head is None and expected > 1:
        return Break(ward, expected - 1, "the chain has no head")
    return None


def wards() -> list[str]:
    """All wards that have a chain."""
    return sorted(
        set(JournalHead.objects.values_list("ward", flat=True))
        | set(JournalEntry.objects.values_list("ward", flat=True).distinct())
    )


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)
