"""The fast view: one step a screen, everything by keyboard, marks and doubts beside the fields."""

from __future__ import annotations

import pytest

from tests.journeys import inspection
from tests.web.guide.guide_page import GuidePage

pytestmark = pytest.mark.browser

MEMBER = 'view="member" store="none"'
LAPTOP = (1366, 768)


def type_in(guide: GuidePage, *texts: str) -> None:
    """Each text, then Enter."""
    for text in texts:
        guide.page.keyboard.type(text)
        guide.page.keyboard.press("Enter")
        guide.settled()


def first_step(guide: GuidePage) -> None:
    guide.page.focus("[data-path=name]")
    type_in(guide, "Lê Thị Út", "1/2/1950", "092150001234", "0912 345 678")


def test_enter_goes_from_field_to_field_and_on_to_the_next_step(guide):
    one = guide(MEMBER, size=LAPTOP, surface="staff")
    one.page.focus("[data-path=name]")
    type_in(one, "Lê Thị Út")
    assert one.focused() == "born"
    type_in(one, "1/2/1950", "092150001234", "0912 345 678")
    assert (one.at(), one.focused()) == ("home_step", "home")
    assert one.answers() == {
        "name": {"state": "given", "value": "Lê Thị Út"},
        "born": {"state": "given", "value": "1950-02-01"},
        "number": {"state": "given", "value": "092150001234"},
        "phone": {"state": "given", "value": "0912345678"},
    }


def test_a_wrong_field_keeps_the_focus_and_the_text_and_says_why(guide):
    one = guide(MEMBER, size=LAPTOP, surface="staff")
    one.page.focus("[data-path=name]")
    type_in(one, "Lê Thị Út", "31/2/1950")
    assert (one.focused(), one.page.input_value("[data-path=born]")) == ("born", "31/2/1950")
    assert "Write day, month and year" in one.page.inner_text("[data-field=born]")
    assert one.page.get_attribute("[data-path=born]", "aria-invalid") == "true"
    assert "born" not in one.answers()
    one.page.fill("[data-path=born]", "1/2/1950")
    one.page.keyboard.press("Enter")
    assert one.focused() == "number"


def test_the_next_step_with_gaps_lists_them_and_stays(guide):
    one = guide(MEMBER, size=LAPTOP, surface="staff")
    one.page.focus("[data-path=name]")
    one.page.keyboard.press("Control+Enter")
    one.settled()
    assert (one.at(), one.focused()) == ("who", "summary")
    assert one.page.locator("[data-summary] li").all_inner_texts() == [
        "What is your name?: Please answer this question.",
        "When were you born?: Please answer this question.",
        "Number of the card?: Please answer this question.",
    ]
    one.page.locator("[data-summary] button").nth(1).click()
    assert one.focused() == "born"


def test_fields_come_up_with_the_answers_before_them(guide):
    one = guide(MEMBER, size=LAPTOP, surface="staff")
    first_step(one)
    assert one.page.locator("[data-path=floors]").count() == 0
    one.page.locator("label", has_text="In a flat").click()
    one.settled()
    assert one.page.locator("[data-path=floors]").count() == 1


def test_an_odd_answer_asks_for_a_reason_and_then_lets_one_pass(guide):
    one = guide(MEMBER, size=LAPTOP, surface="staff")
    first_step(one)
    one.page.locator("label", has_text="In a flat").click()
    one.page.fill("[data-path=floors]", "45")
    one.page.keyboard.press("Tab")
    one.settled()
    assert "This is unusually high." in one.page.inner_text(".guide-doubt")
    one.page.fill("[data-path=place]", "ninh kieu")
    one.page.locator(".guide-candidates button").first.click()
    one.page.locator("label").get_by_text("No", exact=True).click()
    one.page.keyboard.press("Control+Enter")
    one.settled()
    assert one.at() == "home_step"
    one.page.locator(".guide-doubt input").fill("the tower by the river")
    one.page.click("text=Yes, it is right")
    one.page.keyboard.press("Control+Enter")
    one.settled()
    assert (
        one.page.evaluate("document.querySelector('dh-guide').walk.marks.floors.reason")
        == "the tower by the river"
    )
    assert one.at() == "papers"


