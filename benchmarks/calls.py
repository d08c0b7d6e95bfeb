"""Twenty counters call at once over four hundred waiting."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

from benchmarks.figures import say, say_times
from tests.server import LiveServer
from tests.wire import Answer, Caller

COUNTERS, WAITING, WARM_UP = 20, 400, 2


async def call_all(server: LiveServer, ward: dict[str, Any]) -> list[Answer]:
    """Every counter calls until nobody waits."""
    all_warm = asyncio.Barrier(len(ward["desks"]))

    async def counter(desk: dict[str, Any]) -> list[Answer]:
        answers: list[Answer] = []
        async with Caller(server.port, desk["token"]) as caller:
            path = f"/counters/{desk['counter']}/call-next"
            for _ in range(WARM_UP):  # a server that has been at work: connections open, code and caches warm
                await caller.post("/tickets", {"point": ward["point"]}, key=str(uuid4()))
                await caller.post(path, key=str(uuid4()))
            await all_warm.wait()
            while (answer := await caller.post(path, key=str(uuid4()))).status != 204:
                assert answer.status == 200, answer
                answers.append(answer)
        return answers

    return [answer for one in await asyncio.gather(*map(counter, ward["desks"])) for answer in one]


def main() -> None:
    """Both databases."""
    for database in ("sqlite", "postgresql"):
        with LiveServer(database, workers=2 if database == "postgresql" else 1) as server:
            ward = server.seed(wards=1, counters=COUNTERS, waiting=WAITING)["wards"][0]
            server.start()
            answers = asyncio.run(call_all(server, ward))
        distinct = len({answer.body["id"] for answer in answers})
        say(
            f"tickets called twice, {database}", len(answers) - distinct, "tickets", aim=0, calls=len(answers)
        )
        say_times(f"call next, 20 counters at once, {database}", [answer.seconds for answer in answers],
                  aim_p95_ms=100, a_peer_with_10_counters_p95_ms=2200)  # fmt: skip


if __name__ == "__main__":
    main()
