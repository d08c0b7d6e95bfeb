"""A member lends a voice in a real Chromium with a microphone: heard back first, kept then, spoken by the guide."""

from __future__ import annotations

import json
import mimetypes
import shutil
from collections.abc import Iterator
from email import message_from_bytes
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Page, Route, sync_playwright

from donghanh.catalog.actions.recordings import MOST_BYTES
from donghanh.catalog.rules.speech import kind_of_sound
from donghanh.web.middleware import POLICY
from tests.browser import FLAGS

pytestmark = pytest.mark.browser

STATIC = settings.PACKAGE / "web" / "static"
ORIGIN = "http://localhost:1"
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


class VoicesPage:
    """The page of voices on its own; what was sent lies in `sent`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sent: list[dict[str, Any]] = []
        self.problems: list[str] = []
        self.status = 201
        row = {"key": "summary", "text": "Ladders are lent for a week.", "recordings": []}
        edition = type("Edition", (), {"hash": "a" * 64})
        with translation.override("en"):
            context = {"edition": edition, "rows": [row], "name": "A ladder"}
            self.html = render_to_string("guide/voices.html", context, RequestFactory().get("/"))
        page.on("console", lambda said: self.problems.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.route(f"{ORIGIN}/**", self._answer)
        page.goto(ORIGIN)

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        file = STATIC / path.removeprefix("/static/")
        if path.startswith("/static/") and file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), content_type=f"{kind}; charset=utf-8")
        elif path == "/":
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8", headers=headers)
        elif path.endswith("/recordings"):
            self.sent.append(_fields(route))
            told = (
                {"id": "1", "url": "/x"}
                if self.status == 201
                else {"code": "not-a-sound", "message": "Again, please."}
            )
            route.fulfill(status=self.status, body=json.dumps(told), content_type="application/json")
        else:
            route.fulfill(status=404)


def _fields(route: Route) -> dict[str, Any]:
    head = f"Content-Type: {route.request.headers['content-type']}\r\n\r\n".encode()
    form = message_from_bytes(head + (route.request.post_data_buffer or b""))
    return {
        str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
        for part in form.walk()
        if not part.is_multipart()
    }


@pytest.fixture
def voices() -> Iterator[VoicesPage]:
    """A Chromium with a microphone that beeps."""
    program = shutil.which("chromium")
    assert program
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS, *MICROPHONE])
        context = browser.new_context(permissions=["microphone"])
        context.set_default_timeout(10_000)
        yield VoicesPage(context.new_page())
        browser.close()


def record(page: Page) -> None:
    page.click("[data-record=record], [data-record=again]")
    page.wait_for_selector("[data-record=stop]")
    page.wait_for_timeout(1200)
    page.click("[data-record=stop]")
    page.wait_for_selector("[data-record=keep]")


def test_a_voice_is_heard_back_kept_in_its_language_and_gone_from_the_page(voices):
    page = voices.page
    record(page)
    assert page.get_attribute("dh-record audio", "src").startswith("blob:")
    assert voices.sent == []
    page.fill("#record-tag", "km")
    page.fill("#record-label", "Khmer")
    page.click("[data-record=keep]")
    page.get_by_text("Kept. From now on the guide speaks with this voice.").wait_for()
    [sent] = voices.sent
    sound = sent.pop("sound")
    assert sent == {"tag": b"km", "label": b"Khmer", "key": b"summary"}
    assert kind_of_sound(sound) == "audio/webm"
    assert len(sound) < MOST_BYTES
    assert page.locator("dh-record audio").count() == 0
    assert voices.problems == []


def test_a_recording_that_was_refused_stays_to_be_tried_again(voices):
    voices.status = 422
    record(voices.page)
    voices.page.click("[data-record=keep]")
    voices.page.get_by_text("Again, please.").wait_for()
    voices.status = 201
    voices.page.click("[data-record=keep]")
    voices.page.get_by_text("Kept.").wait_for()
    assert len(voices.sent) == 2
