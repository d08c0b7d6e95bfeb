"""A Chromium with the extension, and a little web of pages for it: a desk, a portal, and portals that changed."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.conf import settings
from playwright.sync_api import BrowserContext, Page, Worker, sync_playwright

from tests.browser import FLAGS, SECONDS

EXTENSION = settings.BASE / "extension"


@contextmanager
def with_extension() -> Iterator[BrowserContext]:
    """Debian's Chromium, headless, with the extension loaded as a developer would."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        context = playwright.chromium.launch_persistent_context(
            folder,
            headless=True,
            executable_path=shutil.which("chromium"),
            ignore_default_args=["--disable-extensions"],
            args=[*FLAGS, f"--disable-extensions-except={EXTENSION}", f"--load-extension={EXTENSION}"],
            locale="vi-VN",
        )
        context.set_default_timeout(SECONDS * 1000)
        yield context
        context.close()


def worker_of(context: BrowserContext) -> Worker:
    """The extension's service worker."""
    return context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")


class Desk:
    """A page of the house that hands a case over, as the desk does, and the extension's popup for a tab."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.worker = worker_of(context)
        self.page = context.new_page()
        self.page.goto(url)
        self.page.evaluate(
            """() => { window.said = []; window.addEventListener("message", event => {
                 if (event.data?.channel === "donghanh-extension") window.said.push(event.data); }); }"""
        )

    def hand_over(self, plan: Mapping[str, Any]) -> dict[str, Any]:
        """Press and post the plan; what the extension answered."""
        before = self.page.evaluate("() => window.said.length")
        self.page.bring_to_front()
        self.page.mouse.click(5, 5)
        self.say(verb="hand-over", plan=plan)
        self.page.wait_for_function("count => window.said.length > count", arg=before)
        answer: dict[str, Any] = self.page.evaluate("() => window.said.at(-1)")
        return answer

    def say(self, **words: Any) -> None:
        """Post a word to the bridge."""
        self.page.evaluate(
            "words => window.postMessage({channel: 'donghanh', ...words}, location.origin)", words
        )

    def kept(self) -> dict[str, Any]:
        """What the extension holds in memory."""
        held: dict[str, Any] = self.worker.evaluate("() => chrome.storage.session.get(null)")
        return held

    def popup_for(self, page: Page) -> Page:
        """The popup, in a tab of its own, for the tab of a page."""
        tab = self.worker.evaluate(
            "async url => (await chrome.tabs.query({})).filter(tab => tab.url === url).at(-1).id", page.url
        )
        popup = self.context.new_page()
        popup.goto(f"chrome-extension://{self.worker.url.split('/')[2]}/popup.html?tab={tab}")
        return popup

    def press(self, page: Page) -> str:
        """Press the popup's big button for a page; what the popup says then."""
        popup = self.popup_for(page)
        popup.click("#press")
        popup.wait_for_selector("#told p")
        said = popup.inner_text("#told")
        popup.close()
        return said


@contextmanager
def pages(made: Mapping[str, str]) -> Iterator[str]:
    """A server of these pages by path; its address. What is posted anywhere is answered with what was posted."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(made.get(self.path.partition("?")[0]))

        def do_POST(self) -> None:
            self._say(self.rfile.read(int(self.headers["Content-Length"] or 0)).decode())

        def _say(self, body: str | None) -> None:
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((body or "").encode())

        def log_message(self, *words: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
