"""Ten clients draw ten numbers each at once, through the API: 100 distinct, gapless numbers on both databases."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from tests.server import LiveServer
from tests.wire import Answer, Caller

pytestmark = pytest.mark.server

CLIENTS, TICKETS = 10, 10


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_hundred_numbers_drawn_at_once_are_distinct_and_gapless(database):
    with LiveServer(database) as server:
        ward = server.seed(wards=1, counters=1)["wards"][0]
        server.start()

        async def client() -> list[Answer]:
            async with Caller(server.port, ward["kiosk"]) as caller:
                body = {"point": ward["point"]}
                return [await caller.post("/tickets", body, key=str(uuid4())) for _ in range(TICKETS)]

        async def run() -> list[Answer]:
            return [
                answer
                for answers in await asyncio.gather(*(client() for _ in range(CLIENTS)))
                for answer in answers
            ]

        answers = asyncio.run(run())
        assert {answer.status for answer in answers} == {201}
        assert sorted(answer.body["number"] for answer in answers) == [f"A{n:03d}" for n in range(1, 101)]
        assert len({answer.body["id"] for answer in answers}) == CLIENTS * TICKETS
        seen = server.look()
        assert [ordinal for _, ordinal, _ in seen["tickets"]] == list(range(1, 101))
        assert seen["breaks"] == []
