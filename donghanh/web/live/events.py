"""Journal entries as server-sent events: an id to resume by, a name, and a small delta."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

# A delta is sent to every board of a point: it must stay small (design: under 300 bytes).
MOST_BYTES = 300


class Entry(NamedTuple):
    """What the stream needs of a journal entry."""

    seq: int
    at: datetime
    verb: str
    subject_id: str
    point_id: UUID | None
    facts_json: str

    @property
    def family(self) -> str:
        """The first part of the verb, which names the event: ticket, case, counter, day…"""
        return self.verb.partition(".")[0]


def frame(event: str, body: dict[str, Any], *, seq: int | None = None) -> bytes:
    """One event as it goes over the wire."""
    head = f"id: {seq}\n" if seq is not None else ""
    return f"{head}event: {event}\ndata: {compact(body)}\n\n".encode()


def entry_frame(entry: Entry) -> bytes:
    """An entry as an event: {"id", "verb", "at", **facts}, under 300 bytes of JSON.

    Facts that do not fit are left out, lists first: a page then asks for what it needs.
    """
    moment = entry.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    body = {"id": entry.subject_id, "verb": entry.verb, "at": moment}
    facts = {name: value for name, value in json.loads(entry.facts_json).items() if value is not None}
    full = {**facts, **body}
    if len(compact(full).encode()) >= MOST_BYTES:
        full = {
            **{name: value for name, value in facts.items() if not isinstance(value, list | dict)},
            **body,
        }
    if len(compact(full).encode()) >= MOST_BYTES:
        full = body
    return frame(entry.family, full, seq=entry.seq)


def compact(value: Any) -> str:
    """JSON without blanks, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
