"""A real Chromium for tests and pictures: screens that note everything that goes wrong on them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    StorageState,
    expect,
    sync_playwright,
)

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --force-color-profile=srgb --hide-scrollbars"
).split()
PHONE = (360, 740)
LAPTOP = (1366, 768)
SECONDS = 10
# A page that is left breaks off its stream and its running requests; that is no fault.
LEFT = ("net::ERR_ABORTED", "net::ERR_NETWORK_CHANGED")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    expect.set_options(timeout=SECONDS * 1000)
    program = shutil.which("chromium")
    assert program, "Chromium is missing: `make browser` fetches it from Debian"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


class Screens:
    """Opens screens of one server, each with cookies of its own, and notes what goes wrong on them.

    `problems` gathers console errors (a breach of the content policy is one), errors of scripts, failed
    requests and answers from 400 on. A test says with `expects` what it brings about on purpose.
    """

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self.problems: list[str] = []
        self._expected: list[str] = []
        self._contexts: list[BrowserContext] = []

    def open(
        self,
        path: str,
        *,
        size: tuple[int, int] = LAPTOP,
        state: StorageState | None = None,
        language: str = "",
        dark: bool = False,
        **options: Any,
    ) -> Page:
        """A page in a context of its own, at `path`."""
        context = self.browser.new_context(
            base_url=self.url,
            viewport={"width": size[0], "height": size[1]},
            storage_state=state,
            color_scheme="dark" if dark else "light",
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(SECONDS * 1000)
        if language:
            context.add_cookies([{"name": "donghanh_language", "value": language, "url": self.url}])
        self._contexts.append(context)
        context.on("console", self._said)
        context.on("weberror", lambda error: self._note(f"script: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)
        page = context.new_page()
        page.goto(path)
        return page

    def expects(self, *patterns: str) -> None:
        """These problems are brought about on purpose."""
        self._expected += patterns

    def assert_clean(self) -> None:
        """Nothing went wrong on any screen."""
        assert [one for one in self.problems if not self._is_expected(one)] == []

    def close(self) -> None:
        """Close every screen."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()

    def _is_expected(self, problem: str) -> bool:
        return any(re.search(pattern, problem) for pattern in self._expected)

    def _note(self, problem: str) -> None:
        self.problems.append(problem)

    def _said(self, message: ConsoleMessage) -> None:
        # Chromium repeats every answer from 400 on here; `_answered` notes those with their address.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self._note(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        if (request.failure or "") not in LEFT:
            self._note(f"request: {request.method} {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"answer: {response.status} {response.request.method} {response.url}")
