"""Pages rendered by the product, opened in a real Chromium without a server: answers come from here."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, sync_playwright

STATIC = Path(__file__).resolve().parents[2] / "donghanh" / "web" / "static"
BASE = "http://hall.test"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


@contextmanager
def browser_page(
    pages: dict[str, str], *, width: int = 1280, height: int = 800, scripts: str = ""
) -> Iterator[Page]:
    """A page that finds these documents by path, and the product's static files; nothing else answers."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path in pages:
            route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
        elif path.startswith("/static/") and (file := STATIC / path.removeprefix("/static/")).is_file():
            route.fulfill(
                body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "text/plain"
            )
        else:
            route.fulfill(status=404, body="")

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        page = browser.new_context(viewport={"width": width, "height": height}, base_url=BASE).new_page()
        page.route("**/*", answer)
        if scripts:
            page.add_init_script(scripts)
        yield page
        browser.close()
