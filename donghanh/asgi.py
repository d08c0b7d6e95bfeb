"""One application, one port: `/live/…` is pure async, everything else is Django behind a WSGI bridge."""

from __future__ import annotations


from a2wsgi import WSGIMiddleware
from django.conf import settings

from donghanh.wsgi import application as pages
from donghanh.web.live.hub import hub
from donghanh.web.live.stream import Receive, Scope, Send, live

bridge = WSGIMiddleware(pages, workers=settings.THREADS)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Route by path; the lifespan ends the streams and the reader."""
    if scope["type"] == "lifespan":
        await _live_through(receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/live/"):
        await live(scope, receive, send)
    else:
        await bridge(scope, receive, send)


async def _live_through(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        else:
            hub.close_soon()
            await send({"type": "lifespan.shutdown.complete"})
            return
