"""A small client of the public HTTP interface, with the standard library alone."""

from __future__ import annotations

import http.client
import json
import threading
import time
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from donghanh.kernel.errors import Refusal

TRIES = 6
TIMEOUT_SECONDS = 30


class NotReached(Refusal):
    """No server answered at the address."""

    message = (
        "No server answered at {url}: {problem}. Start one with `donghanh serve`, or name it with --url."
    )
    status = 503


class Answered(Refusal):
    """The server said no."""

    message = "{method} {path}: {status} {code} {detail}"


class Caller:
    """Requests to one server; each thread keeps a connection of its own.

    A POST carries a fresh Idempotency-Key and is sent again with the same key when the line breaks.
    """

    def __init__(self, url: str, token: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise NotReached(url=url, problem="this is no address such as http://127.0.0.1:8000")
        self.url, self.token = url, token
        self._class = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._host, self._port = parts.hostname, parts.port
        self._base = parts.path.rstrip("/") + "/api/v1"
        self._own = threading.local()

    def get(self, path: str) -> Any:
        """The JSON answer of a GET."""
        return self._asked("GET", path, None, "")

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """The JSON answer of a POST, None for 204."""
        return self._asked("POST", path, body or {}, str(uuid4()))

    def _asked(self, method: str, path: str, body: dict[str, Any] | None, key: str) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        if key:
            headers |= {"Idempotency-Key": key, "Content-Type": "application/json"}
        for left in range(TRIES - 1, -1, -1):
            try:
                return self._once(method, path, json.dumps(body) if body is not None else None, headers)
            except (OSError, http.client.HTTPException) as problem:
                self._own.line = None
                if not left:
                    raise NotReached(url=self.url, problem=problem) from problem
                time.sleep(0.1 * (TRIES - left))
        raise AssertionError("not reached")

    def _once(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Any:
        line = getattr(self._own, "line", None)
        if line is None:
            line = self._own.line = self._class(self._host, self._port, timeout=TIMEOUT_SECONDS)
        line.request(method, self._base + path, body, headers)
        answer = line.getresponse()
        said = answer.read()
        if answer.status >= 400:
            raise _refused(method, path, answer.status, said)
        return json.loads(said) if said else None


def _refused(method: str, path: str, status: int, said: bytes) -> Answered:
    try:
        told = json.loads(said)
    except ValueError:
        told = {}
    return Answered(
        method=method,
        path=path,
        status=status,
        code=told.get("code", ""),
        detail=told.get("detail", said[:200].decode(errors="replace")),
    )
