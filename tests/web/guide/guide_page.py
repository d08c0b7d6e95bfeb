"""The guide on a page without a server: the files as they lie on the disk, the words as Django renders them."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, Page, Route

from tests.web.guide.plans import TODAY, plan

STATIC = settings.PACKAGE / "web" / "static"
# An address of this machine: the browser's own cryptography needs one it trusts.
ORIGIN = "http://localhost:1"
STYLES = ("tokens", "base", "shell", "components", "forms", "desk", "guide", "print")
POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'"
PLACES = {
    "31135": {"code": "31135", "name": "Phường Ninh Kiều", "province": "Thành phố Cần Thơ", "province_code": "92"},
    "31153": {"code": "31153", "name": "Phường Cái Răng", "province": "Thành phố Cần Thơ", "province_code": "92"},
}  # fmt: skip
Answer = Callable[[Route, str, Any], bool]


def page_of(attributes: str, *, language: str = "en", surface: str = "phone") -> str:
    """The HTML around one `<dh-guide>`."""
    with translation.override(language):
        words = render_to_string("guide/_words.html")
    styles = "".join(f'<link rel="stylesheet" href="/static/css/{name}.css">' for name in STYLES)
    scripts = "".join(
        f'<script type="module" src="/static/js/{name}.js"></script>'
        for name in ("keys", "speak", "guide/guide")
    )
    return (
        f'<!doctype html><html lang="{language}" class="{surface}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>Guide</title>{styles}{scripts}</head>'
        f'<body hx-headers=\'{{"X-CSRFToken": "t"}}\'><main id="main"><h1 class="visually-hidden">A page</h1>'
        f'<dh-guide plan="/plan.json" today="{TODAY}" {attributes}></dh-guide></main>{words}</body></html>'
    )


class GuidePage:
    """One page with a guide; `problems` is what the browser complained of."""

    def __init__(
        self,
        browser: Browser,
        attributes: str = 'view="citizen" store="phone" key="k"',
        *,
        size: tuple[int, int] = (360, 740),
        language: str = "en",
        surface: str = "phone",
        answer: Answer | None = None,
        the_plan: dict[str, Any] | None = None,
        policy: str = POLICY,
    ) -> None:
        self.problems: list[str] = []
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce",
            timezone_id="Europe/Paris",
        )
        self.context.set_default_timeout(10_000)
        self.html = page_of(attributes, language=language, surface=surface)
        self.plan = the_plan or plan()
        self.policy = policy
        self.answer = answer
        self.context.route(f"{ORIGIN}/**", self._answer)
        self.page = self.open()

    def open(self) -> Page:
        """A page (another tab) at the guide, once it has begun."""
        page = self.context.new_page()
        page.on("console", lambda said: self._note(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self._note(str(error)))
        page.goto(ORIGIN)
        page.wait_for_selector("dh-guide [data-heading], dh-guide .guide-step")
        return page

    def at(self) -> str:
        """The screen the guide is on."""
        return str(self.page.evaluate("document.querySelector('dh-guide').at"))

    def answers(self) -> dict[str, Any]:
        """The answers it holds."""
        found: dict[str, Any] = self.page.evaluate("document.querySelector('dh-guide').walk.answers")
        return found

    def focused(self) -> str:
        """The field, heading or button that has the focus."""
        return str(
            self.page.evaluate(
                "(one => one.dataset.path ?? (one.hasAttribute('data-heading') ? 'heading'"
                " : one.hasAttribute('data-summary') ? 'summary' : one.textContent.trim()))(document.activeElement)"
            )
        )

    def settled(self) -> None:
        """Wait for what follows a click or key."""
        self.page.wait_for_timeout(40)

    def _note(self, problem: str) -> None:
        if "Failed to load resource" not in problem:
            self.problems.append(problem)

    def _answer(self, route: Route) -> None:
        path, _sign, query = route.request.url.removeprefix(ORIGIN).partition("?")
        file = STATIC / path.removeprefix("/static/")
        if path.startswith("/static/") and file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            coded = "" if kind == "application/wasm" else "; charset=utf-8"
            route.fulfill(body=file.read_bytes(), content_type=kind + coded)
        elif path == "/plan.json":
            route.fulfill(body=json.dumps(self.plan), content_type="application/json")
        elif path == "/guide/areas":
            found = [PLACES[query[5:]]] if query.startswith("code=") else list(PLACES.values())
            route.fulfill(json={"areas": found})
        elif path == "/":
            route.fulfill(
                body=self.html,
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": self.policy},
            )
        elif not (self.answer and self.answer(route, path, route.request.post_data_json)):
            route.fulfill(status=404, json={})
