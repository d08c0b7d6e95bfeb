"""The browser's side of the engines in one page of a real Chromium, under the product's content policy."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Browser, Page, Route

HERE = Path(__file__).resolve().parent
STATIC = Path(settings.PACKAGE) / "web" / "static"
ORIGIN = "http://localhost:8101"  # nothing listens there: every request is answered from files
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:"
CALL = "async ([name, given]) => JSON.stringify(await window.twins[name](...JSON.parse(given))) ?? null"
PAGE = '<!doctype html><title>Twins</title><script type="module" src="/twins.js"></script>'


class Twin:
    """Calls what tests/twins/twins.js offers."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def call(self, name: str, *arguments: Any) -> Any:
        """The plain JSON that this function of the page gives."""
        # As text: Playwright takes long over large arguments, and would not carry half a pair.
        said = self.page.evaluate(CALL, [name, json.dumps(arguments)])
        return None if said is None else json.loads(said)


@contextmanager
def twin_in(browser: Browser) -> Iterator[Twin]:
    """A page with the engines loaded; fails if loading brought anything to the console."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.route(f"{ORIGIN}/**", _answer)
    page.goto(f"{ORIGIN}/")
    page.wait_for_function("window.twins !== undefined")
    yield Twin(page)
    assert said == []
    page.close()


def _answer(route: Route) -> None:
    path = route.request.url.removeprefix(ORIGIN)
    headers = {"content-security-policy": POLICY}
    if path == "/":
        route.fulfill(body=PAGE, content_type="text/html; charset=utf-8", headers=headers)
    elif path == "/favicon.ico":
        route.fulfill(status=204)
    else:
        file = STATIC / path.removeprefix("/static/") if path.startswith("/static/") else HERE / path[1:]
        kind = mimetypes.guess_type(file.name)[0] or "text/plain"
        route.fulfill(body=file.read_bytes(), content_type=f"{kind}; charset=utf-8", headers=headers)
