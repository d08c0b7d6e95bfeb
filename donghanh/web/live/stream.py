"""`/live/points/{id}` and `/live/tickets/{secret}`: text/event-stream, without the ORM on the loop."""

from __future__ import annotations

import asyncio
import json
import random
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs

from django.db import DatabaseError, InterfaceError

from donghanh.kernel.errors import Refusal
from donghanh.web.bridge import Receive, Scope, Send
from donghanh.web.live.doors import Ask, Pass, pass_for
from donghanh.web.live.hub import hub
from donghanh.web.live.listeners import Listener, TicketListener
from donghanh.web.middleware import said

# A stream ends by itself and is asked for anew, so that a forgotten page does not hold its place for ever.
LONGEST_SECONDS = 900.0
# So often it is asked again whether the asker may still listen: revoked, signed out or over means out by then.
RECHECK_SECONDS = 30.0
LAST_WORD_SECONDS = 1.0
RETRY = b"retry: 1000\n\n"
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]

_doors = ThreadPoolExecutor(max_workers=2, thread_name_prefix="live-door")


async def live(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request below `/live/`."""
    if scope["method"] != "GET":
        await _problem(send, 405, "method-not-allowed", "Only GET is answered here.", [(b"allow", b"GET")])
        return
    ask = _ask(scope)
    if ask is None:
        await _problem(send, 404, "not-found", "There is no such stream.")
        return
    try:
        given = await asyncio.get_running_loop().run_in_executor(_doors, pass_for, ask)
    except Refusal as refusal:
        await _problem(send, refusal.status, refusal.code, said(refusal))
        return
    except (DatabaseError, InterfaceError):
        await _busy(send, "The database does not answer. Try again in a moment.")
        return
    listener = _listener(given)
    if not hub.join(listener):
        await _busy(send, "This point has as many open streams as it may.")
        return
    try:
        await _stream(listener, ask, receive, send)
    finally:
        hub.leave(listener)


def _ask(scope: Scope) -> Ask | None:
    what, _, which = scope["path"].removeprefix("/live/").partition("/")
    if what not in {"points", "tickets"} or not which or "/" in which:
        return None
    headers = {name: value.decode("latin1") for name, value in scope["headers"]}
    query = parse_qs(scope["query_string"].decode("latin1"))
    scheme, _, bearer = headers.get(b"authorization", "").partition(" ")
    last = headers.get(b"last-event-id") or query.get("last_event_id", [""])[-1]
    return Ask(
        what, which, headers.get(b"cookie", ""), bearer.strip() if scheme.lower() == "bearer" else "", last
    )


def _listener(given: Pass) -> Listener:
    if given.ticket_id:
        return TicketListener(given.ward, given.point_id, given.last, ticket_id=given.ticket_id)
    return Listener(given.ward, given.point_id, given.last, given.families)


async def _stream(listener: Listener, ask: Ask, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": RETRY, "more_body": True})
    tasks = {
        asyncio.create_task(_pour(listener, send)),
        asyncio.create_task(_until_gone(receive)),
        asyncio.create_task(_until_refused(ask)),
        asyncio.create_task(listener.let_go.wait()),
    }
    try:
        # Not all at once: two hundred boards that were switched on together must not come back together.
        await asyncio.wait(
            tasks, timeout=LONGEST_SECONDS * random.uniform(0.8, 1.0), return_when=asyncio.FIRST_COMPLETED
        )
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    try:
        async with asyncio.timeout(LAST_WORD_SECONDS):
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    except (TimeoutError, OSError):
        return  # a peer that does not read; the server closes its connection


async def _pour(listener: Listener, send: Send) -> None:
    while piece := await listener.take():
        await send({"type": "http.response.body", "body": piece, "more_body": True})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _until_refused(ask: Ask) -> None:
    """Ends when the same request would not be let in any more; a database out of order is no reason."""
    while True:
        await asyncio.sleep(RECHECK_SECONDS * random.uniform(0.8, 1.2))
        try:
            await asyncio.get_running_loop().run_in_executor(_doors, pass_for, ask)
        except Refusal:
            return
        except (DatabaseError, InterfaceError):
            continue


async def _busy(send: Send, detail: str) -> None:
    await _problem(send, 503, "busy", detail, [(b"retry-after", str(random.randint(2, 8)).encode())])


async def _problem(
    send: Send, status: int, code: str, detail: str, extra: list[tuple[bytes, bytes]] | None = None
) -> None:
    """Problem details (RFC 9457), as the API gives them."""
    body = json.dumps(
        {"type": "about:blank", "title": code, "status": status, "code": code, "detail": detail},
        ensure_ascii=False,
    ).encode()
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"cache-control", b"no-store"),
        (b"content-length", str(len(body)).encode()),
        *([(b"www-authenticate", b"Bearer")] if status == 401 else []),
        *(extra or []),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
