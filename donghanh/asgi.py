"""One application, one port: `/live/…` is pure async, everything else is Django behind a WSGI bridge."""

from __future__ import annotations

import gc
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.signals import request_finished, request_started  # noqa: E402
from django.db import close_old_connections, connection, transaction  # noqa: E402

from donghanh.kernel.journal import one_commit  # noqa: E402
from donghanh.web.bridge import Bridge, Lane, Receive, Scope, Send  # noqa: E402
from donghanh.web.live.hub import hub  # noqa: E402
from donghanh.web.live.stream import live  # noqa: E402
from donghanh.wsgi import application as pages  # noqa: E402

# What a desk or a kiosk does all day: short acts. Sign-ins, uploads and the office's forms are not among them.
ACTS = ("/api/v1/", "/desk/", "/kiosk/")


def _acts(method: str, path: str) -> bool:
    return method == "POST" and path.startswith(ACTS)


lane = Lane(_acts, one_commit, transaction.atomic) if connection.vendor == "sqlite" else None
# Django looks after its connections at each request; here that is between commits, not inside one.
for signal in (request_started, request_finished):
    signal.disconnect(close_old_connections)
bridge = Bridge(pages, settings.THREADS, lane=lane, before=close_old_connections)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Route by path; the lifespan ends the streams and the reader."""
    if scope["type"] == "lifespan":
        await _live_through(receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/live/"):
        await live(scope, receive, send)
    else:
        await bridge(scope, receive, send)


def _settle_memory() -> None:
    """What is loaded now stays for good: the collector need not look at it again at every turn."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


async def _live_through(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            _settle_memory()
            await send({"type": "lifespan.startup.complete"})
        else:
            hub.close_soon()
            bridge.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
