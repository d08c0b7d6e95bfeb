"""The bridge hands a WSGI application whole requests and gives whole answers back."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.validate import validator

import pytest

from donghanh.web import bridge
from donghanh.web.bridge import LARGEST_BODY, Bridge, Lane

pytestmark = pytest.mark.pure


def ask(app: Any, *, body: list[bytes] | None = None, headers: Any = (), **scope: Any) -> tuple[Any, bytes]:
    """The start message and the body of an answer."""
    parts = body or [b""]
    messages = [
        {"type": "http.request", "body": part, "more_body": number < len(parts) - 1}
        for number, part in enumerate(parts)
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    whole = {
        "type": "http", "method": "POST", "path": "/t/ô môn", "query_string": b"a=1&b=%C3%B4", "http_version": "1.1",
        "scheme": "http", "server": ("127.0.0.1", 8000), "client": ("10.0.0.7", 4242), "headers": list(headers), **scope,
    }  # fmt: skip
    bridge = Bridge(app, threads=2)
    asyncio.run(bridge(whole, receive, send))
    bridge.close()
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    return sent[0], sent[1]["body"]


def echo(environ: Any, start_response: Any) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
    return [environ["wsgi.input"].read(), b"|", repr(sorted(environ.items())).encode()]


def test_a_request_arrives_whole_and_its_answer_too():
    start, body = ask(
        echo, body=[b"one ", b"two"],
        headers=[(b"content-type", b"text/plain"), (b"content-length", b"999"), (b"x-a", b"1"), (b"x-a", b"2"),
                 (b"cookie", b"c=1"), (b"cookie", b"d=2")],
    )  # fmt: skip
    assert start["status"] == 200
    assert start["headers"] == [
        (b"content-type", b"text/plain"),
        (b"set-cookie", b"a=1"),
        (b"set-cookie", b"b=2"),
    ]
    said = body.decode()
    for expected in (
        "one two|", "'CONTENT_LENGTH', '7'", "'HTTP_X_A', '1,2'", "'HTTP_COOKIE', 'c=1; d=2'", "'REMOTE_ADDR', '10.0.0.7'",
        "'QUERY_STRING', 'a=1&b=%C3%B4'", "'REQUEST_METHOD', 'POST'",
    ):  # fmt: skip
        assert expected in said, expected


def test_the_bridge_keeps_to_the_wsgi_standard():
    def strict(environ: Any, start_response: Any) -> list[bytes]:
        environ["wsgi.input"].read(10)
        start_response("204 No Content", [])
        return []

    start, body = ask(validator(strict), headers=[(b"content-type", b"application/json")])
    assert (start["status"], body) == (204, b"")


def test_a_header_with_an_underscore_cannot_pass_for_one_with_a_dash():
    _, body = ask(echo, headers=[(b"x_forwarded_proto", b"https")])
    assert b"FORWARDED" not in body


def test_a_body_beyond_the_limit_is_refused_before_the_application_sees_it():
    start, body = ask(None, body=[b"x" * LARGEST_BODY, b"x"])
    assert (start["status"], body) == (413, b"")


def test_a_bug_of_the_application_reaches_the_server_and_spares_the_thread():
    calls: list[str] = []

    def sometimes(environ: Any, start_response: Any) -> list[bytes]:
        calls.append(threading.current_thread().name)
        raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            ask(sometimes)
    assert len(calls) == 2


def test_an_iterable_is_closed_when_it_was_read():
    closed: list[bool] = []

    class Pages:
        def __iter__(self) -> Any:
            return iter([b"a", b"b"])

        def close(self) -> None:
            closed.append(True)

    def paged(environ: Any, start_response: Any) -> Pages:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return Pages()

    assert ask(paged)[1] == b"ab"
    assert closed == [True]


class Book:
    """Stands for a database: what was said in a block is kept only when the block ends well."""

    def __init__(self, *, commit_fails: bool = False) -> None:
        self.kept: list[list[str]] = []
        self.open: list[str] | None = None
        self.commit_fails = commit_fails

    @contextmanager
    def together(self) -> Iterator[None]:
        self.open = []
        yield
        if self.commit_fails:
            raise OSError("the disk is full")
        self.kept.append(self.open)
        self.open = None

    @contextmanager
    def each(self) -> Iterator[None]:
        assert self.open is not None
        before = list(self.open)
        try:
            yield
        except Exception:
            self.open[:] = before
            raise

    def app(self, environ: Any, start_response: Any) -> list[bytes]:
        path = environ["PATH_INFO"]
        if path == "/page":
            assert self.open is None or threading.current_thread().name != "acts"
        else:
            assert self.open is not None
            self.open.append(path)
            time.sleep(0.01)
        if path.endswith("bad"):
            raise ZeroDivisionError
        start_response("200 OK", [])
        return [path.encode()]


def _acts(method: str, path: str) -> bool:
    return method == "POST" and path != "/page"


def ask_at_once(book: Book, paths: list[str], most: int = 16) -> list[Any]:
    """Ask for all at once; each answer's body or exception, in the order asked."""
    lane = Lane(_acts, book.together, book.each, most=most, most_seconds=1)
    bridge = Bridge(book.app, threads=2, lane=lane)

    async def one(path: str) -> Any:
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": b""}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": "POST",
            "path": path,
            "query_string": b"",
            "http_version": "1.1",
            "headers": [],
        }
        try:
            await bridge(scope, receive, send)
        except (ZeroDivisionError, OSError) as failure:
            return failure
        kept = path == "/page" or any(path in block for block in book.kept)
        assert kept, "it was answered before it was kept"
        return sent[1]["body"].decode()

    async def all_of_them() -> list[Any]:
        return await asyncio.gather(*(one(path) for path in paths))

    answers = asyncio.run(all_of_them())
    bridge.close()
    return answers


