"""The kiosk in a real browser: the code scans, a screen left alone starts over, one slip is printed."""

from __future__ import annotations

import io
import re

import pytest
import zxingcpp
from PIL import Image

from tests import make
from tests.web.devices import client_of
from tests.web.pages import browser_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_the_code_on_the_screen_leads_to_the_page_of_the_ticket() -> None:
    point = make.point()
    html = client_of("kiosk", point).get(f"/kiosk/number/{make.ticket(point).pk}/").content.decode()
    address = re.search(r'data-address="([^"]+)"', html)[1]  # type: ignore[index]
    with browser_page({"/kiosk/": html}) as page:
        page.goto("/kiosk/")
        drawn = Image.open(io.BytesIO(page.locator(".qr:visible").screenshot()))
    assert [code.text for code in zxingcpp.read_barcodes(drawn)] == [address]


def test_a_screen_left_alone_counts_down_and_starts_over() -> None:
    point = make.point()
    html = client_of("kiosk", point).get("/kiosk/priority/?need=A&procedure=else").content.decode()
    with browser_page({"/kiosk/priority/": html, "/kiosk/again/": "<p>first screen</p>"}) as page:
        page.clock.install()
        page.goto("/kiosk/priority/")
        page.clock.run_for(45_000)
        before = page.locator("idle-reset dialog").is_visible()
        page.clock.run_for(8_000)
        counting = page.locator("idle-reset dialog").is_visible()
        page.locator("[data-stay]").click()
        page.clock.run_for(40_000)
        stayed = page.url.endswith("/kiosk/priority/")
        page.clock.run_for(21_000)
        page.wait_for_url("**/kiosk/again/")
    assert (before, counting, stayed) == (False, True, True)


def test_a_second_tap_on_the_same_screen_sends_nothing() -> None:
    point = make.point()
    html = client_of("kiosk", point).get("/kiosk/priority/?need=A&procedure=else").content.decode()
    sent: list[str] = []
    with browser_page({"/kiosk/priority/": html}) as page:
        page.goto("/kiosk/priority/")
        page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
        page.evaluate("() => { const b = document.querySelector('[name=level]'); b.click(); b.click(); }")
        page.wait_for_timeout(300)
    assert [url.rpartition("hall.test")[2] for url in sent] == ["/kiosk/ticket/"]


def test_printing_marks_a_copy_and_then_starts_over() -> None:
    point = make.point()
    html = client_of("kiosk", point).get(f"/kiosk/number/{make.ticket(point).pk}/").content.decode()
    with browser_page(
        {"/kiosk/number/": html, "/kiosk/again/": "<p>first screen</p>"},
        scripts="window.printed = []; window.print = () => window.printed.push("
        "document.querySelector('[data-copy]').hidden);",
    ) as page:
        page.clock.install()
        answers = iter(['{"copy": false}', '{"copy": true}'])
        page.route(
            "**/slip/", lambda route: route.fulfill(body=next(answers), content_type="application/json")
        )
        page.goto("/kiosk/number/")
        for _ in range(2):
            page.locator("[data-print]").click()
            page.wait_for_function("() => !document.querySelector('[data-print]').disabled")
        printed = page.evaluate("window.printed")
        page.clock.run_for(9_000)
        page.wait_for_url("**/kiosk/again/")
    assert printed == [True, False]