def test_proposals_stand_in_one_box_and_one_key_takes_them(guide):
    one = guide(MEMBER, size=LAPTOP, surface="staff")
    one.page.evaluate(
        """() => document.querySelector("dh-guide").propose({role: "owner", from: "card", proposals: [
             {question: "name", value: "Lê Thị Út", from: "card"}, {question: "born", value: "1950-02-01", from: "card"}]})"""
    )
    one.settled()
    box = one.page.inner_text(".guide-prefill")
    for words in ("From the card", "The borrower", "Lê Thị Út", "01/02/1950"):
        assert words in box
    assert one.answers() == {}
    one.page.focus("[data-path=name]")
    one.page.keyboard.press("Alt+p")
    one.settled()
    assert one.answers() == {
        "name": {"state": "given", "value": "Lê Thị Út"},
        "born": {"state": "given", "value": "1950-02-01"},
    }
    assert "scanned from the card" in one.page.inner_text("[data-field=name]")
    assert one.page.locator(".guide-prefill").count() == 0


def test_whoever_may_not_is_told_beside_the_fields(guide):
    one = guide(MEMBER, size=LAPTOP, surface="staff")
    first_step(one)
    one.page.locator("label", has_text="On a boat").click()
    one.settled()
    assert "Ask the harbour." in one.page.inner_text("[data-stop]")


def test_turned_round_the_citizen_answers_in_large_with_their_own_hand(guide):
    one = guide(MEMBER, size=LAPTOP, surface="staff")
    one.page.evaluate("document.activeElement.blur()")
    one.page.keyboard.press("t")
    one.page.wait_for_selector("dialog.guide-turned[open]")
    assert one.page.inner_text("dialog h1") == "What is your name?"
    one.page.fill("dialog [data-path=name]", "Lê Thị Út")
    one.page.click("dialog .guide-question .button-large")
    one.settled()
    assert one.page.inner_text("dialog h1") == "When were you born?"
    one.page.keyboard.press("Escape")
    one.settled()
    assert one.page.locator("dialog").count() == 0
    mark = one.page.evaluate("document.querySelector('dh-guide').walk.marks.name")
    assert mark == {"source": "typed", "hand": "citizen"}
    assert "entered by the citizen" in one.page.inner_text("[data-field=name]")


def test_old_names_of_places_are_confirmed_by_a_person(guide):
    one = guide(MEMBER, size=LAPTOP, surface="staff")
    first_step(one)
    one.page.focus("[data-path=place]")
    one.page.keyboard.type("ninh kieu")
    one.page.wait_for_selector(".guide-candidates button")
    one.page.keyboard.press("Enter")
    assert "place" not in one.answers()
    assert one.focused().startswith("Phường Ninh Kiều")
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("Enter")
    one.settled()
    assert (one.answers()["place"], one.focused()) == ({"state": "given", "value": "31153"}, "place")


@pytest.mark.parametrize("size", [(320, 640), (1366, 768)])
def test_no_step_bars_anybody(guide, size):
    one = guide(MEMBER, size=size, surface="staff")
    found: list[str] = []
    one.page.evaluate(
        """() => { const g = document.querySelector("dh-guide"); const put = (q, value) => g.set(q, {state: "given", value});
          put("name", "Lê Thị Út"); put("born", "1950-02-01"); put("number", "092150001234"); put("home", "flat"); put("floors", 45);
          put("place", "31135"); put("has_children", true); put("children", [{child: {state: "given", value: "Lê Văn Tí"}}]); }"""
    )
    for step in ("who", "home_step", "papers", "review", "send", "receipt"):
        one.page.evaluate("at => document.querySelector('dh-guide').go(at)", step)
        one.settled()
        faults = [*inspection.barriers(one.page), *inspection.sideways(one.page)]
        found += [f"{step}: {fault}" for fault in faults]
    assert found == []