def test_acts_that_wait_together_are_kept_together_in_their_order_and_then_answered():
    book, paths = Book(), [f"/act/{number}" for number in range(10)]
    assert ask_at_once(book, paths) == paths
    assert [path for block in book.kept for path in block] == paths
    assert len(book.kept) < 5


def test_no_more_acts_share_a_commit_than_the_lane_allows():
    book, paths = Book(), [f"/act/{number}" for number in range(10)]
    assert ask_at_once(book, paths, most=3) == paths
    assert max(len(block) for block in book.kept) == 3


def test_one_act_that_fails_does_not_take_the_others_with_it():
    book = Book()
    answers = ask_at_once(book, ["/act/1", "/act/bad", "/act/2"])
    assert [answers[0], type(answers[1]), answers[2]] == ["/act/1", ZeroDivisionError, "/act/2"]
    assert [path for block in book.kept for path in block] == ["/act/1", "/act/2"]


def test_when_the_commit_fails_nobody_is_told_that_it_was_done():
    book = Book(commit_fails=True)
    answers = ask_at_once(book, ["/act/1", "/act/2", "/act/3"])
    assert [type(answer) for answer in answers] == [OSError] * 3
    assert book.kept == []


def test_pages_do_not_wait_behind_acts():
    book = Book()
    assert ask_at_once(book, ["/act/1", "/page", "/act/2"]) == ["/act/1", "/page", "/act/2"]


def cut_short(messages: list[Any]) -> list[Any]:
    """What is sent when the body comes so far and no further; the application must not be asked."""
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0) if messages else await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/desk/next"}
    asyncio.run(Bridge(None, threads=1)(scope, receive, send))
    return sent


def test_half_a_form_is_no_form():
    half = {"type": "http.request", "body": b"text=half", "more_body": True}
    assert cut_short([half, {"type": "http.disconnect"}]) == []


def test_a_body_that_comes_drop_by_drop_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(bridge, "BODY_SECONDS", 0.05)
    sent = cut_short([{"type": "http.request", "body": b"t", "more_body": True}])
    assert [message.get("status") for message in sent] == [408, None]
