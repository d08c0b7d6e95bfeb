"""One reader for all streams of a process: follows the journals of the wards that are listened to.

A ward's seq is taken under its head's lock as the last act of a transaction, so it is gapless in
commit order: reading "seq > last" misses nothing, whatever writes at the same time. The thread
alone touches the database; the event loop alone touches the listeners' frames.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection

from donghanh.kernel.models import JournalEntry, JournalHead
from donghanh.web.live.events import Entry, entry_frame, frame
from donghanh.web.live.listeners import Listener

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.05
BEAT_SECONDS = 10.0
# Boards, kiosks and desks of a point; pages of citizens are counted apart, so that they never shut a board out.
MOST_PER_POINT = 1000
MOST_PER_TICKET = 12
# A listener further behind than this loads its page anew, which is cheaper for both.
MOST_BEHIND = 1000

Mail = list[tuple[Listener, bytes]]
Step = Callable[[], None]


@dataclass
class Followed:
    """A ward that is listened to: how far it was read, its last entries, who listens."""

    seq: int
    recent: deque[Entry] = field(default_factory=lambda: deque(maxlen=MOST_BEHIND))
    listeners: set[Listener] = field(default_factory=set)


class Hub:
    """Hands each new entry to the streams of its point."""

    def __init__(self) -> None:
        self.open = Counter[UUID | str]()
        self._streams: set[Listener] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._closing = False
        self._desk: deque[Step] = deque()  # joins and leaves, for the thread
        self._wake = threading.Event()
        self._followed: dict[str, Followed] = {}
        self._version: int | None = None
        self._beat_at = 0.0

    # On the event loop.

    def join(self, listener: Listener) -> bool:
        """Let a listener in; False when its place has as many as it may, or the server is stopping."""
        most = MOST_PER_POINT if listener.place == listener.point_id else MOST_PER_TICKET
        if self._closing or self.open[listener.place] >= most:
            return False
        self.open[listener.place] += 1
        self._streams.add(listener)
        self._desk.append(lambda: self._admit(listener))
        if self._thread is None:
            self._loop = asyncio.get_running_loop()
            self._thread = threading.Thread(target=self._follow, name="live-hub", daemon=True)
            self._thread.start()
        self._wake.set()
        return True

    def leave(self, listener: Listener) -> None:
        """Free everything that a listener held."""
        self._streams.discard(listener)
        self.open[listener.place] -= 1
        if not self.open[listener.place]:
            del self.open[listener.place]
        self._desk.append(lambda: self._dismiss(listener))
        self._wake.set()

    def close_soon(self) -> None:
        """End all streams and the thread; callable from a signal."""
        self._closing = True
        self._wake.set()
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._end_streams)

    def _end_streams(self) -> None:
        for listener in list(self._streams):
            listener.end()

    @staticmethod
    def _deliver(mail: Mail) -> None:
        for listener, piece in mail:
            listener.put(piece)

    # In the hub's thread.

    def _follow(self) -> None:
        while not self._closing:
            self._wake.clear()
            pause: float | None = POLL_SECONDS
            try:
                self._round()
                pause = POLL_SECONDS if self._followed else None
            except (DatabaseError, InterfaceError) as failure:
                # No beat goes out meanwhile, so pages say that the line is lost, which is true.
                logger.warning("the live stream cannot read the journal: %s", type(failure).__name__)
                connection.close()
                self._version, pause = None, 1.0
            self._wake.wait(pause)
        connection.close()

    def _round(self) -> None:
        self._mail: Mail = []
        try:
            if self._followed and self._has_news():
                self._read_news()
            while self._desk:
                self._desk[0]()  # taken away only when done: after a failure it is tried again
                self._desk.popleft()
            self._send_held_and_beat(time.monotonic())
        finally:  # what was read counts as read, so it is handed on even when a later ward failed
            if self._mail and self._loop is not None and not self._closing:
                self._loop.call_soon_threadsafe(self._deliver, self._mail)

    def _has_news(self) -> bool:
        """SQLite tells by a counter in shared memory whether any connection has committed."""
        if connection.vendor != "sqlite":
            return True
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            version = int(cursor.fetchone()[0])
        was, self._version = self._version, version
        return version != was

    def _read_news(self) -> None:
        heads = JournalHead.objects.filter(ward__in=list(self._followed)).values_list("ward", "seq")
        for ward, head in list(heads):
            followed = self._followed[ward]
            if head < followed.seq:  # another, older journal stands there now
                followed.seq = head
                followed.recent.clear()
                self._mail += [(one, reset_frame(head)) for one in followed.listeners]
            elif head > followed.seq:
                for entry in entries_between(ward, followed.seq, head):
                    followed.recent.append(entry)
                    self._tell(entry, followed.listeners)
                followed.seq = head

    def _tell(self, entry: Entry, listeners: set[Listener]) -> None:
        shown = _once(entry_frame)
        for listener in listeners:
            piece = listener.heard(entry, shown)
            if piece is not None:
                self._mail.append((listener, piece))

    def _admit(self, listener: Listener) -> None:
        """Greet, catch up, and from now on follow: one thread does all three, so there is no gap."""
        followed = self._followed.get(listener.ward)
        if followed is None:
            head = JournalHead.objects.filter(ward=listener.ward).values_list("seq", flat=True).first()
            followed = Followed(seq=head or 0)
        last = listener.last
        if last is None:
            self._mail.append((listener, hello_frame(followed.seq)))
        elif last > followed.seq or followed.seq - last > MOST_BEHIND:
            self._mail.append((listener, reset_frame(followed.seq)))
        else:
            missed = self._missed(listener.ward, followed, last)
            self._mail.append((listener, hello_frame(last)))
            for entry in missed:
                self._tell(entry, {listener})
        followed.listeners.add(listener)
        self._followed[listener.ward] = followed

    @staticmethod
    def _missed(ward: str, followed: Followed, last: int) -> list[Entry]:
        if last == followed.seq:
            return []
        if followed.recent and followed.recent[0].seq <= last + 1:
            return [entry for entry in followed.recent if entry.seq > last]
        return entries_between(ward, last, followed.seq)

    def _dismiss(self, listener: Listener) -> None:
        followed = self._followed.get(listener.ward)
        if followed is None:
            return
        followed.listeners.discard(listener)
        if not followed.listeners:
            del self._followed[listener.ward]

    def _send_held_and_beat(self, now: float) -> None:
        beats = now - self._beat_at >= BEAT_SECONDS
        if beats:
            self._beat_at = now
        for followed in self._followed.values():
            for listener in followed.listeners:
                if (piece := listener.due(now)) is not None:
                    self._mail.append((listener, piece))
                if beats:
                    self._mail.append((listener, beat_frame(followed.seq)))


def entries_between(ward: str, after: int, upto: int) -> list[Entry]:
    """The entries after one seq up to another, in order."""
    rows = (
        JournalEntry.objects.filter(ward=ward, seq__gt=after, seq__lte=upto)
        .order_by("seq")
        .values_list("seq", "at", "verb", "subject_id", "point_id", "facts_json")
    )
    return [Entry(*row) for row in rows]


def hello_frame(seq: int) -> bytes:
    """The first event of a stream: from where it goes on."""
    return frame("hello", {"seq": seq}, seq=seq)


def beat_frame(seq: int) -> bytes:
    """Proves that the line lives, and moves the id on when only other points had news."""
    return frame("beat", {"seq": seq}, seq=seq)


def reset_frame(seq: int) -> bytes:
    """Tells the page to load anew: what it has seen cannot be followed from here."""
    return frame("reset", {"seq": seq}, seq=seq)


def _once(shown: Callable[[Entry], bytes]) -> Callable[[Entry], bytes]:
    made: list[bytes] = []

    def kept(entry: Entry) -> bytes:
        if not made:
            made.append(shown(entry))
        return made[0]

    return kept


hub = Hub()
