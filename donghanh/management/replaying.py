"""A day of arrivals lived through a running server's public interface, time compressed."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

from donghanh.kernel.errors import Refusal
from donghanh.management.arrivals import Coming
from donghanh.management.caller import Answered, Caller
from donghanh.reports.rules.spread import spread_of

LOOK_AGAIN_SECONDS = 0.5
PORTAL = "national"


class CannotReplay(Refusal):
    """The server's point does not fit the day."""

    message = "The replay cannot go on: {problem}"


@dataclass
class Tally:
    """What happened, as the client saw it."""

    counts: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    left: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str) -> None:
        """Count one."""
        with self.lock:
            self.counts[name] += 1

    def refuse(self, refusal: Answered) -> None:
        """Count an answer that was not expected."""
        with self.lock:
            self.refused[f"{refusal.facts['status']} {refusal.facts['code']} {refusal.facts['method']}"] += 1


@dataclass(frozen=True)
class Issued:
    """Who holds a number, and when they got it."""

    who: Coming
    procedure: str
    at: float


class Replay:
    """One run: a thread for the door, one for each counter."""

    def __init__(
        self,
        caller: Caller,
        point: str,
        day: list[Coming],
        *,
        speed: float,
        counters: int,
        say: Callable[[str], None],
    ) -> None:
        self.caller, self.point, self.day, self.speed, self.say = caller, point, day, speed, say
        self.counters = self._counters(counters)
        self.wanted = self._wanted()
        self.tally = Tally()
        self.issued: dict[str, Issued] = {}
        self.door_shut, self.stop = threading.Event(), threading.Event()
        self.news = threading.Condition()
        self.failure: BaseException | None = None

    def run(self) -> dict[str, Any]:
        """Live the day; gives the summary."""
        began = time.monotonic()
        threads = [threading.Thread(target=self._guarded, args=(self._door,), daemon=True)]
        threads += [
            threading.Thread(target=self._guarded, args=(self._counter, one), daemon=True)
            for one in self.counters
        ]
        for thread in threads:
            thread.start()
        try:
            while any(thread.is_alive() for thread in threads):
                threads[0].join(0.2) if threads[0].is_alive() else time.sleep(0.1)
                self._progress(began)
        except KeyboardInterrupt:
            self.stop.set()
            self.say("Stopped; what was sent stays.")
        if self.failure is not None:
            raise self.failure
        return self.summary(time.monotonic() - began)

    def summary(self, seconds: float) -> dict[str, Any]:
        """Counts, and waits in real seconds and in minutes of the replayed day."""
        waits, counts = spread_of(self.tally.waits), self.tally.counts
        return {
            "what": "replay",
            "point": self.point,
            "speed": self.speed,
            "counters": len(self.counters),
            "seconds": round(seconds, 1),
            "arrivals": len(self.day),
            "tickets": counts["tickets"],
            "served": counts["served"],
            "left": len(self.tally.left),
            "absent": len(self.tally.absent - self.tally.left),  # called after they had gone
            "wait_seconds": {
                "n": waits.n,
                "mean": waits.mean,
                "p50": waits.p50,
                "p80": waits.p80,
                "max": waits.max,
            },
            "wait_minutes_of_the_day": {
                name: None if value is None else round(value * self.speed / 60, 1)
                for name, value in (
                    ("mean", waits.mean),
                    ("p50", waits.p50),
                    ("p80", waits.p80),
                    ("max", waits.max),
                )
            },
            "refused": dict(self.tally.refused),
        }

    def _guarded(self, work: Callable[..., None], *args: Any) -> None:
        try:
            work(*args)
        except Refusal as failure:
            self.failure = self.failure or failure
            self.stop.set()
            self.door_shut.set()

    def _door(self) -> None:
        """Issue numbers when people come; those who lose patience leave."""
        start, first = time.monotonic(), self.day[0].at
        leaving: list[tuple[float, str]] = []
        for one in [*self.day, None]:
            due = start + (one.at - first) / self.speed if one else None
            while leaving and (due is None or leaving[0][0] <= due) and not self.stop.is_set():
                moment, ticket = heappop(leaving)
                self._pause(moment - time.monotonic())
                self._leave(ticket)
            if one is None or self.stop.is_set():
                break
            self._pause((due or 0) - time.monotonic())
            ticket = self._take_number(one)
            if ticket and one.service_seconds is None:
                heappush(leaving, (time.monotonic() + (one.leaves_after or 0) / self.speed, ticket))
        self.door_shut.set()
        with self.news:
            self.news.notify_all()

    def _take_number(self, one: Coming) -> str:
        procedure = self.wanted[one.kind]
        try:
            made = self.caller.post(
                "/tickets", {"point": self.point, "procedure": procedure, "priority": one.priority}
            )
        except Answered as refusal:
            self.tally.refuse(refusal)
            return ""
        with self.news:
            self.issued[made["id"]] = Issued(one, procedure, time.monotonic())
            self.tally.add("tickets")
            self.news.notify()
        return str(made["id"])

    def _leave(self, ticket: str) -> None:
        try:
            self.caller.post(f"/tickets/{ticket}/leave")
            self.tally.left.add(ticket)
        except Answered as refusal:
            if refusal.facts["status"] != 409:  # 409: called already, the counter marks them absent
                self.tally.refuse(refusal)

    def _counter(self, counter: str) -> None:
        """Call, help and finish until the door is shut and nobody waits."""
        while not self.stop.is_set():
            over = self.door_shut.is_set()
            called = self.caller.post(f"/counters/{counter}/call-next")
            if called is not None:
                self._serve(called["id"])
            elif over:
                return
            else:
                with self.news:
                    self.news.wait(LOOK_AGAIN_SECONDS)

    def _serve(self, ticket: str) -> None:
        one = self.issued.get(ticket)
        if one is None:  # someone else's, or its number's answer is still on the way
            with self.news:
                self.news.wait_for(lambda: ticket in self.issued, 1.0)
            one = self.issued.get(ticket)
        try:
            if one is None or one.who.service_seconds is None:
                self.caller.post(f"/tickets/{ticket}/absent")
                self.tally.absent.add(ticket)
                return
            with self.tally.lock:
                self.tally.waits.append(max(time.monotonic() - one.at, 0.0))
            self._help(ticket, one)
            self.tally.add("served")
        except Answered as refusal:
            self.tally.refuse(refusal)

    def _help(self, ticket: str, one: Issued) -> None:
        until = time.monotonic() + (one.who.service_seconds or 0) / self.speed
        self.caller.post(f"/tickets/{ticket}/arrived")
        case = self.caller.post("/cases", {"ticket": ticket, "procedure": one.procedure})
        steps = [{"step": step["id"], "done": True} for step in case["steps"]]
        if steps:
            self.caller.post(f"/cases/{case['id']}/steps", {"steps": steps})
        coded = not one.procedure.startswith("svc.")
        if coded:  # an invented code that no portal gives
            self.caller.post(
                f"/cases/{case['id']}/dossier", {"portal": PORTAL, "code": f"REPLAY-{ticket[-12:]}"}
            )
        self._pause(until - time.monotonic())
        self.caller.post(f"/cases/{case['id']}/finish", {"outcome": "submitted" if coded else "done"})

    def _counters(self, many: int) -> list[str]:
        known = [one["id"] for one in self.caller.get(f"/points/{self.point}/counters")]
        if many > len(known):
            problem = (
                f"The point has {len(known)} counters; --counters {many} is too many. Add some in the office."
            )
            raise CannotReplay(problem=problem)
        return known[:many]

    def _wanted(self) -> dict[str, str]:
        """A procedure for each kind: its code, one of its series' letter, else the next in turn."""
        offered = [one for one in self.caller.get(f"/procedures?point={self.point}") if one["series"]]
        if not offered:
            raise CannotReplay(
                problem="The point offers no procedure. Publish some and offer them in a series."
            )
        codes = [one["code"] for one in offered]
        wanted: dict[str, str] = {}
        for turn, kind in enumerate(sorted({one.kind for one in self.day})):
            of_series = [one["code"] for one in offered if kind in one["series"]]
            wanted[kind] = kind if kind in codes else (of_series or [codes[turn % len(codes)]])[0]
        return wanted

    def _pause(self, seconds: float) -> None:
        if seconds > 0:
            self.stop.wait(seconds)

    _told_at = 0.0

    def _progress(self, began: float) -> None:
        now = time.monotonic()
        if now - self._told_at >= 5:
            self._told_at = now
            counts = self.tally.counts
            self.say(
                f"{now - began:5.0f} s: {counts['tickets']} of {len(self.day)} numbers, {counts['served']} served, {len(self.tally.left)} left"
            )
