"""How a practice dossier goes on: one of four stories through the ten national statuses.

A story is a row of statuses, each with minutes after the one before. Where the citizen must act
(more papers, payment), it waits. All of a story but the waiting lasts less than half a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from donghanh.kernel.errors import Refusal

KEPT_FOR = timedelta(hours=24)
# Who trained is known for two years, as long as who did what elsewhere.
TRAINED_FOR = timedelta(days=730)
_END = (("processed", 180), ("delivered", 60))
STORIES: dict[str, tuple[tuple[str, int], ...]] = {
    "ordinary": (("received", 20), ("processing", 30), *_END),
    "supplement": (("received", 20), ("processing", 30), ("supplement_requested", 60), ("processing", 30), *_END),
    "payment": (("received", 20), ("payment_requested", 20), ("processing", 30), *_END),
    "refused": (("refused", 30),),
}  # fmt: skip
# What the citizen does where the story waits for them, and where it may be left.
WAITS = {"supplement_requested": "supplement", "payment_requested": "pay"}
ENDS = frozenset({"refused", "stopped", "delivered"})
MAY_WITHDRAW = frozenset(
    {"registered", "received", "processing", "supplement_requested", "payment_requested"}
)
AFTER_WITHDRAWAL = ("stopped", 30)


class NotNow(Refusal):
    """The practice dossier does not wait for this."""

    message = "This practice dossier does not wait for that now ({status})."


@dataclass(frozen=True, slots=True)
class Move:
    """A status and when the dossier came to it."""

    status: str
    at: datetime


def next_move(story: str, moves: tuple[Move, ...]) -> Move | None:
    """The next status and when it is due; None at the end of the story or where the citizen must act."""
    last = moves[-1]
    if last.status in ENDS or last.status in WAITS:
        return None
    if last.status == "withdrawal_requested":
        status, minutes = AFTER_WITHDRAWAL
        return Move(status, last.at + timedelta(minutes=minutes))
    place = len(moves) - 1  # registered stands before the story
    if place >= len(STORIES[story]):
        return None
    status, minutes = STORIES[story][place]
    return Move(status, last.at + timedelta(minutes=minutes))


def as_of(story: str, moves: tuple[Move, ...], now: datetime) -> tuple[Move, ...]:
    """The moves so far and those that the schedule has brought since, in order."""
    done = moves
    while (due := next_move(story, done)) is not None and due.at <= now:
        done = (*done, due)
    return done


def after_the_citizen(story: str, moves: tuple[Move, ...], act: str, now: datetime) -> Move:
    """What follows when the citizen supplements, pays or withdraws. Refuses with NotNow."""
    status = moves[-1].status
    if act == "withdraw":
        if status not in MAY_WITHDRAW:
            raise NotNow(status=status)
        return Move("withdrawal_requested", now)
    if WAITS.get(status) != act:
        raise NotNow(status=status)
    return Move(STORIES[story][len(moves) - 1][0], now)


def story_for(number: int, *, wished: str, unpaid: bool) -> str:
    """Which story a dossier gets: the wished one, else by its number; what is unpaid waits for payment."""
    if wished in STORIES:
        return wished
    if unpaid:
        return "payment"
    return "supplement" if number % 4 == 3 else "ordinary"


def dossier_code(number: int, day: date) -> str:
    """A code in the national form: agency H13.99 (no such office), day, running number."""
    return f"H13.99-{day:%y%m%d}-{number:06d}"


def due_day(day: date, working_days: int) -> date:
    """The appointment: so many weekdays later. Holidays are left to real portals."""
    while working_days > 0:
        day += timedelta(days=1)
        working_days -= day.weekday() < 5
    return day
