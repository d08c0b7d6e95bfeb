"""What somebody answered at home arrives at the desk: once, by a code, confirmed by a member; then at another desk."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, Screens
from tests.journeys.conftest import quiet_hall, screens, server, shared  # noqa: F401
from tests.journeys.halls import Hall

pytestmark = [pytest.mark.browser, pytest.mark.server]

STATE = "() => { const walk = document.querySelector('dh-guide').walk; return [walk.answers, walk.marks, [...walk.ticks]]; }"


def answer_at_home(page: Page) -> str:
    """Three answers and the papers step, then a code for the desk."""
    page.click("[data-begin]")
    for text in ("1", "1"):
        page.fill(".guide-question input", text)
        page.click(".guide-question .button-large")
    page.click(".guide-page .button-large")
    page.fill("[data-path=a_name]", "Nguyễn Văn Bình")
    page.click(".guide-question .button-large")
    page.wait_for_selector("[data-path=a_born]")
    # What a tampered page would seal: it never reaches the desk's screen.
    page.evaluate("document.querySelector('dh-guide').walk.answers.b_name = {state: 'given', value: 7}")
    page.locator(".guide-top button").last.click()
    page.click("[data-handover]")
    return page.inner_text("[data-handover-code]")


def desk_of(screens: Screens, hall: Hall, who: str) -> Page:  # noqa: F811
    page = screens.open("/desk/", state=hall.states[who])
    if page.locator("button[name=counter]").count():
        page.locator("button[name=counter]").nth(0 if who == "lan" else 1).click()
    page.click("#bring > summary")
    page.wait_for_load_state("load")  # the codes are read by modules, which come last
    return page


def test_from_a_phone_to_a_desk_and_on_to_another_desk(quiet_hall: Hall, screens: Screens):  # noqa: F811
    phone = screens.open("/p/1.000894/guide", size=PHONE)
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    code = answer_at_home(phone)
    assert [text for text in sent if "Nguyễn" in text or "Nguy%" in text or code in text] == []
    kept = phone.context.storage_state(indexed_db=True)
    assert "Nguyễn Văn Bình" in json.dumps(kept, ensure_ascii=False)  # still on the phone

    desk = desk_of(screens, quiet_hall, "lan")
    desk.fill("#takeover-code", f"DH:{code.lower()}")
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".guide-prefill")
    assert desk.evaluate(STATE)[0] == {}  # nothing is taken over silently
    assert desk.evaluate("document.querySelector('dh-guide').proposals.flatMap((one) => one.proposals.map((row) => row.question))") == [
        "a_times", "b_times", "a_name",
    ]  # fmt: skip
    desk.click("[data-consent]")
    desk.wait_for_selector("[data-consent]", state="detached")
    desk.keyboard.press("Alt+p")
    expect(desk.locator("[data-field=a_name] .guide-mark")).to_contain_text("Trần Thị Ngọc Lan")
    answers, marks, ticks = desk.evaluate(STATE)
    assert answers == {
        "a_times": {"state": "given", "value": 1},
        "b_times": {"state": "given", "value": 1},
        "a_name": {"state": "given", "value": "Nguyễn Văn Bình"},
    }
    assert {(mark["source"], mark["hand"], mark["confirmed"]) for mark in marks.values()} == {
        ("taken_over", "citizen", True)
    }
    assert ticks == ["papers"]

    other = desk_of(screens, quiet_hall, "minh")
    screens.expects(r"answer: 404 POST .*/guide/handovers/.*/take")
    other.fill("#takeover-code", code)
    other.keyboard.press("Enter")
    expect(other.locator("[data-takeover-said]")).to_contain_text(re.compile(".{20}"))
    assert other.locator("dh-guide").count() == 0  # a code works once
    other.fill("#resume-code", desk.inner_text(".desk-banner .desk-code"))
    other.locator("#resume-code + button, form:has(#resume-code) button").first.click()
    other.wait_for_selector("dh-guide .guide-member")
    assert other.evaluate(STATE)[0] == answers
