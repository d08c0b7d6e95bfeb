"""The board in a real browser: its reducer by cases, and one queue of announcements."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from donghanh.places.models import Point
from donghanh.queue.actions import calls
from tests import make
from tests.web.devices import client_of
from tests.web.pages import browser_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

CASES = json.loads((Path(__file__).parent / "reducer_cases.json").read_text())

# A voice that takes 200 ms a sentence and writes down when it begins and ends.
FAKE_VOICE = """
window.heard = [];
let speaking;
class Saying { constructor(text) { this.text = text; } }
const stop = (word) => { if (!speaking) return; clearTimeout(speaking.timer); const one = speaking.saying;
  speaking = undefined; window.heard.push([word, one.text]); one.onend?.(); };
const voice = {
  getVoices: () => [{ lang: "vi-VN", name: "fake", localService: true }],
  speak: (saying) => { window.heard.push(["begins", saying.text]);
    speaking = { saying, timer: setTimeout(() => stop("ends"), window.sentence ?? 200) }; },
  cancel: () => stop("hushed"),
};
Object.defineProperty(window, "speechSynthesis", { value: voice });
Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Saying });
window.tell = (detail) => document.querySelector("live-stream")
  .dispatchEvent(new CustomEvent("live:ticket", { detail, bubbles: true }));
window.called = (id, number, counter) => window.tell({ id, number, counter, verb: "ticket.call", state: "called",
  at: new Date(Date.now() + 10).toISOString() });
"""


def board_of(point: Point) -> dict[str, str]:
    client = client_of("board", point)
    return {"/board/": client.get("/board/").content.decode(), "/board/wait/": ""}


def heard(page: Page, count: int) -> list[list[str]]:
    page.wait_for_function("count => window.heard.length >= count", arg=count)
    said: list[list[str]] = page.evaluate("window.heard")
    return said


def call_of(number: str, counter: str) -> str:
    return f"Mời số {number}, đến quầy {counter}."


def test_the_state_follows_from_what_happened() -> None:
    html = "<!doctype html><title>reducer</title>"
    with browser_page({"/": html}) as page:
        page.goto("/")
        seen = page.evaluate(
            """async (cases) => {
              const { reduce } = await import("/static/js/board_state.js");
              return cases.map(({ state, events }) => {
                const { calls, absent } = events.reduce(reduce, state);
                return { calls: calls.map((one) => [one.number, one.counter]), absent: absent.map((one) => one.number) };
              });
            }""",
            CASES,
        )
    wanted: list[dict[str, Any]] = [case["then"] for case in CASES]
    assert dict(zip([case["name"] for case in CASES], seen, strict=True)) == dict(
        zip([case["name"] for case in CASES], wanted, strict=True)
    )


def test_two_calls_at_once_are_said_one_after_the_other_each_twice() -> None:
    pages = board_of(make.point(counters=2))
    with browser_page(pages, width=1920, height=1080, scripts=FAKE_VOICE) as page:
        page.goto("/board/")
        page.evaluate("() => { called('1', 'A001', '1'); called('2', 'B012', '2'); }")
        said = heard(page, 8)
    first, second = call_of("a, không, không, một", "1"), call_of("bê, không, một, hai", "2")
    assert said == [[word, text] for text in (first, first, second, second) for word in ("begins", "ends")]


def test_an_undone_call_leaves_display_and_queue() -> None:
    pages = board_of(make.point(counters=2))
    with browser_page(pages, width=1920, height=1080, scripts=FAKE_VOICE) as page:
        page.goto("/board/")
        page.evaluate(
            "() => { called('1', 'A001', '1'); called('2', 'B012', '2'); called('3', 'A003', '3'); }"
        )
        page.evaluate(
            "() => tell({ id: '2', number: 'B012', verb: 'ticket.undo', state: 'waiting', undone: 'call',"
            " from: 'called', at: new Date().toISOString() })"
        )
        shown = page.locator("[data-number]").inner_text(), page.locator("[data-recent] li").all_inner_texts()
        said = heard(page, 8)
    assert {text for _, text in said} == {
        call_of("a, không, không, một", "1"),
        call_of("a, không, không, ba", "3"),
    }
    assert (shown[0], [line.split() for line in shown[1]]) == ("A003", [["A001", "1"]])


def test_a_call_undone_while_it_is_said_falls_silent() -> None:
    pages = board_of(make.point())
    with browser_page(pages, scripts=FAKE_VOICE + "window.sentence = 20_000;") as page:
        page.goto("/board/")
        page.evaluate("() => called('1', 'A001', '1')")
        heard(page, 1)
        page.evaluate(
            "() => tell({ id: '1', number: 'A001', verb: 'ticket.undo', state: 'waiting', at: new Date().toISOString() })"
        )
        heard(page, 2)
        page.wait_for_timeout(1200)
        said = page.evaluate("window.heard")
    assert [word for word, _ in said] == ["begins", "hushed"]


def test_what_the_page_was_born_with_is_not_said_again() -> None:
    point = make.point()
    make.ticket(point)
    ticket = calls.call_next(make.counter(point), by=make.member(point.ward))
    moment = ticket.last_called_at.isoformat(timespec="milliseconds") if ticket.last_called_at else ""
    with browser_page(board_of(point), scripts=FAKE_VOICE) as page:
        page.goto("/board/")
        page.evaluate(
            "([id, at]) => tell({ id, at, number: 'A001', counter: '1', verb: 'ticket.call', state: 'called' })",
            [str(ticket.pk), moment],
        )
        page.wait_for_timeout(400)
        said, shown = page.evaluate("window.heard"), page.locator("[data-number]").inner_text()
    assert (said, shown) == ([], "A001")


def test_only_the_new_call_is_marked() -> None:
    with browser_page(board_of(make.point()), scripts=FAKE_VOICE) as page:
        page.clock.install()
        page.goto("/board/")
        page.evaluate("() => called('1', 'A001', '1')")
        marked = [page.locator(".board-now.is-new").count()]
        page.clock.run_for(11_000)
        marked.append(page.locator(".board-now.is-new").count())
    assert marked == [1, 0]


def test_a_lost_line_is_said_and_hidden_again_when_it_is_back() -> None:
    with browser_page(board_of(make.point()), scripts=FAKE_VOICE) as page:
        page.clock.install()
        page.goto("/board/")
        page.clock.run_for(8_000)  # the stream answers 404 here
        lost = page.locator("connection-banner").is_visible()
        page.route(
            "**/live/points/**",
            lambda route: route.fulfill(body="event: beat\ndata: {}\n\n", content_type="text/event-stream"),
        )
        page.clock.run_for(31_000)
        page.wait_for_function("() => document.querySelector('connection-banner').hidden")
    assert lost
