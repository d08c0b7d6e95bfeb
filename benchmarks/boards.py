"""Two hundred boards: how long after a call was asked for each has heard it."""

from __future__ import annotations

import asyncio
import time
from typing import Any
from uuid import uuid4

from benchmarks.figures import say, say_times
from tests.server import LiveServer
from tests.wire import Caller, Stream

BOARDS, CALLS, PAUSE = 200, 40, 0.1


async def watch(stream: Stream, heard: dict[str, list[float]]) -> None:
    """Note when each call came, until all came."""
    count = 0
    async for event in stream.events():
        if event.body.get("verb") == "ticket.call":
            heard.setdefault(event.body["id"], []).append(event.at)
            count += 1
            if count == CALLS:
                return


async def call_and_hear(server: LiveServer, ward: dict[str, Any]) -> tuple[list[float], int]:
    """From just before the request to every board; and how many heard each call."""
    path = f"/live/points/{ward['point']}"
    streams = [Stream(server.port, path, ward["board"]) for _ in range(BOARDS)]
    for stream in streams:
        await stream.__aenter__()
    heard: dict[str, list[float]] = {}
    watching = [asyncio.create_task(watch(stream, heard)) for stream in streams]
    await asyncio.sleep(1)
    desk, asked = ward["desks"][0], {}
    async with Caller(server.port, desk["token"]) as caller:
        for _ in range(CALLS):
            began = time.perf_counter()
            answer = await caller.post(f"/counters/{desk['counter']}/call-next", key=str(uuid4()))
            asked[answer.body["id"]] = began
            await asyncio.sleep(PAUSE)
    await asyncio.wait(watching, timeout=10)
    for stream in streams:
        await stream.__aexit__()
    delays = [at - asked[ticket] for ticket, moments in heard.items() for at in moments]
    return delays, sum(len(moments) for moments in heard.values())


def main() -> None:
    """Both databases."""
    for database in ("sqlite", "postgresql"):
        with LiveServer(database, workers=2 if database == "postgresql" else 1) as server:
            ward = server.seed(wards=1, counters=1, waiting=CALLS)["wards"][0]
            server.start()
            delays, events = asyncio.run(call_and_hear(server, ward))
        say(f"events heard, {BOARDS} boards, {database}", events, "events", aim=BOARDS * CALLS)
        say_times(f"call asked → heard, {BOARDS} boards, {database}", delays, aim_p99_ms=1000)


if __name__ == "__main__":
    main()
