"""Full stays a second over HTTP: ticket, call, case, six steps, dossier, finish.

Each request is its own transaction, committed to disk before it is answered. The client runs in
this process, on the same machine, and takes its share of the cores.
"""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import uuid4

from benchmarks.figures import percentile, say, say_times
from tests.server import LiveServer
from tests.wire import Answer, Caller

SECONDS, WARM_UP = 12.0, 2.0
DESKS = 8
AIM, STRETCH = 40, 100
_codes = count(1)


@dataclass
class Tally:
    """What was measured after the warm-up."""

    stays: list[float] = field(default_factory=list)
    requests: dict[str, list[float]] = field(default_factory=dict)
    counts: bool = False
    steps_at_once: bool = False

    def add(self, what: str, answer: Answer) -> Any:
        """Keep a request's time; its body."""
        assert answer.status < 300, (what, answer)
        if self.counts:
            self.requests.setdefault(what, []).append(answer.seconds)
        return answer.body


async def one_stay(
    caller: Caller, ward: dict[str, Any], desk: dict[str, Any], made: dict[str, Any], tally: Tally
) -> None:
    """A stay of eleven requests, the six steps ticked one by one as at a desk; of six with the steps at once."""
    began = time.perf_counter()

    async def ask(what: str, path: str, body: Any) -> Any:
        return tally.add(what, await caller.post(path, body, key=str(uuid4())))

    await ask("ticket", "/tickets", {"point": ward["point"]})
    ticket = await ask("call", f"/counters/{desk['counter']}/call-next", {})
    case = await ask("case", "/cases", {"ticket": ticket["id"], "procedure": made["procedure"]})
    done = [{"step": step, "done": True} for step in made["steps"]]
    for steps in [done] if tally.steps_at_once else [[one] for one in done]:
        await ask("step", f"/cases/{case['id']}/steps", {"steps": steps})
    await ask(
        "dossier",
        f"/cases/{case['id']}/dossier",
        {"portal": "dichvucong", "code": f"G22.99-{next(_codes):06d}"},
    )
    await ask("finish", f"/cases/{case['id']}/finish", {"outcome": "submitted"})
    if tally.counts:
        tally.stays.append(time.perf_counter() - began)


async def load(server: LiveServer, made: dict[str, Any], tally: Tally) -> float:
    """`DESKS` at once, each going round the wards that are its own; the seconds measured."""
    wards, over = made["wards"], time.perf_counter() + WARM_UP + SECONDS

    async def work(number: int) -> None:
        mine = [wards[0]] if len(wards) == 1 else wards[number::DESKS]
        callers: dict[str, Caller] = {}
        turn = 0
        while time.perf_counter() < over:
            ward = mine[turn % len(mine)]
            desk = ward["desks"][number % len(ward["desks"])]
            caller = callers.setdefault(desk["token"], Caller(server.port, desk["token"]))
            await one_stay(caller, ward, desk, made, tally)
            turn += 1

    working = [asyncio.create_task(work(number)) for number in range(DESKS)]
    await asyncio.sleep(WARM_UP)
    tally.counts, began = True, time.perf_counter()
    await asyncio.sleep(SECONDS)
    tally.counts = False
    measured = time.perf_counter() - began
    await asyncio.gather(*working)
    return measured


def measure(database: str, wards: int, *, steps_at_once: bool = False) -> None:
    """One server, one load, its lines."""
    with LiveServer(database, workers=2 if database == "postgresql" else 1) as server:
        made = server.seed(wards=wards, counters=DESKS if wards == 1 else 1)
        raw = float(server.run("benchmarks.commits", "2"))
        load_before = os.getloadavg()[0]  # other work on the machine takes its share; figures say so
        server.start()
        tally = Tally(steps_at_once=steps_at_once)
        seconds = asyncio.run(load(server, made, tally))
        memory = sum(process.memory_info().rss for process in server.family()) / 2**20
        processes = len(server.family())
        server.stop()
    per_stay = 6 if steps_at_once else 11
    where = f"{database}, {wards} ward{'s' if wards > 1 else ''}, {per_stay} requests a stay"
    answered = [one for times in tally.requests.values() for one in times]
    rate = len(tally.stays) / seconds
    say(f"stays, {where}", rate, "stays/s", aim=AIM, stretch=STRETCH, desks_at_once=DESKS,
        load_average_before=round(load_before, 1))  # fmt: skip
    say(f"requests, {where}", len(answered) / seconds, "requests/s", raw_commits_per_second=round(raw))
    say_times(f"request, {where}", answered, aim_p99_ms=200)
    say_times(f"stay, {where}", tally.stays)
    for what, times in tally.requests.items():
        say(
            f"{what}, {where}, p99",
            percentile(times, 0.99) * 1000,
            "ms",
            p50_ms=round(percentile(times, 0.5) * 1000, 1),
        )
    say(f"memory of the server, {where}", memory, "MB resident", processes=processes)


def main() -> None:
    """Both databases, one ward and a hundred."""
    for database in ("sqlite", "postgresql"):
        measure(database, 1)
        measure(database, 100)
        measure(database, 1, steps_at_once=True)


if __name__ == "__main__":
    main()
