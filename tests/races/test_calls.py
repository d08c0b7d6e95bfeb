"""Twenty counters call over four hundred waiting at once: each ticket once, on both databases."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any
from uuid import uuid4

import pytest

from tests.server import LiveServer
from tests.wire import Caller

pytestmark = pytest.mark.server

COUNTERS, WAITING = 20, 400


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_each_of_four_hundred_tickets_is_called_once(database):
    with LiveServer(database) as server:
        ward = server.seed(wards=1, counters=COUNTERS, waiting=WAITING)["wards"][0]
        server.start()

        async def counter(desk: dict[str, Any]) -> list[str]:
            called = []
            async with Caller(server.port, desk["token"]) as caller:
                path = f"/counters/{desk['counter']}/call-next"
                while (answer := await caller.post(path, key=str(uuid4()))).status != 204:
                    assert answer.status == 200, answer
                    called.append(answer.body["id"])
            return called

        async def run() -> list[list[str]]:
            return await asyncio.gather(*(counter(desk) for desk in ward["desks"]))

        called = [ticket for tickets in asyncio.run(run()) for ticket in tickets]
        seen = server.look()
        assert sorted(called) == sorted(pk for pk, _, _ in seen["tickets"])
        assert len(called) == WAITING
        calls = Counter(subject for _, _, verb, subject in seen["verbs"] if verb == "ticket.call")
        assert set(calls.values()) == {1}
        assert seen["breaks"] == []
