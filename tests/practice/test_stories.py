"""Practice dossiers walk through the ten statuses: by schedule, by "time passes", by the citizen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from donghanh.catalog.rules.dossier import dossier_warning
from donghanh.practice.models import STATUSES
from donghanh.practice.rules.stories import (
    ENDS,
    KEPT_FOR,
    STORIES,
    WAITS,
    Move,
    NotNow,
    after_the_citizen,
    as_of,
    dossier_code,
    due_day,
    next_move,
    story_for,
)

pytestmark = pytest.mark.pure
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
BEGUN = (Move("registered", NOON),)


def told(story: str, *, acts: bool = True) -> list[str]:
    """All statuses of a story in which the citizen does what is asked, or nothing."""
    moves = as_of(story, BEGUN, NOON + timedelta(days=1))
    while acts and moves[-1].status in WAITS:
        moves = (*moves, after_the_citizen(story, moves, WAITS[moves[-1].status], moves[-1].at))
        moves = as_of(story, moves, moves[-1].at + timedelta(days=1))
    return [move.status for move in moves]


def test_each_story_ends_where_it_should():
    assert told("ordinary") == ["registered", "received", "processing", "processed", "delivered"]
    assert told("supplement") == [
        "registered", "received", "processing", "supplement_requested", "processing", "processed", "delivered",
    ]  # fmt: skip
    assert told("payment") == [
        "registered", "received", "payment_requested", "processing", "processed", "delivered",
    ]  # fmt: skip
    assert told("refused") == ["registered", "refused"]


def test_all_ten_national_statuses_can_be_met():
    met = {status for story in STORIES for status in told(story)}
    assert met | {"withdrawal_requested", "stopped"} == set(STATUSES)


def test_where_the_citizen_must_act_the_schedule_waits():
    assert told("supplement", acts=False)[-1] == "supplement_requested"
    assert told("payment", acts=False)[-1] == "payment_requested"


def test_the_schedule_brings_nothing_early():
    assert as_of("ordinary", BEGUN, NOON + timedelta(minutes=19)) == BEGUN
    assert as_of("ordinary", BEGUN, NOON + timedelta(minutes=20))[1:] == (
        Move("received", NOON + timedelta(minutes=20)),
    )


def test_every_story_is_told_before_its_dossier_is_deleted():
    longest = max(sum(minutes for _, minutes in story) for story in STORIES.values())
    assert timedelta(minutes=longest) < KEPT_FOR / 2


def test_a_withdrawn_dossier_is_stopped():
    asked = (*BEGUN, after_the_citizen("ordinary", BEGUN, "withdraw", NOON))
    assert [move.status for move in as_of("ordinary", asked, NOON + timedelta(hours=1))] == [
        "registered", "withdrawal_requested", "stopped",
    ]  # fmt: skip


@pytest.mark.parametrize("act", ["supplement", "pay"])
def test_nothing_is_handed_in_that_was_not_asked_for(act):
    with pytest.raises(NotNow):
        after_the_citizen("ordinary", BEGUN, act, NOON)


def test_what_has_ended_is_not_withdrawn():
    for status in ENDS:
        ended = (*BEGUN, Move(status, NOON))
        assert next_move("ordinary", ended) is None
        with pytest.raises(NotNow):
            after_the_citizen("ordinary", ended, "withdraw", NOON)


def test_the_story_is_the_wished_one_else_payment_when_unpaid_else_by_number():
    assert story_for(3, wished="refused", unpaid=True) == "refused"
    assert story_for(3, wished="", unpaid=True) == "payment"
    assert [story_for(number, wished="", unpaid=False) for number in range(4)] == [
        "ordinary", "ordinary", "ordinary", "supplement",
    ]  # fmt: skip


def test_a_code_looks_like_a_real_one():
    code = dossier_code(7, date(2026, 11, 24))
    assert code == "H13.99-261124-000007"
    assert dossier_warning("province", code) is None


def test_the_appointment_counts_weekdays():
    friday = date(2026, 11, 27)
    assert [due_day(friday, days) for days in (0, 1, 5)] == [friday, date(2026, 11, 30), date(2026, 12, 4)]
