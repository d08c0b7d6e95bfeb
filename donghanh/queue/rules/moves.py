"""The lawful moves of a ticket, as one table (design reference, section 6)."""

from __future__ import annotations

from datetime import datetime, timedelta

from donghanh.kernel.errors import Refusal

# move: (states it may start from, state it leads to)
MOVES: dict[str, tuple[frozenset[str], str]] = {
    "call": (frozenset({"waiting"}), "called"),
    "arrived": (frozenset({"called", "recalled"}), "serving"),
    "recall": (frozenset({"called", "recalled"}), "recalled"),
    "recall_absent": (frozenset({"absent"}), "recalled"),
    "absent": (frozenset({"called", "recalled"}), "absent"),
    "hold": (frozenset({"serving"}), "held"),
    "resume": (frozenset({"held"}), "serving"),
    "park": (frozenset({"serving"}), "parked"),
    "come_back": (frozenset({"parked", "absent"}), "waiting"),
    "forward": (frozenset({"serving", "held"}), "waiting"),
    "finish": (frozenset({"serving", "held"}), "done"),
    "leave": (frozenset({"waiting", "held", "parked", "absent"}), "gone"),
}

PERIOD_OF_STATE = {
    "waiting": "wait",
    "called": "walk",
    "recalled": "walk",
    "serving": "service",
    "held": "hold",
    "parked": "park",
    "absent": "away",
}


class MoveNotPossible(Refusal):
    """The ticket is in a state that this move does not start from."""

    message = "Number {number} is “{state}” now, so this is not possible. {first}"


class TooSoonToRecall(Refusal):
    """The cool-down since the last call has not passed."""

    message = "Number {number} was called a moment ago. You can call again in {seconds} seconds."


class CalledOftenEnough(Refusal):
    """The limit of calls is reached; absent is the next move."""

    message = (
        "Number {number} was called {calls} times. Mark it absent: it keeps its place if the person returns."
    )


class NothingToUndo(Refusal):
    """There is no last move, or its time has passed, or it is somebody else's."""

    message = "There is nothing to undo here: only the last move, by its author or a coordinator, within {minutes} minutes."


def next_state(move: str, state: str, *, number: str, first: str = "") -> str:
    """Where `move` leads from `state`. Refuses with MoveNotPossible."""
    starts, target = MOVES[move]
    if state not in starts:
        raise MoveNotPossible(number=number, state=state, first=first)
    return target


def check_recall(
    *, number: str, calls: int, last_called_at: datetime, now: datetime, cooldown: timedelta, most_calls: int
) -> None:
    """A recall waits out the cool-down and has a limit. Refuses with TooSoonToRecall or CalledOftenEnough."""
    if calls >= most_calls:
        raise CalledOftenEnough(number=number, calls=calls)
    left = last_called_at + cooldown - now
    if left > timedelta(0):
        raise TooSoonToRecall(number=number, seconds=int(left.total_seconds()) + 1)


def may_undo(
    *,
    moved_at: datetime,
    moved_by: str,
    now: datetime,
    asker: str,
    asker_coordinates: bool,
    within: timedelta,
) -> bool:
    """Only soon after, and only its author or a coordinator."""
    return now - moved_at <= within and (asker == moved_by or asker_coordinates)
