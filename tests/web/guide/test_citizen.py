"""The citizen's view: one question a screen; Back, reload and a change lose nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys import inspection
from tests.web.guide.guide_page import GuidePage

pytestmark = pytest.mark.browser

TYPED = {"name": "Lê Thị Út", "number": "092150001234", "phone": "0912345678", "floors": "3"}


def go_on(guide: GuidePage) -> None:
    guide.page.locator(".guide-page .button-large").first.click()
    guide.settled()


def choose(guide: GuidePage, words: str) -> None:
    guide.page.locator(".guide-card").get_by_text(words, exact=True).click()
    guide.settled()


def fill_date(guide: GuidePage, *parts: str) -> None:
    for place, part in enumerate(parts):
        guide.page.locator(".guide-date input").nth(place).fill(part)


def answer_screen(guide: GuidePage, **chosen: Any) -> None:
    """One screen, as somebody would do it who has everything at hand."""
    question = guide.at().partition(".")[2]
    if question == "born":
        fill_date(guide, "1", "2", "1950")
    elif question in ("home", "has_children"):
        choose(guide, chosen.get(question, "In a house" if question == "home" else "No"))
        return
    elif question == "place":
        guide.page.locator("[data-path=place]").fill("ninh kieu")
        guide.page.locator(".guide-candidates button").first.click()
    elif question == "tools":
        guide.page.locator("text=A rope").click()
    elif question in TYPED:
        guide.page.locator(f"[data-path={question}]").fill(TYPED[question])
    go_on(guide)


def walk(guide: GuidePage, until: str, **chosen: Any) -> list[str]:
    """From the start to a screen; the screens on the way."""
    if guide.at() == "start":
        guide.page.click("[data-begin]")
    passed: list[str] = []
    while guide.at() != until:
        passed.append(guide.at())
        answer_screen(guide, **chosen)
        assert guide.at() != passed[-1], guide.page.inner_text("dh-guide")
    return passed


def test_from_the_start_to_the_record_one_question_a_screen(guide):
    one = guide()
    assert walk(one, "done") == [
        "who.name", "who.born", "who.number", "who.phone", "home_step.home", "home_step.place",
        "home_step.has_children", "home_step.tools", "papers", "review", "send", "receipt",
    ]  # fmt: skip
    assert one.answers() == {
        "name": {"state": "given", "value": "Lê Thị Út"},
        "born": {"state": "given", "value": "1950-02-01"},
        "number": {"state": "given", "value": "092150001234"},
        "phone": {"state": "given", "value": "0912345678"},
        "home": {"state": "given", "value": "house"},
        "place": {"state": "given", "value": "31135"},
        "has_children": {"state": "given", "value": False},
        "tools": {"state": "given", "value": ["rope"]},
    }
    record = one.page.inner_text(".guide-record")
    for words in (
        "01/02/1950",
        "Phường Ninh Kiều, Thành phố Cần Thơ",
        "A rope",
        "8.000 đ",
        "not an official paper",
    ):
        assert words in record


def test_the_heading_is_the_question_and_takes_the_focus_and_progress_is_told(guide):
    one = guide()
    walk(one, "who.born")
    assert (one.page.inner_text("h1[data-heading]"), one.focused()) == ("When were you born?", "heading")
    assert one.page.inner_text(".guide-count") == "2 of 12"
    assert one.page.locator(".guide-date input").first.get_attribute("autocomplete") == "off"


def test_the_browsers_back_and_our_own_lose_no_answer_not_even_half_typed_ones(guide):
    one = guide()
    walk(one, "who.number")
    one.page.locator("[data-path=number]").fill("092150001234")
    one.page.go_back()
    one.settled()
    assert one.at() == "who.born"
    one.page.click(".guide-back")
    one.settled()
    assert (one.at(), one.page.input_value("[data-path=name]")) == ("who.name", "Lê Thị Út")
    one.page.go_forward()
    one.page.go_forward()
    one.settled()
    assert (one.at(), one.page.input_value("[data-path=number]")) == ("who.number", "092150001234")


def test_a_reload_goes_on_where_it_stopped_and_another_procedure_knows_nothing(guide):
    one = guide()
    walk(one, "home_step.home")
    one.page.reload()
    one.page.click("[data-begin]")
    assert (one.at(), one.answers()["name"]["value"]) == ("home_step.home", "Lê Thị Út")
    assert one.page.evaluate("history.state") == {"guide": "home_step.home", "depth": 1}


def test_two_tabs_of_one_guide_keep_what_both_were_told(guide):
    one = guide()
    walk(one, "who.born")
    other = one.open()
    fill_date(one, "1", "2", "1950")
    go_on(one)
    other.evaluate("document.querySelector('dh-guide').set('phone', {state: 'given', value: '0912345678'})")
    other.wait_for_timeout(200)
    one.page.reload()
    one.page.wait_for_selector("[data-begin]")
    assert {name: answer["value"] for name, answer in one.answers().items()} == {
        "name": "Lê Thị Út", "born": "1950-02-01", "phone": "0912345678",
    }  # fmt: skip


def test_what_is_wrong_is_said_first_takes_the_focus_and_leads_to_the_field(guide):
    one = guide()
    walk(one, "who.born")
    go_on(one)
    assert (one.at(), one.focused()) == ("who.born", "summary")
    assert "Please answer this question." in one.page.inner_text("[data-summary]")
    one.page.click("[data-summary] button")
    assert one.focused() == "born"
    fill_date(one, "31", "2", "1950")
    go_on(one)
    assert "Write day, month and year" in one.page.inner_text("[data-summary]")
    fill_date(one, "1", "2", "2015")
    go_on(one)
    assert "Only from 18 years on." in one.page.inner_text("[data-summary]")
    fill_date(one, "1", "2", "1950")
    go_on(one)
    assert one.at() == "who.number"


def test_i_dont_know_is_an_answer_and_a_skipped_optional_one_is_shown_as_not_given(guide):
    one = guide()
    walk(one, "who.number")
    one.page.click("text=I don't know")
    one.settled()
    assert (one.at(), one.answers()["number"]) == ("who.phone", {"state": "dont_know"})
    go_on(one)
    assert one.answers()["phone"] == {"state": "empty"}
    walk(one, "review")
    shown = one.page.inner_text(".guide-review")
    assert "I don't know" in shown
    assert "not given" in shown


def test_a_change_comes_back_and_asks_only_what_is_newly_needed(guide):
    one = guide()
    walk(one, "review")
    one.page.get_by_label("Change: What is your name?").click()
    one.settled()
    assert (one.at(), one.focused()) == ("who.name", "name")
    one.page.fill("[data-path=name]", "Lê Thị Út Em")
    go_on(one)
    assert (one.at(), one.answers()["name"]["value"]) == ("review", "Lê Thị Út Em")
    one.page.get_by_label("Change: Where do you live?").click()
    one.settled()
    choose(one, "In a flat")
    assert one.at() == "home_step.floors"
    answer_screen(one)
    assert one.at() == "review"
    assert "Note about the lift" in one.page.evaluate(
        "document.querySelector('dh-guide').plan.papers[1].name"
    )
    assert one.page.evaluate("document.querySelector('dh-guide').walk.flow.papers.lift") == "needed"


def test_whoever_may_not_is_told_what_to_do_instead_and_can_change_it(guide):
    one = guide()
    walk(one, "stop", home="On a boat")
    told = one.page.inner_text(".guide-page")
    for words in ("A ladder does not stand on a boat.", "Ask the harbour.", "The harbour office, door 2"):
        assert words in told
    one.page.locator("text=Change an answer").click()
    one.settled()
    assert one.at() == "home_step.home"
    assert one.page.locator(".guide-card[aria-pressed=true]").inner_text() == "On a boat"
    choose(one, "In a house")
    assert one.at() == "home_step.place"


def test_the_task_list_says_where_every_step_stands(guide):
    one = guide()
    walk(one, "home_step.home")
    one.page.click("text=All the steps")
    one.settled()
    rows = [" | ".join(row.split("\n")) for row in one.page.locator(".guide-tasks > li").all_inner_texts()]
    assert rows == [
        "About you | Completed", "About your home | Not started", "The papers | Not started",
        "Read again | Cannot start yet", "Send it | Cannot start yet", "Keep the code | Cannot start yet",
    ]  # fmt: skip


def test_papers_and_fees_stand_before_the_start_and_unknown_is_never_free(guide):
    one = guide()
    start = one.page.inner_text(".guide-start")
    for words in (
        "The card",
        "Needed",
        "Note about the lift",
        "May be needed",
        "8.000 đ",
        "Perhaps to be paid",
    ):
        assert words in start
    assert "The amount is not known to us" in start
    assert "Free of charge" not in start


def test_wiping_leaves_nothing_on_the_phone(guide):
    one = guide()
    walk(one, "home_step.home")
    one.page.evaluate("document.querySelector('dh-guide').wipe()")
    one.settled()
    kept = "indexedDB.databases().then(async all => { for (const {name} of all) { const d = await new Promise(r => { const q = indexedDB.open(name); q.onsuccess = () => r(q.result) }); const n = await new Promise(r => { const q = d.transaction('guides').objectStore('guides').count(); q.onsuccess = () => r(q.result) }); d.close(); if (n) return n } return 0 })"
    assert one.page.evaluate(kept) == 0
    assert one.page.evaluate("history.state") is None
    assert one.page.evaluate("document.querySelector('dh-guide').walk.answers") == {}
    assert "Lê Thị Út" not in one.page.content()
    one.page.reload()
    one.page.wait_for_selector("[data-begin]")
    assert one.answers() == {}


def test_children_are_rows_that_come_and_go(guide):
    one = guide()
    walk(one, "home_step.children", has_children="Yes")
    one.page.click("text=Add one")
    one.settled()
    assert one.focused() == "children.0.child"
    one.page.fill("[data-path='children.0.child']", "Lê Văn Tí")
    one.page.click("text=Add another one")
    one.settled()
    one.page.fill("[data-path='children.1.age']", "200")
    go_on(one)
    assert one.at() == "home_step.children"
    assert one.page.locator("[data-summary] li").all_inner_texts() == [
        "Name of the child: Please answer this question.", "Age of the child: The biggest number is 17.",
    ]  # fmt: skip
    one.page.click("text=Remove number 2")
    go_on(one)
    assert (one.at(), one.answers()["children"]) == (
        "home_step.tools",
        {"state": "given", "value": [{"child": {"state": "given", "value": "Lê Văn Tí"}}]},
    )


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_no_screen_bars_anybody_at_320_pixels(guide, language):
    one = guide(size=(320, 640), language=language)
    found: list[str] = []
    one.page.click("[data-begin]")
    for _turn in range(20):
        found += [
            f"{one.at()}: {fault}"
            for fault in [*inspection.barriers(one.page), *inspection.sideways(one.page)]
        ]
        if one.at() == "done":
            break
        if one.at().endswith(("home", "has_children")):
            one.page.locator(".guide-card").first.click()
            one.settled()
        elif one.at().endswith("children"):
            one.page.locator(".guide-rows .button").first.click()
            one.page.fill("[data-path='children.0.child']", "Lê Văn Tí")
            go_on(one)
        elif one.at().endswith("tools"):
            go_on(one)
        else:
            answer_screen(one)
    assert (found, one.at()) == ([], "done")
