"""Providers of our own on the loopback, by HTTP and SMTP: they keep what they were sent and answer as told."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Sent:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)


@dataclass
class Provider:
    """Its address, what it got, and what it will answer: the last answer is given for ever."""

    url: str = ""
    sent: list[Sent] = field(default_factory=list)
    answers: list[tuple[int, Any]] = field(default_factory=lambda: [(200, {})])

    def next_answer(self) -> tuple[int, Any]:
        """The answer to the request at hand."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def provider(*answers: tuple[int, Any]) -> Iterator[Provider]:
    """A provider that gives these answers, one after the other."""
    told = Provider(answers=list(answers) or [(200, {})])

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            told.sent.append(Sent(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            status, answer = told.next_answer()
            raw = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Mailbox:
    """A mail server: its port, the mails it took or refused, to whom they went, and what it answers."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.port = 0
        self.mails: list[bytes] = []
        self.refused: list[bytes] = []
        self.to: list[str] = []
        self.answer = answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep it and answer."""
        (self.mails if self.answer.startswith("2") else self.refused).append(envelope.content)
        self.to += envelope.rcpt_tos
        return self.answer


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A mail server on a free port."""
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        box.port = free.getsockname()[1]
    desk = Controller(box, hostname="127.0.0.1", port=box.port)
    desk.start()
    try:
        yield box
    finally:
        desk.stop()
