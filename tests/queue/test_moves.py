"""Every state × every move, by the table of the design and not by the code's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from donghanh.queue.models import STATES
from donghanh.queue.rules.moves import (
    MOVES,
    PERIOD_OF_STATE,
    CalledOftenEnough,
    MoveNotPossible,
    TooSoonToRecall,
    check_recall,
    may_undo,
    next_state,
)

pytestmark = pytest.mark.pure

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
LAWFUL = {
    ("waiting", "call"): "called",
    ("called", "arrived"): "serving",
    ("recalled", "arrived"): "serving",
    ("called", "recall"): "recalled",
    ("recalled", "recall"): "recalled",
    ("absent", "recall_absent"): "recalled",
    ("called", "absent"): "absent",
    ("recalled", "absent"): "absent",
    ("serving", "hold"): "held",
    ("held", "resume"): "serving",
    ("serving", "park"): "parked",
    ("parked", "come_back"): "waiting",
    ("absent", "come_back"): "waiting",
    ("serving", "forward"): "waiting",
    ("held", "forward"): "waiting",
    ("serving", "finish"): "done",
    ("held", "finish"): "done",
    ("waiting", "leave"): "gone",
    ("held", "leave"): "gone",
    ("parked", "leave"): "gone",
    ("absent", "leave"): "gone",
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("move", sorted(MOVES))
def test_every_state_and_move_is_lawful_or_refused_by_name(state, move):
    if (state, move) in LAWFUL:
        assert next_state(move, state, number="A001") == LAWFUL[state, move]
        return
    with pytest.raises(MoveNotPossible) as refused:
        next_state(move, state, number="A001", first="(Phạm Anh Khoa)")
    assert refused.value.facts == {"number": "A001", "state": state, "first": "(Phạm Anh Khoa)"}


def test_the_table_holds_no_other_move():
    assert {(state, move) for move, (starts, _) in MOVES.items() for state in starts} == set(LAWFUL)


def test_every_open_state_has_a_period_and_no_ended_one():
    assert set(PERIOD_OF_STATE) == set(STATES) - {"done", "gone", "closed"}


def recall(seconds: float, calls: int) -> None:
    check_recall(
        number="A001",
        calls=calls,
        last_called_at=NOON,
        now=NOON + timedelta(seconds=seconds),
        cooldown=timedelta(seconds=20),
        most_calls=3,
    )


def test_a_recall_waits_out_its_cooldown_and_says_how_long():
    with pytest.raises(TooSoonToRecall) as refused:
        recall(12.5, 1)
    assert refused.value.facts == {"number": "A001", "seconds": 8}
    recall(20, 1)


def test_after_the_last_call_absent_is_next():
    recall(60, 2)
    with pytest.raises(CalledOftenEnough) as refused:
        recall(60, 3)
    assert refused.value.facts == {"number": "A001", "calls": 3}


@pytest.mark.parametrize(
    ("minutes", "asker", "coordinates", "may"),
    [
        (4, "lan", False, True),
        (6, "lan", False, False),
        (4, "khoa", False, False),
        (4, "khoa", True, True),
        (6, "khoa", True, False),
        (5, "lan", False, True),
    ],
)
def test_undo_is_for_the_author_or_a_coordinator_within_minutes(minutes, asker, coordinates, may):
    assert (
        may_undo(
            moved_at=NOON,
            moved_by="lan",
            now=NOON + timedelta(minutes=minutes),
            asker=asker,
            asker_coordinates=coordinates,
            within=timedelta(minutes=5),
        )
        is may
    )
