"""An open stream ends within a minute of its right to listen; those who may still listen stay."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.server import LiveServer
from tests.wire import Stream

pytestmark = pytest.mark.server


async def heard_until_end(stream: Stream) -> float:
    """Read on to the end; when it came."""
    async for _ in stream.events():
        pass
    return time.monotonic()


def test_a_revoked_board_and_script_hear_nothing_after_a_minute():
    with LiveServer("sqlite") as server:
        ward = server.seed()["wards"][0]
        server.start()

        async def run() -> list[float]:
            path = f"/live/points/{ward['point']}"
            async with (
                Stream(server.port, path, ward["board"]) as board,
                Stream(server.port, path, ward["desks"][0]["token"]) as script,
            ):
                ends = [asyncio.create_task(heard_until_end(one)) for one in (board, script)]
                await asyncio.sleep(1)
                assert not any(one.done() for one in ends)
                await asyncio.to_thread(server.run, "tests.revoke_devices")
                began = time.monotonic()
                async with asyncio.timeout(60):
                    return [await one - began for one in ends]

        assert max(asyncio.run(run())) < 60
