"""Two tabs and six people at one case: every event once, one order, and one of them gets the phone's answers."""

from __future__ import annotations

import json

import pytest

from tests.server import LiveServer

pytestmark = [pytest.mark.server, pytest.mark.timeout(120)]

THREADS, EVENTS = 8, 12


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_answers_given_at_once_are_kept_once_each_in_one_order(database):
    with LiveServer(database) as server:
        told = json.loads(server.run("tests.races.answerers", str(THREADS), str(EVENTS)))
    own, shared = THREADS * EVENTS, 1
    assert told == {
        "applied": own + shared,
        "duplicate": own - shared,
        "all": 2 * own,
        "seqs": list(range(1, own + shared + 1)),
        "seq": own + shared,
        "taken": [""] * (THREADS - 1) + ["A" * 60],
        "broken": "",
    }
