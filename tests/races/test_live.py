"""The live stream against a real server: nothing lost, nothing twice, and nobody hears what is not theirs."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.server import ROOT, LiveServer
from tests.wire import Event, Stream

pytestmark = pytest.mark.server

WRITERS, ENTRIES = 8, 40


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Iterator[LiveServer]:
    """A running server with two wards; its seed is in `server.made`."""
    with LiveServer(request.param) as running:
        running.made = running.seed(wards=2, counters=2)
        yield running.start()


def ward_of(server: LiveServer, number: int = 0) -> dict[str, Any]:
    ward: dict[str, Any] = server.made["wards"][number]
    return ward


def path_of(ward: dict[str, Any]) -> str:
    return f"/live/points/{ward['point']}"


async def write(
    server: LiveServer, ward: dict[str, Any], *, writers: int, entries: int, other: str = ""
) -> set[str]:
    """Let writers work beside the server; the subject ids that the point's stream must carry."""
    command = [sys.executable, "-m", "tests.writers", ward["ward"], ward["point"], other or str(uuid4())]
    running = await asyncio.create_subprocess_exec(
        *command, str(writers), str(entries), cwd=ROOT, env=server.environment, stderr=subprocess.PIPE
    )
    _, said = await running.communicate()
    assert running.returncode == 0, said.decode()
    return {
        f"{writer}-{number}"
        for writer in range(writers)
        for number in range(entries)
        if number % 3 != 2 and number % 4 != 3
    }


async def gather_until(stream: Stream, seconds: float, *, silence: float = 1.5) -> list[Event]:
    """All events until nothing came for a while."""
    heard: list[Event] = []
    events: AsyncIterator[Event] = stream.events()
    try:
        async with asyncio.timeout(seconds):
            while True:
                heard.append(await asyncio.wait_for(anext(events), silence if heard else seconds))
    except (TimeoutError, StopAsyncIteration):
        return heard


def test_eight_writers_lose_no_event_and_order_is_the_chains(server):
    ward = ward_of(server)

    async def run() -> tuple[set[str], list[Event]]:
        async with Stream(server.port, path_of(ward), ward["board"]) as stream:
            listening = asyncio.create_task(gather_until(stream, 60, silence=6))
            due = await write(server, ward, writers=WRITERS, entries=ENTRIES)
            return due, await listening

    due, heard = asyncio.run(run())
    assert heard[0].name == "hello"
    tickets = [event for event in heard if event.name == "ticket"]
    assert [event.body["id"] for event in tickets if event.body["id"] not in due] == []
    assert sorted(event.body["id"] for event in tickets) == sorted(due)
    ids = [event.id for event in heard]
    assert ids == sorted(set(ids))
    assert server.look()["breaks"] == []


def test_a_board_that_reconnects_again_and_again_under_eight_writers_misses_nothing(server):
    ward = ward_of(server)

    async def run() -> tuple[set[str], list[Event]]:
        heard: list[Event] = []
        last: int | None = None
        writing: asyncio.Task[set[str]] | None = None
        while writing is None or not writing.done() or len(heard) < ENTRIES:
            async with Stream(server.port, path_of(ward), ward["board"], last=last) as stream:
                if writing is None:
                    last = (await anext(stream.events())).id
                    writing = asyncio.create_task(write(server, ward, writers=WRITERS, entries=ENTRIES))
                    continue  # lost at once: everything is written while nobody listens, or half of it
                part = await gather_until(stream, 0.3, silence=0.3)
            heard += [event for event in part if event.name == "ticket"]
            await asyncio.sleep(0.15)  # away, while the writers go on
            last = max([last or 0, *(event.id for event in part if event.id is not None)])
        due = await writing
        async with Stream(server.port, path_of(ward), ward["board"], last=last) as stream:
            heard += [event for event in await gather_until(stream, 2, silence=1) if event.name == "ticket"]
        return due, heard

    due, heard = asyncio.run(run())
    assert sorted(event.body["id"] for event in heard) == sorted(due)


def test_a_board_that_was_away_gets_what_it_missed_once(server):
    ward = ward_of(server)

    async def run() -> tuple[set[str], list[Event], list[Event]]:
        async with Stream(server.port, path_of(ward), ward["board"]) as stream:
            hello = await anext(stream.events())
        due = await write(server, ward, writers=1, entries=30)
        by_header = Stream(server.port, path_of(ward), ward["board"], last=hello.id)
        by_query = Stream(server.port, f"{path_of(ward)}?last_event_id={hello.id}", ward["board"])
        async with by_header as one, by_query as two:
            return due, await gather_until(one, 5), await gather_until(two, 5)

    due, by_header, by_query = asyncio.run(run())
    for heard in (by_header, by_query):
        assert [event.name for event in heard] == ["hello"] + ["ticket"] * len(due)
        assert {event.body["id"] for event in heard[1:]} == due


