"""WSGI behind ASGI with one hand-over each way: whole request in, whole answer out.

A bridge that passes every chunk between thread and loop waits for the interpreter's lock at each
of them; our pages and answers are small, so a request crosses once and its answer comes back once.

With a `Lane`, requests that act go one after the other through a thread of their own, as many as
wait at that moment under one commit, and all are answered after it: the order of arrival is kept,
and a disk that flushes 300 times a second carries more than 300 acts a second.
"""

from __future__ import annotations

import asyncio
import io
import queue
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, NamedTuple

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Wsgi = Callable[..., Iterable[bytes]]

# Nothing that people send us is larger: a list of members as CSV is the most (settings cut earlier).
LARGEST_BODY = 4 * 1024 * 1024
# Who sends a body drop by drop holds a place for so long and no longer.
BODY_SECONDS = 30.0


class Answer(NamedTuple):
    """A whole answer."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Job(NamedTuple):
    """A request on its way to a thread, and where its answer is awaited."""

    environ: dict[str, Any]
    loop: asyncio.AbstractEventLoop
    answered: asyncio.Future[Answer]


Jobs = queue.SimpleQueue[Job | None]
Outcome = tuple[Job, Answer | Exception]


@dataclass(frozen=True)
class Lane:
    """Which requests go together, what is around all of them, and what around each."""

    takes: Callable[[str, str], bool]  # method and path
    together: Callable[[], AbstractContextManager[Any]]
    each: Callable[[], AbstractContextManager[Any]]
    most: int = 16
    most_seconds: float = 0.03


class Bridge:
    """Runs a WSGI application in a fixed set of threads, each with its own database connection."""

    def __init__(
        self, app: Wsgi, threads: int, *, lane: Lane | None = None, before: Callable[[], None] = lambda: None
    ) -> None:
        """`before` runs in a thread each time it takes work up: the moment to let go of a broken connection."""
        self.app, self.threads, self.lane, self.before = app, threads, lane, before
        self._jobs: Jobs = queue.SimpleQueue()
        self._acts: Jobs = queue.SimpleQueue()
        self._started = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body_of(receive)
        except TimeoutError:
            await _send(send, _nothing(408))
            return
        except ConnectionError:  # gone in the middle: half a form is no form
            return
        if body is None:
            await _send(send, _nothing(413))
            return
        self._start()
        loop = asyncio.get_running_loop()
        job = Job(_environ(scope, body), loop, loop.create_future())
        acts = self.lane is not None and self.lane.takes(scope["method"], scope["path"])
        (self._acts if acts else self._jobs).put(job)
        await _send(send, await job.answered)

    def close(self) -> None:
        """Let the threads end."""
        if self._started:
            self._acts.put(None)
            for _ in range(self.threads):
                self._jobs.put(None)

    def _start(self) -> None:
        if self._started:
            return
        self._started = True
        for number in range(self.threads):
            threading.Thread(target=self._work, name=f"pages-{number}", daemon=True).start()
        if self.lane is not None:
            threading.Thread(target=self._act, args=(self.lane,), name="acts", daemon=True).start()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            self.before()
            _hand_back([(job, self._outcome(job))])

    def _act(self, lane: Lane) -> None:
        while (job := self._acts.get()) is not None:
            done: list[Outcome] = []
            taken = [job]
            self.before()
            try:
                with lane.together():
                    for one in _those_that_wait(self._acts, taken, lane):
                        done.append((one, self._outcome(one, lane.each)))
            except Exception as failure:  # noqa: BLE001  nothing was committed, so nobody is told that it was
                done = [(one, failure) for one in taken]
            _hand_back(done)

    def _outcome(
        self, job: Job, around: Callable[[], AbstractContextManager[Any]] = nullcontext
    ) -> Answer | Exception:
        try:
            with around():
                return _run(self.app, job.environ)
        except Exception as failure:  # noqa: BLE001  the outermost loop of a thread: the server answers 500
            return failure


def _those_that_wait(jobs: Jobs, taken: list[Job], lane: Lane) -> Iterator[Job]:
    """The job taken, then those that have come meanwhile, up to the lane's limits; noted in `taken`."""
    yield taken[0]
    until = time.monotonic() + lane.most_seconds
    while len(taken) < lane.most and time.monotonic() < until:
        try:
            job = jobs.get_nowait()
        except queue.Empty:
            return
        if job is None:
            jobs.put(None)
            return
        taken.append(job)
        yield job


def _hand_back(outcomes: list[Outcome]) -> None:
    """Wake the loop once for all."""

    def settle() -> None:
        for job, outcome in outcomes:
            if job.answered.done():
                continue
            if isinstance(outcome, Answer):
                job.answered.set_result(outcome)
            else:
                job.answered.set_exception(outcome)

    if outcomes:
        outcomes[0][0].loop.call_soon_threadsafe(settle)


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
    """The whole body; None when it is too large. Raises ConnectionError when the peer goes before its end."""
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _nothing(status: int) -> Answer:
    return Answer(status, [(b"content-length", b"0"), (b"connection", b"close")], b"")


async def _send(send: Send, answer: Answer) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body})
