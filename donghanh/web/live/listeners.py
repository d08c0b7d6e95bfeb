"""Who listens: a board, kiosk or desk of a point, or a citizen's ticket page.

The hub's thread asks a listener what an entry is to it; frames are put and taken on the event
loop alone, so a listener needs no lock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from donghanh.web.live.events import Entry, frame

# A listener this far behind is let go: it comes back and resumes by id, so nothing is lost.
MOST_WAITING = 256
CHANGE_PAUSE = 1.0  # seconds


@dataclass(eq=False)
class Listener:
    """An open stream over one point. `last` is the id it has seen; None begins now."""

    ward: str
    point_id: UUID
    last: int | None = None
    families: frozenset[str] | None = None
    frames: list[bytes] = field(default_factory=list)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: bool = False

    @property
    def place(self) -> UUID | str:
        """By what its open streams are counted."""
        return self.point_id

    def hears(self, entry: Entry) -> bool:
        """Whether the entry is of its point and of a kind it may see."""
        return entry.point_id == self.point_id and (self.families is None or entry.family in self.families)

    def heard(self, entry: Entry, shown: Callable[[Entry], bytes]) -> bytes | None:
        """The frame for an entry; None when it is not for this listener."""
        return shown(entry) if self.hears(entry) else None

    def due(self, now: float) -> bytes | None:
        """A frame that was held back and is due by now."""
        return None

    def put(self, frame_: bytes) -> None:
        """Add a frame; a listener that does not keep up is let go. On the event loop."""
        if self.is_over:
            return
        if len(self.frames) >= MOST_WAITING:
            self.frames.clear()
            self.is_over = True
            self.let_go.set()
            return
        self.frames.append(frame_)
        self.ready.set()

    def end(self) -> None:
        """Nothing comes after what was put. On the event loop."""
        self.is_over = True
        self.ready.set()

    async def take(self) -> bytes:
        """All frames that wait, as one piece; empty at the end."""
        while not self.frames and not self.is_over:
            self.ready.clear()
            await self.ready.wait()
        piece = b"".join(self.frames)
        self.frames.clear()
        return piece


@dataclass(eq=False)
class TicketListener(Listener):
    """A citizen's page: its own ticket's entries, and at most once a second that others moved."""

    ticket_id: str = ""
    changed: int | None = None
    told_at: float = -CHANGE_PAUSE

    @property
    def place(self) -> UUID | str:
        """A ticket's pages: a family's phones, not a thousand streams by whoever knows one address."""
        return self.ticket_id

    def heard(self, entry: Entry, shown: Callable[[Entry], bytes]) -> bytes | None:
        """Its own ticket's entries at once; others' moves are only remembered."""
        if entry.point_id != self.point_id or entry.family != "ticket":
            return None
        if entry.subject_id == self.ticket_id:
            self.changed = None
            return shown(entry)
        self.changed = entry.seq
        return None

    def due(self, now: float) -> bytes | None:
        """That something moved, not oftener than once a second."""
        if self.changed is None or now - self.told_at < CHANGE_PAUSE:
            return None
        seq, self.changed, self.told_at = self.changed, None, now
        return frame("changed", {"changed": True}, seq=seq)
