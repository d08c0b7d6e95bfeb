"""kill -9 under load: what was acknowledged is there once, what was asked again made no twin."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest

from tests.server import LiveServer
from tests.wire import Answer, Caller

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]

KILLS, DESKS = 20, 6


@dataclass
class Acknowledged:
    """What the server said is done."""

    tickets: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    ticks: list[list[str]] = field(default_factory=list)
    dossiers: list[list[str]] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    retries: int = 0


async def insist(caller: Caller, path: str, body: Any, done: Acknowledged) -> Answer:
    """Ask until there is an answer, always under the same key."""
    key = str(uuid4())
    while True:
        try:
            answer = await asyncio.wait_for(caller.post(path, body, key=key), 20)
        except (OSError, EOFError, TimeoutError):
            answer = None
        if answer is not None and answer.status < 500:
            return answer
        done.retries += 1
        await asyncio.sleep(random.uniform(0.05, 0.2))


async def desk_works(
    server: LiveServer, ward: dict[str, Any], desk: dict[str, Any], done: Acknowledged, over: asyncio.Event
) -> None:
    """Stay after stay: ticket, call, case, steps, dossier, finish."""
    async with Caller(server.port, desk["token"]) as caller:
        while not over.is_set():
            await desk_serves_one(caller, server.made, ward, desk, done)


async def desk_serves_one(
    caller: Caller, made: dict[str, Any], ward: dict[str, Any], desk: dict[str, Any], done: Acknowledged
) -> None:
    issued = await insist(caller, "/tickets", {"point": ward["point"]}, done)
    assert issued.status == 201, issued
    done.tickets.append(issued.body["id"])
    called = await insist(caller, f"/counters/{desk['counter']}/call-next", {}, done)
    if called.status == 204:  # another desk called it
        return
    assert called.status == 200, called
    ticket = called.body["id"]
    done.calls.append(ticket)
    opened = await insist(caller, "/cases", {"ticket": ticket, "procedure": made["procedure"]}, done)
    assert opened.status == 201, opened
    case = opened.body["id"]
    done.cases.append(case)
    for step in made["steps"]:
        ticked = await insist(caller, f"/cases/{case}/steps", {"steps": [{"step": step, "done": True}]}, done)
        assert ticked.status == 200, ticked
        done.ticks.append([case, step])
    code = f"H{uuid4().hex[:12]}"
    kept = await insist(caller, f"/cases/{case}/dossier", {"portal": "dichvucong", "code": code}, done)
    assert kept.status < 300, kept
    done.dossiers.append([case, code])
    ended = await insist(caller, f"/cases/{case}/finish", {"outcome": "submitted"}, done)
    assert ended.status == 200, ended
    done.finished.append(case)


async def load_and_kill(server: LiveServer, ward: dict[str, Any], crashes: int) -> Acknowledged:
    done, over = Acknowledged(), asyncio.Event()
    desks = [asyncio.create_task(desk_works(server, ward, desk, done, over)) for desk in ward["desks"]]
    for number in range(KILLS):
        await asyncio.sleep(random.uniform(0.3, 1.2))
        if number % 7 == 6 and crashes:
            await asyncio.to_thread(server.crash_postgres)
            await asyncio.sleep(random.uniform(0.1, 0.5))
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
    await asyncio.sleep(1)
    over.set()
    await asyncio.gather(*desks)
    return done


@pytest.mark.parametrize(("database", "crashes"), [("sqlite", 0), ("postgresql", 2)])
def test_twenty_kills_lose_nothing_and_double_nothing(database, crashes):
    with LiveServer(database) as server:
        server.made = server.seed(wards=1, counters=DESKS)
        server.start()
        done = asyncio.run(load_and_kill(server, server.made["wards"][0], crashes))
        seen = server.look()
    print(
        database,
        {name: len(value) if isinstance(value, list) else value for name, value in vars(done).items()},
    )
    assert done.retries >= KILLS, "the kills hit nobody: the load was too thin to prove anything"
    assert seen["breaks"] == []
    assert sorted(done.tickets) == sorted(pk for pk, _, _ in seen["tickets"])
    assert [ordinal for _, ordinal, _ in seen["tickets"]] == list(range(1, len(done.tickets) + 1))
    verbs: dict[str, Counter[str]] = {}
    for _, _, verb, subject in seen["verbs"]:
        verbs.setdefault(verb, Counter())[subject] += 1
    for verb, subjects in (
        ("ticket.issue", done.tickets), ("ticket.call", done.calls), ("case.open", done.cases),
        ("case.dossier", done.cases), ("case.finish", done.finished),
    ):  # fmt: skip
        assert verbs[verb] == Counter(subjects), verb
        assert max(Counter(subjects).values()) == 1, verb
    assert sorted(seen["ticks"]) == sorted(done.ticks)
    assert verbs["case.steps"] == Counter(case for case, _ in done.ticks)
    assert sorted(seen["dossiers"]) == sorted(done.dossiers)
    assert sorted(case for case, _, outcome in seen["cases"] if outcome == "submitted") == sorted(
        done.finished
    )
