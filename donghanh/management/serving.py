"""The server: uvicorn in this process, or one a worker with its own socket on the same port."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable
from types import FrameType

import uvicorn
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections

from donghanh.web.live.hub import hub

GRACE_SECONDS = 2
PR_SET_PDEATHSIG = 1
# A worker that dies at once each time must not spin the machine.
REBIRTH_PAUSE = 0.5


class Server(uvicorn.Server):
    """Ends the open streams first, so that a stop is graceful and quick."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal to stop."""
        hub.close_soon()
        super().handle_exit(sig, frame)


def configured(host: str, port: int) -> uvicorn.Config:
    """No access log: addresses of tickets and of people stay out of files."""
    return uvicorn.Config(
        "donghanh.asgi:application",
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=75,
        proxy_headers=settings.SECURE_PROXY_SSL_HEADER is not None,
    )


def many_connections() -> None:
    """As many open connections as the system grants: the usual 1,024 are used up by one idle crowd."""
    _now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def bound(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """A listening address. Fails with a message when the port is taken or not ours to take."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        door.bind((host, port))
    except OSError as refused:
        door.close()
        raise CommandError(
            f"Port {port} of {host} cannot be used: {refused.strerror}. Another program, perhaps another Đồng Hành,"
            f" listens there. Stop it, or choose another port: DONGHANH_PORT={port + 1} donghanh serve"
        ) from refused
    door.set_inheritable(True)
    return door


def run_one(host: str, port: int, *, announce: Callable[[], None]) -> None:
    """Serve from this process until a signal says stop; `announce` once the address is ours."""
    door = bound(host, port)
    announce()
    with contextlib.suppress(KeyboardInterrupt):
        Server(configured(host, port)).run(sockets=[door])


def run_many(host: str, port: int, workers: int, *, announce: Callable[[], None]) -> None:
    """Serve from `workers` children until a signal says stop; a child that dies is replaced.

    Each child listens on a socket of its own, so the kernel spreads the callers evenly.
    """
    bound(host, port).close()  # a port in use by another program says so; SO_REUSEPORT alone would share it
    doors = [bound(host, port, shared=True) for _ in range(workers)]
    announce()
    connections.close_all()
    children: dict[int, socket.socket] = {}
    stopping = False

    def stop(sig: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        for pid in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)

    for sig in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sig, stop)
    for door in doors:
        children[_child(door, doors, host, port)] = door
    while children:
        pid, _ = os.wait()
        freed = children.pop(pid, None)
        if freed is not None and not stopping:
            time.sleep(REBIRTH_PAUSE)
            children[_child(freed, doors, host, port)] = freed


def _child(door: socket.socket, doors: list[socket.socket], host: str, port: int) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        for sig in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sig, signal.SIG_DFL)
        die_with(parent)
        for other in doors:
            if other is not door:
                other.close()
        Server(configured(host, port)).run(sockets=[door])
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


def die_with(parent: int) -> None:
    """On Linux: this process is killed when its parent is gone, even by kill -9."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before we asked
        os._exit(1)


def dying_with(parent: int) -> Callable[[], None]:
    """For a child that is started as a command of its own."""
    return lambda: die_with(parent)
