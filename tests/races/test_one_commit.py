"""Acts that share a commit on SQLite stay apart: a refused one leaves nothing, the others lose nothing."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.server import LiveServer
from tests.wire import Answer, Caller

pytestmark = pytest.mark.server

CLIENTS, ROUNDS = 20, 5


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_good_and_refused_acts_at_once_do_not_touch_each_other(database):
    with LiveServer(database) as server:
        ward = server.seed(wards=1, counters=1)["wards"][0]
        server.start()
        asks: list[tuple[str, dict[str, Any], int]] = [
            ("/tickets", {"point": ward["point"]}, 201),
            ("/tickets", {"point": ward["point"], "priority": 99}, 422),
            ("/tickets", {"point": str(uuid4())}, 404),
            ("/cases", {"ticket": str(uuid4()), "procedure": "1.000894"}, 404),
        ]

        async def client(number: int) -> list[tuple[int, Answer]]:
            answers = []
            async with Caller(server.port, ward["desks"][0]["token"]) as caller:
                for turn in range(ROUNDS):
                    path, body, expected = asks[(number + turn) % len(asks)]
                    answers.append((expected, await caller.post(path, body, key=str(uuid4()))))
            return answers

        async def run() -> list[tuple[int, Answer]]:
            parts = await asyncio.gather(*(client(number) for number in range(CLIENTS)))
            return [one for part in parts for one in part]

        answers = asyncio.run(run())
        assert [answer.status for _, answer in answers] == [expected for expected, _ in answers]
        issued = sorted(answer.body["id"] for _, answer in answers if answer.status == 201)
        seen = server.look()
        assert sorted(pk for pk, _, _ in seen["tickets"]) == issued
        assert [ordinal for _, ordinal, _ in seen["tickets"]] == list(range(1, len(issued) + 1))
        assert [verb for _, _, verb, _ in seen["verbs"] if verb.startswith("ticket")] == [
            "ticket.issue"
        ] * len(issued)
        assert seen["breaks"] == []
