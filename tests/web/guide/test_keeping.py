"""At the desk answers go to the server one by one; a lost line loses none, and a no stands on its field."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Route

pytestmark = pytest.mark.browser

AT_DESK = 'view="member" store="server" case="/guide/cases/1/"'
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class Line:
    """The network between a desk and its server, with what came over it; it can be cut."""

    def __init__(self) -> None:
        self.is_cut = False
        self.refuses: dict[str, tuple[str, str]] = {}
        self.came: list[dict[str, Any]] = []
        self.kept: dict[str, Any] = {}
        self.ticks: list[str] = []

    def __call__(self, route: Route, path: str, body: Any) -> bool:
        if self.is_cut:
            route.abort()
            return True
        outcomes = [self._keep(event) for event in (body or {}).get("events", ())]
        self.ticks += [step for step, is_done in (body or {}).get("steps", {}).items() if is_done]
        if path.endswith("/prefill"):
            route.fulfill(json={"seq": 0, "groups": []})
        elif path.startswith("/guide/cases/1/"):
            route.fulfill(json={**self.state(), "outcomes": outcomes})
        else:
            return False
        return True

    def state(self) -> dict[str, Any]:
        return {
            "code": "AB3CD4EF",
            "seq": len(self.came),
            "answers": self.kept,
            "ticks": self.ticks,
            "consent": {"fill_in_form": True},
        }

    def _keep(self, event: dict[str, Any]) -> dict[str, str]:
        self.came.append(event)
        if no := self.refuses.get(event["question"]):
            return {"id": event["id"], "outcome": "refused", "code": no[0], "message": no[1]}
        self.kept[event["question"]] = {
            "state": event["state"],
            "value": event.get("value"),
            "source": "typed",
            "hand": event["hand"],
            "by": "Nguyễn Văn 1",
        }
        return {"id": event["id"], "outcome": "applied", "code": "", "message": ""}


def test_every_answer_is_kept_as_it_is_given(guide):
    line = Line()
    one = guide(AT_DESK, size=(1366, 768), answer=line)
    one.page.fill("[data-path=name]", "  Lê  Thị Út ")
    one.page.keyboard.press("Enter")
    one.page.wait_for_selector(".guide-saved-saved")
    [event] = line.came
    assert UUID7.fullmatch(event.pop("id"))
    assert event.pop("at").endswith("Z")
    assert event == {
        "question": "name", "state": "given", "value": "Lê Thị Út", "raw": "  Lê  Thị Út ", "hand": "member",
        "device": "desk", "edition": "a" * 64,
    }  # fmt: skip
    assert one.page.inner_text(".guide-saved") == "Saved"


def test_a_cut_line_is_told_calmly_and_the_same_events_arrive_once_it_is_back(guide):
    line = Line()
    one = guide(AT_DESK, size=(1366, 768), answer=line)
    line.is_cut = True
    one.page.focus("[data-path=name]")
    for text in ("Lê Thị Út", "1/2/1950"):
        one.page.keyboard.type(text)
        one.page.keyboard.press("Enter")
    one.page.wait_for_selector(".guide-saved-waiting")
    assert "Nothing is lost" in one.page.inner_text(".guide-saved")
    waiting = one.page.evaluate("document.querySelector('dh-guide').store.queue.map(one => one.id)")
    line.is_cut = False
    one.page.evaluate("window.dispatchEvent(new Event('online'))")
    one.page.wait_for_selector(".guide-saved-saved")
    assert [(event["id"], event["question"]) for event in line.came] == list(
        zip(waiting, ["name", "born"], strict=True)
    )


def test_the_servers_no_stands_on_its_field_and_the_text_stays(guide):
    line = Line()
    line.refuses["name"] = ("secret", "This looks like a password.")
    one = guide(AT_DESK, size=(1366, 768), answer=line)
    one.page.fill("[data-path=name]", "Lê Thị Út")
    one.page.keyboard.press("Enter")
    one.page.wait_for_selector("[data-field=name] .field-error")
    assert one.page.inner_text("[data-field=name] .field-error") == "This looks like a password."
    assert one.page.input_value("[data-path=name]") == "Lê Thị Út"


def test_without_agreement_the_guide_goes_on_and_says_that_nothing_is_kept(guide):
    line = Line()
    line.refuses["name"] = ("consent-needed", "Please ask first.")
    one = guide(AT_DESK, size=(1366, 768), answer=line)
    one.page.fill("[data-path=name]", "Lê Thị Út")
    one.page.keyboard.press("Enter")
    one.page.wait_for_selector(".guide-saved-unkept")
    assert (one.answers()["name"]["value"], line.kept) == ("Lê Thị Út", {})


def test_nothing_of_a_desks_case_lies_on_the_machine(guide):
    line = Line()
    one = guide(AT_DESK, size=(1366, 768), answer=line)
    one.page.fill("[data-path=name]", "Lê Thị Út")
    one.page.keyboard.press("Enter")
    one.page.wait_for_selector(".guide-saved-saved")
    kept = one.page.evaluate(
        "(async () => [(await indexedDB.databases()).length, localStorage.length, sessionStorage.length,"
        " (await caches.keys()).length, document.cookie, JSON.stringify(history.state)])()"
    )
    assert kept == [0, 0, 0, 0, "", "null"]


def test_an_idle_screen_covers_itself_and_loses_nothing(guide):
    line = Line()
    one = guide(f'{AT_DESK} idle="4"', size=(1366, 768), answer=line)
    one.page.fill("[data-path=name]", "Lê Thị Út")
    one.page.keyboard.press("Enter")
    one.page.wait_for_selector("dialog.guide-cover")
    assert "Nothing is lost" in one.page.inner_text("dialog.guide-cover")
    one.page.wait_for_selector("dialog.guide-cover[data-locked]")
    assert "All answers are still here" in one.page.inner_text("dialog.guide-cover")
    box = one.page.locator("dialog.guide-cover").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 1366, "height": 768}
    one.page.keyboard.press("Enter")
    one.page.wait_for_selector("dialog.guide-cover", state="detached")
    assert one.page.input_value("[data-path=name]") == "Lê Thị Út"