@pytest.mark.parametrize(("last", "greeting"), [(10**6, "reset"), (2**63 - 1, "reset"), (0, None)])
def test_an_id_from_another_journal_makes_the_page_load_anew(server, last, greeting):
    ward = ward_of(server, 1) if greeting is None else ward_of(server)

    async def run() -> Event:
        async with Stream(server.port, path_of(ward), ward["board"], last=last) as stream:
            return await anext(stream.events())

    assert asyncio.run(run()).name == (greeting or "hello")


def test_deltas_are_small_and_name_nobody(server):
    ward = ward_of(server)

    async def run() -> list[Event]:
        async with Stream(server.port, path_of(ward), ward["board"]) as stream:
            listening = asyncio.create_task(stream.take(1))
            await write(server, ward, writers=1, entries=1)
            return await listening

    (event,) = asyncio.run(run())
    assert (event.name, sorted(event.body)) == ("ticket", ["at", "id", "verb"])
    assert (event.body["id"], event.body["verb"]) == ("0-0", "ticket.call")


def test_only_who_may_see_the_point_hears_its_stream(server):
    own, foreign = ward_of(server), ward_of(server, 1)
    desk, other_desk = own["desks"][0]["token"], foreign["desks"][0]["token"]
    expected = [
        ("", own["point"], 401), ("no-such-token", own["point"], 401),
        (own["board"], own["point"], 200), (own["kiosk"], own["point"], 200), (desk, own["point"], 200),
        (foreign["board"], own["point"], 403), (foreign["kiosk"], own["point"], 403), (other_desk, own["point"], 404),
        (own["board"], str(uuid4()), 404), (desk, str(uuid4()), 404), (desk, "not-an-id", 404),
    ]  # fmt: skip

    async def status(token: str, point: str) -> int:
        async with Stream(server.port, f"/live/points/{point}", token) as stream:
            return stream.status

    async def run() -> list[int]:
        return [await status(token, point) for token, point, _ in expected]

    assert asyncio.run(run()) == [row[2] for row in expected]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/live/", 404), ("/live/points", 404), ("/live/points/", 404), ("/live/tickets/", 404),
        ("/live/tickets/guess", 404), ("/live/wards/31153", 404), ("/live/points/a/b", 404),
    ],
)  # fmt: skip
def test_other_addresses_below_live_are_not_found(server, path, status):
    async def run() -> tuple[int, str]:
        async with Stream(server.port, path, ward_of(server)["board"]) as stream:
            return stream.status, stream.headers["content-type"]

    assert asyncio.run(run()) == (status, "application/problem+json")


@pytest.mark.parametrize("last", ["-1", "abc", "1.5", "9" * 40, "%00"])
def test_a_malformed_id_is_refused(server, last):
    ward = ward_of(server)

    async def run() -> int:
        async with Stream(server.port, f"{path_of(ward)}?last_event_id={last}", ward["board"]) as stream:
            return stream.status

    assert asyncio.run(run()) == 422


def test_two_hundred_boards_hear_each_call_once(server):
    ward = ward_of(server)

    async def run() -> list[list[Event]]:
        streams = [Stream(server.port, path_of(ward), ward["board"]) for _ in range(200)]
        for stream in streams:
            await stream.__aenter__()
            await anext(stream.events())
        listening = [asyncio.create_task(stream.take(10, seconds=20)) for stream in streams]
        await write(server, ward, writers=1, entries=20)
        heard = await asyncio.gather(*listening)
        for stream in streams:
            await stream.__aexit__()
        return heard

    heard = asyncio.run(run())
    first = [event.id for event in heard[0]]
    assert len(first) == len(set(first)) == 10
    assert [[event.id for event in events] for events in heard] == [first] * 200


def test_the_server_stops_quickly_with_open_streams_and_tells_them(server):
    ward = ward_of(server)

    async def run() -> float:
        async with Stream(server.port, path_of(ward), ward["board"]) as stream:
            await anext(stream.events())
            seconds = await asyncio.to_thread(server.stop)
            async with asyncio.timeout(1):
                assert [event async for event in stream.events()] == []
            return seconds

    try:
        assert asyncio.run(run()) < 2.5
    finally:
        server.start()
