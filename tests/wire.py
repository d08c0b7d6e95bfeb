"""HTTP over bare streams: a client that costs little, so that a test or figure shows the server, not itself."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """A whole answer."""

    status: int
    body: Any
    seconds: float


class Event(NamedTuple):
    """One server-sent event and when it came (perf_counter)."""

    id: int | None
    name: str
    body: dict[str, Any]
    at: float


class Caller:
    """One kept-alive connection that asks with a bearer token. Connects anew when the server is gone."""

    def __init__(self, port: int, token: str = "") -> None:
        self.port, self.token = port, token
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, body: Any = None, *, key: str = "") -> Answer:
        """One request. Raises OSError or EOFError when the connection breaks before the whole answer is here."""
        began = time.perf_counter()
        try:
            status, kind, raw = await self._exchange(_request(method, path, self.token, body, key))
        except (OSError, EOFError, asyncio.CancelledError):
            await self.close()
            raise
        return Answer(
            status, json.loads(raw) if raw and "json" in kind else None, time.perf_counter() - began
        )

    async def post(self, path: str, body: Any = None, *, key: str = "") -> Answer:
        """POST to the API."""
        return await self.ask("POST", f"/api/v1{path}", {} if body is None else body, key=key)

    async def _exchange(self, request: bytes) -> tuple[int, str, bytes]:
        if self._writer is None or self._writer.is_closing():
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self._reader is not None
        self._writer.write(request)
        status, headers = await _head(self._reader)
        kind = headers.get("content-type", "")
        if "chunked" in headers.get("transfer-encoding", ""):
            return status, kind, b"".join([chunk async for chunk in _chunks(self._reader)])
        return status, kind, await self._reader.readexactly(int(headers.get("content-length", "0")))

    async def __aenter__(self) -> Caller:
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the connection."""
        writer, self._reader, self._writer = self._writer, None, None
        if writer is not None:
            await _closed(writer)


class Stream:
    """An open event stream."""

    def __init__(
        self, port: int, path: str, token: str = "", *, last: int | None = None, cookie: str = ""
    ) -> None:
        self.port, self.path, self.token, self.last, self.cookie = port, path, token, last, cookie
        self.status = 0
        self._writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> Stream:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        lines = [f"GET {self.path} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/event-stream"]
        if self.token:
            lines.append(f"Authorization: Bearer {self.token}")
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        if self.last is not None:
            lines.append(f"Last-Event-ID: {self.last}")
        self._writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        self.status, self.headers = await _head(self._reader)
        return self

    async def __aexit__(self, *failure: object) -> None:
        assert self._writer is not None
        await _closed(self._writer)

    async def events(self, *, beats: bool = False) -> AsyncIterator[Event]:
        """The events as they come, until the server ends the stream."""
        assert self.status == 200, self.status
        waiting = b""
        async for chunk in _chunks(self._reader):
            *whole, waiting = (waiting + chunk).split(b"\n\n")
            for block in whole:
                event = _event(block)
                if event is not None and (beats or event.name != "beat"):
                    yield event

    async def take(self, count: int, *, seconds: float = 10) -> list[Event]:
        """The next `count` events, greetings and beats left out."""
        taken: list[Event] = []
        async with asyncio.timeout(seconds):
            async for event in self.events():
                if event.name != "hello":
                    taken.append(event)
                if len(taken) >= count:
                    break
        return taken


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


def _request(method: str, path: str, token: str, body: Any, key: str) -> bytes:
    raw = b"" if body is None else json.dumps(body).encode()
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Content-Length: {len(raw)}",
        "Accept: application/json",
    ]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if raw:
        lines.append("Content-Type: application/json")
    if key:
        lines.append(f"Idempotency-Key: {key}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + raw


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode("latin1").split("\r\n")
    pairs = (line.partition(":") for line in rest if line)
    return int(first.split(" ")[1]), {name.lower(): value.strip() for name, _, value in pairs}


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while size := int(await reader.readuntil(b"\r\n"), 16):
        yield (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")


def _event(block: bytes) -> Event | None:
    fields = dict(line.split(": ", 1) for line in block.decode().split("\n"))
    if "event" not in fields:
        return None
    seq = fields.get("id")
    return Event(int(seq) if seq else None, fields["event"], json.loads(fields["data"]), time.perf_counter())
