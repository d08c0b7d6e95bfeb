"""A backup taken under load restores to a whole ward, keys included; without its keys it is refused."""

from __future__ import annotations

import asyncio
import json
import subprocess
from contextlib import suppress
from uuid import uuid4

import pytest

from tests.server import LiveServer
from tests.wire import Caller

pytestmark = [pytest.mark.server, pytest.mark.timeout(180)]

CLIENTS = 6


async def issue_without_end(server: LiveServer, token: str, point: str, given: list[str]) -> None:
    """Ticket after ticket; those acknowledged are noted."""
    async with Caller(server.port, token) as caller:
        while True:
            answer = await caller.post("/tickets", {"point": point}, key=str(uuid4()))
            assert answer.status == 201, answer
            given.append(answer.body["id"])


async def backup_under_load(server: LiveServer, files: dict[str, list[str]]) -> tuple[list[str], list[str]]:
    """Take the backups while tickets are issued; what was acknowledged before them, and in all."""
    ward, given = server.made["wards"][0], []
    load = [
        asyncio.create_task(issue_without_end(server, ward["kiosk"], ward["point"], given))
        for _ in range(CLIENTS)
    ]
    await asyncio.sleep(0.5)
    before = list(given)
    for file, options in files.items():
        await asyncio.to_thread(server.run, "donghanh", "backup", file, *options)
    during = list(given)
    for task in load:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert len(during) > len(before) > 0, "there was no load"
    return before, given


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_backup_under_load_restores_to_a_whole_ward(database, tmp_path):
    bare, full = str(tmp_path / "bare.tar"), str(tmp_path / "full.tar")
    with LiveServer(database) as server:
        server.made = server.seed(counters=2)
        server.run("tests.protect_someone")
        server.start()
        before, given = asyncio.run(backup_under_load(server, {bare: [], full: ["--with-keys"]}))
        server.kill()

    with LiveServer(database) as empty:
        if database == "sqlite":
            (empty.folder / "data" / "donghanh.sqlite3").unlink()
        with pytest.raises(subprocess.CalledProcessError):
            empty.run("donghanh", "restore", bare)
        assert not (empty.folder / "data" / "keys.json").exists()

        empty.run("donghanh", "restore", full)
        findings = [json.loads(line) for line in empty.run("donghanh", "doctor", "--json").splitlines()]
        assert [finding for finding in findings if finding["broken"]] == []
        assert any(
            finding["seen"].startswith("1 protected numbers and second factors open") for finding in findings
        )
        restored = {ticket for ticket, _, _ in empty.look()["tickets"]}
        assert set(before) <= restored
        # The last request of each client may have been cut off after its ticket was made.
        assert len(restored - set(given)) <= CLIENTS

        empty.start()  # and the restored ward goes on where it stood
        number = asyncio.run(next_number(empty, server.made["wards"][0]))
        assert number == f"A{len(restored) + 1:03d}"
        with pytest.raises(subprocess.CalledProcessError):
            empty.run("donghanh", "restore", full)
        with pytest.raises(subprocess.CalledProcessError):
            empty.run("donghanh", "restore", full, "--replace")  # a running server holds the folder


async def next_number(server: LiveServer, ward: dict[str, str]) -> str:
    """The number that the next person gets."""
    async with Caller(server.port, ward["kiosk"]) as caller:
        answer = await caller.post("/tickets", {"point": ward["point"]}, key=str(uuid4()))
        return str(answer.body["number"])
