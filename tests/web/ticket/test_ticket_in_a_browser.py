"""The page on a phone: it looks again when something moved, rings once a call, keeps ticks to itself."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Page

from donghanh.places.models import Point
from donghanh.queue.actions import calls
from donghanh.queue.models import Ticket
from tests import make
from tests.web.pages import browser_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

COUNT_SHAKES = "window.shakes = 0; navigator.vibrate = () => { window.shakes += 1; return true; };"


def pages_of(ticket: Ticket) -> dict[str, str]:
    address = f"/t/{ticket.secret}/"
    return {path: Client().get(path).content.decode() for path in (address, f"{address}now/")}


def tell(page: Page, name: str) -> None:
    page.evaluate(
        "name => document.querySelector('live-stream').dispatchEvent(new CustomEvent(name, { bubbles: true, detail: {} }))",
        name,
    )


def test_a_call_changes_the_page_and_shakes_the_phone_once() -> None:
    point: Point = make.point()
    ticket = make.ticket(point)
    pages = pages_of(ticket)
    called = calls.call_next(make.counter(point), by=make.member(point.ward))
    pages[f"/t/{ticket.secret}/now/"] = pages_of(called)[f"/t/{ticket.secret}/now/"]
    with browser_page(pages, width=360, height=720, scripts=COUNT_SHAKES) as page:
        page.goto(f"/t/{ticket.secret}/")
        before = page.locator(".ticket-hero-called").count()
        tell(page, "live:ticket")
        page.locator(".ticket-hero-called").wait_for()
        with page.expect_response("**/now/"):
            tell(page, "live:ticket")
        page.wait_for_timeout(200)
        shakes = page.evaluate("window.shakes")
    assert (before, shakes) == (0, 1)


def test_ticks_of_papers_stay_on_the_phone_over_a_new_look() -> None:
    point: Point = make.point()
    ticket = make.ticket(point, procedure=make.procedure("1.000894", offered_at=make.series(point)))
    with browser_page(pages_of(ticket), width=360, height=720) as page:
        sent: list[str] = []
        page.goto(f"/t/{ticket.secret}/")
        page.on("request", lambda request: sent.append(request.url) if "/t/" in request.url else None)
        page.locator("[data-paper]").nth(1).check()
        unsent = list(sent)
        page.reload()
        ticked = [box.is_checked() for box in page.locator("[data-paper]").all()]
    assert (unsent, ticked) == ([], [False, True, False, False])
