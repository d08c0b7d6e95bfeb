"""A cheap phone on a bad line, as Chromium can pretend to be one: a sixth of the speed, 400 kbit/s, 400 ms away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from playwright.sync_api import Browser, CDPSession, Page

SLOWER, KBIT, ROUND_TRIP_MS = 6, 400, 400
PROFILE = f"processor {SLOWER} times slower, {KBIT} kbit/s down and up, {ROUND_TRIP_MS} ms round trip"
QUIET_MS = 300
SIZE = {"width": 360, "height": 740}

PAINTED = """() => new Promise(done => new PerformanceObserver(list => {
    const first = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
    done({first, largest: list.getEntries().at(-1).startTime});
  }).observe({type: "largest-contentful-paint", buffered: true}))"""
WATCH = """() => {
  window.painted = [];
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (["click", "submit"].includes(one.name)) window.painted.push(one.duration);
  }).observe({type: "event", durationThreshold: 16});
}"""
FETCHED = """() => performance.getEntriesByType("resource").map(one =>
  ({url: one.name, sent: one.encodedBodySize, whole: one.decodedBodySize}))"""


class First(NamedTuple):
    """When something could first be seen, and when the largest part."""

    first_ms: float
    largest_ms: float


@contextmanager
def slow_phone(browser: Browser) -> Iterator[Page]:
    """A page on that phone, with nothing in its memory."""
    context = browser.new_context(
        viewport=SIZE, has_touch=True, is_mobile=True, locale="vi-VN", reduced_motion="reduce"
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": KBIT * 1000 / 8,
            "uploadThroughput": KBIT * 1000 / 8,
        },
    )
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield page
    context.close()


def first_screen(page: Page, address: str) -> First:
    """Open the address; when its first and its largest part were painted."""
    page.goto(address, wait_until="load")
    seen = page.evaluate(PAINTED)
    return First(seen["first"], seen["largest"])


def opened_guide(page: Page, address: str) -> float:
    """Open the guide's page and wait until it can be begun; after how many milliseconds."""
    page.goto(address, wait_until="commit")
    page.wait_for_selector("dh-guide [data-begin]")
    return float(page.evaluate("() => performance.now()"))


def scripts(page: Page) -> dict[str, int]:
    """The scripts this page has fetched, and how many bytes each took on the line."""
    found: list[dict[str, Any]] = page.evaluate(FETCHED)
    return {one["url"]: one["sent"] for one in found if one["url"].partition("?")[0].endswith(".js")}


class Turn(NamedTuple):
    """From the touch to the next picture, and what of it the page's own thread worked (and was slowed down)."""

    painted_ms: float
    worked_ms: float


def questions_in_turn(page: Page, most: int) -> list[Turn]:
    """Touch the answers of questions that offer cards or a field, one after the other."""
    page.click("[data-begin]")
    page.evaluate(WATCH)
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    turns = []
    for _ in range(most):
        is_card = page.locator(".guide-card").count() > 0
        if not is_card:
            _type(page)
        page.wait_for_timeout(QUIET_MS)
        before = _worked(tools)
        (page.locator(".guide-card" if is_card else ".guide-page .button-large").first).tap()
        page.wait_for_timeout(QUIET_MS)
        painted = page.evaluate("() => window.painted.splice(0)")
        turns.append(Turn(max(painted, default=0.0), _worked(tools) - before))
    return turns


def _worked(tools: CDPSession) -> float:
    metrics = {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


def _type(page: Page) -> None:
    kind = page.evaluate(
        "() => { const g = document.querySelector('dh-guide'); return g.walk.questions.get(g.at.split('.')[1])?.type ?? ''; }"
    )
    typed = {
        "integer": "1", "name": "Trần Minh Khang", "citizen_id": "092096999901", "text": "Kinh",
        "address": "Số 12, hẻm 5", "phone": "0900000101", "date": "14/3/1996",
    }  # fmt: skip
    if kind == "area":
        page.locator("[data-path]").first.fill("ninh kieu")
        page.locator(".guide-candidates button").first.tap()
    elif kind == "date":
        for place, part in enumerate(typed[kind].split("/")):
            page.locator(".guide-date input").nth(place).fill(part)
    elif kind in typed:
        page.locator("[data-path]").first.fill(typed[kind])
