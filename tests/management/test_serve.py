"""`donghanh serve` says what is missing before it opens its door, and leaves nothing behind when killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
import pytest

from tests.server import ROOT, LiveServer

pytestmark = pytest.mark.server


def said_by(server: LiveServer, *arguments: str, **environment: str) -> tuple[int, str]:
    """The exit code and the words of a server that should not start."""
    ended = subprocess.run(
        [sys.executable, "-m", "donghanh", "serve", "--port", str(server.port), *arguments],
        cwd=ROOT, env={**server.environment, **environment}, capture_output=True, timeout=30, check=False,
    )  # fmt: skip
    return ended.returncode, ended.stderr.decode()


@pytest.fixture(scope="module")
def idle():
    """A migrated SQLite house that does not run."""
    with LiveServer("sqlite") as server:
        yield server


def test_a_port_that_is_taken_is_named_with_another(idle):
    with socket.socket() as other:
        other.bind(("127.0.0.1", idle.port))
        other.listen()
        code, words = said_by(idle)
    assert code == 1
    assert f"Port {idle.port} of 127.0.0.1 cannot be used: Address already in use" in words
    assert f"DONGHANH_PORT={idle.port + 1} donghanh serve" in words
    assert "Traceback" not in words


def test_a_database_that_does_not_answer_is_named(idle):
    code, words = said_by(idle, DONGHANH_DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    assert code == 1
    assert "The database does not answer" in words
    assert "DONGHANH_DATABASE_URL" in words
    assert "Traceback" not in words


def test_missing_migrations_are_said_or_applied(tmp_path, idle):
    code, words = said_by(idle, DONGHANH_DATA=str(tmp_path))
    assert code == 1
    assert "migrations are not applied" in words
    assert "donghanh migrate" in words


@pytest.mark.parametrize("secret", [{}, {"DONGHANH_SECRET_KEY": "x" * 50}])
def test_a_data_folder_that_cannot_be_made_is_named(tmp_path, idle, secret):
    (tmp_path / "file").write_text("")
    code, words = said_by(idle, DONGHANH_DATA=str(tmp_path / "file" / "data"), **secret)
    assert code == 1
    assert "data" in words
    assert "DONGHANH_DATA" in words
    assert "Traceback" not in words


def test_a_second_server_on_one_folder_is_refused(idle):
    idle.start()
    try:
        code, words = said_by(idle)
    finally:
        idle.stop()
    assert code == 1
    assert "already" in words or "A server is running on this data folder" in words


def test_encrypted_numbers_without_their_key_file_are_not_served(idle):
    idle.run("tests.protect_someone")
    keys = Path(idle.environment["DONGHANH_DATA"]) / "keys.json"
    keys.rename(keys.with_suffix(".away"))
    code, words = said_by(idle)
    keys.with_suffix(".away").rename(keys)
    assert code == 1
    assert "the key file" in words
    assert "Restore it from the same backup" in words
    idle.start()
    idle.stop()


def test_sqlite_is_served_by_one_process_only(idle):
    code, words = said_by(idle, "--workers", "2")
    assert code == 1
    assert "SQLite is served by one process" in words


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_die_with_their_parent_and_the_port_is_free_at_once(workers):
    with LiveServer("postgresql", workers=workers) as server:
        for _ in range(2):
            server.start()
            assert len(server.family()) == (1 if workers == 1 else workers + 1)
            server.kill()


def test_a_worker_that_was_killed_is_replaced():
    with LiveServer("postgresql", workers=2) as server:
        server.start()
        before = {process.pid for process in server.family()}
        parent = server.process.pid
        victim = next(pid for pid in before if pid != parent)
        os.kill(victim, signal.SIGKILL)
        until = time.monotonic() + 10
        while (
            len(alive := {process.pid for process in server.family()} - {victim}) < 3
            and time.monotonic() < until
        ):
            time.sleep(0.1)
        assert len(alive) == 3
        assert alive & before == before - {victim}
        assert [httpx.get(f"{server.url}/health").status_code for _ in range(10)] == [200] * 10


def test_the_worker_beside_goes_with_the_server(idle):
    process = subprocess.Popen(
        [sys.executable, "-m", "donghanh", "serve", "--port", str(idle.port), "--with-work"],
        cwd=ROOT, env=idle.environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    until, beside = time.monotonic() + 15, []
    while not beside and time.monotonic() < until:
        time.sleep(0.1)
        beside = psutil.Process(process.pid).children()
    assert [one.cmdline()[-1] for one in beside] == ["work"]
    process.kill()
    process.wait(5)
    assert psutil.wait_procs(beside, timeout=5)[1] == []
