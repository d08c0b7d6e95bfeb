"""WSGI behind ASGI with one hand-over each way: whole request in, whole answer out.

A bridge that passes every chunk between thread and loop waits for the interpreter's lock at each
of them; our pages and answers are small, so a request crosses once and its answer comes back once.
"""

from __future__ import annotations

import asyncio
import io
import queue
import sys
import threading
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, NamedTuple

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Wsgi = Callable[..., Iterable[bytes]]

# Nothing that people send us is larger: a list of places as CSV is the most (settings cut earlier).
LARGEST_BODY = 16 * 1024 * 1024


class Answer(NamedTuple):
    """A whole answer."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


Job = tuple[dict[str, Any], asyncio.AbstractEventLoop, "asyncio.Future[Answer]"]


class Bridge:
    """Runs a WSGI application in a fixed set of threads, each with its own database connection."""

    def __init__(self, app: Wsgi, threads: int) -> None:
        self.app, self.threads = app, threads
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._started = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        body = await _body_of(receive)
        if body is None:
            await _send(send, Answer(413, [(b"content-length", b"0")], b""))
            return
        self._start()
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[Answer] = loop.create_future()
        self._jobs.put((_environ(scope, body), loop, answered))
        await _send(send, await answered)

    def close(self) -> None:
        """Let the threads end."""
        for _ in range(self.threads if self._started else 0):
            self._jobs.put(None)

    def _start(self) -> None:
        if not self._started:
            self._started = True
            for number in range(self.threads):
                threading.Thread(target=self._work, name=f"pages-{number}", daemon=True).start()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            environ, loop, answered = job
            try:
                answer = _run(self.app, environ)
            except Exception as failure:  # noqa: BLE001  the outermost loop of a thread: the server answers 500
                loop.call_soon_threadsafe(_fail, answered, failure)
            else:
                loop.call_soon_threadsafe(_succeed, answered, answer)


def _run(app: Wsgi, environ: dict[str, Any]) -> Answer:
    said: dict[str, Any] = {}

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], None]:
        said["status"], said["headers"] = int(status[:3]), headers
        return written.append

    written: list[bytes] = []
    chunks = app(environ, start_response)
    try:
        written.extend(chunks)
    finally:
        if (close := getattr(chunks, "close", None)) is not None:
            close()
    headers = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in said["headers"]]
    return Answer(said["status"], headers, b"".join(written))


def _environ(scope: Scope, body: bytes) -> dict[str, Any]:
    """PEP 3333, from an ASGI scope."""
    host, port = scope.get("server") or ("localhost", 80)
    client, client_port = scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8").decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": client,
        "REMOTE_PORT": str(client_port),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(body)),
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin1"), raw_value.decode("latin1")
        if name == "content-type":
            environ["CONTENT_TYPE"] = value
        elif (
            name != "content-length" and "_" not in name
        ):  # X_Forwarded_For must not pass for X-Forwarded-For
            key = "HTTP_" + name.upper().replace("-", "_")
            joint = "; " if name == "cookie" else ","
            environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    return environ


async def _body_of(receive: Receive) -> bytes | None:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_BODY:
            return None
    return body


async def _send(send: Send, answer: Answer) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body})


def _succeed(answered: asyncio.Future[Answer], answer: Answer) -> None:
    if not answered.done():
        answered.set_result(answer)


def _fail(answered: asyncio.Future[Answer], failure: Exception) -> None:
    if not answered.done():
        answered.set_exception(failure)
