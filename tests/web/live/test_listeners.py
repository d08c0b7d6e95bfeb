"""What each listener hears, how it is let go when it does not keep up, and how small its events are."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from donghanh.web.live.events import Entry, entry_frame
from donghanh.web.live.listeners import MOST_WAITING, Listener, TicketListener

pytestmark = pytest.mark.pure

POINT, OTHER = uuid4(), uuid4()
AT = datetime(2026, 11, 24, 8, 30, 15, 123456, UTC)


def entry(
    seq: int = 1, verb: str = "ticket.call", subject: str = "t1", point: UUID | None = POINT, **facts: Any
) -> Entry:
    return Entry(seq, AT, verb, subject, point, json.dumps(facts))


def body_of(piece: bytes) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(piece.decode().split("data: ", 1)[1])
    return body


def test_an_entry_becomes_a_small_delta_with_its_id():
    piece = entry_frame(entry(27, number="A027", counter="3", priority=0, p50=None))
    assert piece.decode() == (
        'id: 27\nevent: ticket\ndata: {"number":"A027","counter":"3","priority":0,"id":"t1",'
        '"verb":"ticket.call","at":"2026-11-24T08:30:15.123Z"}\n\n'
    )


def test_facts_that_do_not_fit_are_left_out_lists_first():
    long = entry_frame(entry(verb="case.steps", done=["step-of-a-long-name"] * 20, count=20))
    assert body_of(long) == {"id": "t1", "verb": "case.steps", "at": "2026-11-24T08:30:15.123Z", "count": 20}
    longer = entry_frame(entry(verb="case.steps", words="x" * 400))
    assert body_of(longer) == {"id": "t1", "verb": "case.steps", "at": "2026-11-24T08:30:15.123Z"}


def test_facts_never_hide_the_id_or_the_verb():
    assert body_of(entry_frame(entry(verb="ticket.call", id="forged")))["id"] == "t1"


def test_a_listener_hears_its_point_only():
    listener = Listener("31153", POINT)
    heard = [
        listener.heard(one, entry_frame) is not None
        for one in (entry(), entry(point=OTHER), entry(point=None))
    ]
    assert heard == [True, False, False]


def test_the_hall_does_not_hear_what_a_stay_is_about():
    board = Listener("31153", POINT, families=frozenset({"ticket", "counter"}))
    verbs = ("ticket.call", "counter.open", "case.open", "person.edit")
    assert [board.hears(entry(verb=verb)) for verb in verbs] == [True, True, False, False]


def test_a_citizens_page_hears_its_own_ticket_and_that_others_moved():
    page = TicketListener("31153", POINT, ticket_id="mine")
    own = page.heard(entry(5, subject="mine", number="A005"), entry_frame)
    assert own is not None
    assert body_of(own)["number"] == "A005"
    assert page.heard(entry(6, subject="other", number="A006"), entry_frame) is None
    assert page.heard(entry(7, verb="case.open", subject="c"), entry_frame) is None
    told = page.due(100.0)
    assert told == b'id: 6\nevent: changed\ndata: {"changed":true}\n\n'


def test_a_citizens_page_is_told_of_others_at_most_once_a_second():
    page = TicketListener("31153", POINT, ticket_id="mine")
    told = []
    for tenth in range(50):
        page.heard(entry(tenth, subject="other"), entry_frame)
        told.append(page.due(100 + tenth / 10) is not None)
    assert [tenth for tenth, was in enumerate(told) if was] == [0, 10, 20, 30, 40]


def test_a_listener_that_does_not_keep_up_is_let_go_and_gets_nothing_in_pieces():
    listener = Listener("31153", POINT)
    for _ in range(MOST_WAITING):
        listener.put(b"x")
    assert (listener.is_over, listener.let_go.is_set()) == (False, False)
    listener.put(b"x")
    listener.put(b"late")
    assert (listener.is_over, listener.let_go.is_set(), listener.frames) == (True, True, [])
