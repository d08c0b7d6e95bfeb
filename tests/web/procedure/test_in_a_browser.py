"""The public pages in a real browser: answers stay on the phone and are forgotten at a touch; one may speak."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests import make
from tests.web.pages import browser_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

KEPT = """() => new Promise((done) => {
  const asked = indexedDB.open("donghanh-guide");
  asked.onsuccess = () => {
    const database = asked.result;
    if (!database.objectStoreNames.length) return done([]);
    const all = database.transaction("guides").objectStore("guides").getAll();
    all.onsuccess = () => { database.close(); done(all.result.map((one) => one.answers.times)); };
  };
})"""
EAR = """window.SpeechRecognition = class {
  start() { this.onresult({results: [[{transcript: "xin giấy khai sinh"}]]}); this.onend(); }
};"""


def pages_of(path: str) -> dict[str, str]:
    """The page of this address and the plan it names."""
    found = {path: Client().get(path).content.decode()}
    for plan in re.findall(r'plan="([^"]+)"', found[path]):
        answer = Client().get(plan)
        found[plan] = b"".join(answer).decode() if answer.streaming else answer.content.decode()
    return found


def test_answers_stay_on_the_phone_and_are_forgotten_at_a_touch() -> None:
    make.procedure("1.000894")
    with browser_page(pages_of("/p/1.000894/guide"), width=360, height=740) as page:
        page.goto("/p/1.000894/guide")
        page.locator("dh-guide .button-large").last.click()
        field = page.locator("dh-guide input").first
        field.fill("1")
        first = field.get_attribute("data-path") or ""
        page.locator("dh-guide .button-large").last.click()
        expect(page.locator(f"dh-guide [data-path={first}]")).to_have_count(0)
        kept = page.evaluate(KEPT.replace("one.answers.times", f"one.answers.{first}.value"))
        with page.expect_navigation():
            page.locator("[data-forget]").click()
        expect(page.locator("dh-guide .button-large").last).to_be_visible()
        left = page.evaluate(KEPT)
    assert (kept, left) == ([1], [])


def test_what_is_said_aloud_stands_in_the_box() -> None:
    make.procedure("1.000894")
    with browser_page(pages_of("/find/"), scripts=EAR) as page:
        page.goto("/find/")
        page.locator("[data-listen]").click()
        said = page.locator("#words").input_value()
        note = page.locator("[data-listen-note]").is_visible()
    assert (said, note) == ("xin giấy khai sinh", True)


def test_a_browser_that_cannot_listen_has_no_button_for_it() -> None:
    make.procedure("1.000894")
    deaf = "delete window.SpeechRecognition; delete window.webkitSpeechRecognition;"
    with browser_page(pages_of("/find/"), scripts=deaf) as page:
        page.goto("/find/")
        expect(page.locator("#words")).to_be_visible()
        shown = page.locator("[data-listen]").is_visible()
    assert not shown
