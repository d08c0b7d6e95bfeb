"""The practice portal in a real browser: by everybody, at 320 px and in three languages, without a barrier."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import Screens, chromium
from tests.journeys.inspection import barriers, cut_off_at_double_size, sideways, unreachable, wrong_language
from tests.server import LiveServer

pytestmark = [pytest.mark.pure, pytest.mark.browser, pytest.mark.server]
CODE = "1.000894"
FORM = f"/practice/forms/{CODE}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as program:
        yield program


@pytest.fixture(scope="module")
def house() -> Iterator[LiveServer]:
    with LiveServer("sqlite", DONGHANH_DEMO="1", DONGHANH_SECOND_FACTOR="optional") as server:
        server.run("tests.practice.lay")
        yield server.start()


@pytest.fixture
def screens(browser: Browser, house: LiveServer) -> Iterator[Screens]:
    opened = Screens(browser, house.url)
    opened.expects(r"answer: (422|503) ")
    yield opened
    opened.close()
    opened.assert_clean()


def faults(page: Page, language: str) -> list[str]:
    found = [*barriers(page), *sideways(page), *wrong_language(page, language)]
    found += [*unreachable(page), *cut_off_at_double_size(page)]
    return [f"{page.url}: {one}" for one in found]


def sign_in(page: Page) -> None:
    page.check("[name=card][value=khang]")
    page.click("main form button")
    page.fill("#practice-digits", page.inner_text(".sandbox-digits"))
    page.click("main form button")


def fill(page: Page) -> None:
    """By hand, with the invented people."""
    for field in page.locator("main form .sandbox-field").all():
        control = field.locator("input, select, textarea").first
        kind = control.get_attribute("type") or control.evaluate("one => one.tagName")
        if kind == "date":
            control.fill("1996-03-14")
        elif kind == "SELECT":
            control.select_option(index=1)
        elif kind in {"radio", "checkbox"}:
            control.check()
        else:
            control.fill(_words_for(field.inner_text()))


def _words_for(label: str) -> str:
    for word, value in (
        ("định danh", "092096999901"),
        ("thứ", "1"),
        ("bản sao", "1"),
        ("điện thoại", "0900000101"),
    ):
        if word in label:
            return value
    return "Trần Minh Khang"


def sent(page, button: str) -> None:
    """Press what sends the form; the next page is there."""
    with page.expect_navigation():
        page.click(button)


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_the_whole_way_has_no_barrier_on_a_small_phone(screens, language):
    page = screens.open(FORM, size=(320, 640), language=language)
    wrong = faults(page, language)
    sent(page, "main form button")
    wrong += faults(page, language)  # no card chosen
    page.check("[name=card][value=khang]")
    sent(page, "main form button")
    wrong += faults(page, language)
    page.fill("#practice-digits", "0")
    sent(page, "main form button")
    wrong += faults(page, language)
    page.fill("#practice-digits", page.inner_text(".sandbox-digits"))
    sent(page, "main form button")
    sent(page, "main form > button, main form .sandbox-button")
    wrong += faults(page, language)  # the form with complaints
    fill(page)
    for _ in ("form", "fee", "papers", "review"):
        sent(page, "main form .sandbox-button")
        if page.url.endswith("/papers"):
            page.check("[name=file] >> nth=0")
        wrong += faults(page, language)
    page.wait_for_selector("#dossier-code")
    page.goto("/practice/dossiers/")
    wrong += faults(page, language)
    page.goto("/practice/")
    page.click("summary")
    wrong += faults(page, language)
    page.check("[name=maintenance]")
    sent(page, "details button")
    wrong += faults(page, language)
    assert wrong == []


def test_a_form_filled_in_by_keyboard_alone_is_submitted(screens):
    page = screens.open(FORM)
    sign_in(page)
    fill(page)
    page.focus("main form .sandbox-button")
    for _ in ("form", "fee"):
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        page.focus("main form .sandbox-button")
    page.focus("[name=file] >> nth=0")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review")
    page.focus("main form .sandbox-button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#dossier-code")
    assert page.inner_text("#dossier-code").startswith("H13.99-")


def test_the_portal_says_on_every_page_that_it_is_for_practice(screens):
    page = screens.open("/practice/")
    for path in ("/practice/", "/practice/sign-in", FORM, "/practice/dossiers/"):
        page.goto(path)
        assert page.locator(".sandbox-mark").is_visible()
