"""Between two citizens nothing stays: after the end of A's case nothing of A can be reached at the desk where B sits."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import Screens
from tests.journeys.conftest import quiet_hall, screens, server, shared  # noqa: F401
from tests.journeys.halls import Hall

pytestmark = [pytest.mark.browser, pytest.mark.server]

NAME, NUMBER, LINE, DRAFT = "Phan Thị Nhãn Lồng", "092190004567", "12 Hẻm Dừa Xiêm", "Phan Văn Mãng Cầu"
SECRETS = (NAME, NUMBER, LINE, DRAFT)

STORED = """async () => {
  const texts = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}), document.cookie, JSON.stringify(history.state)];
  for (const {name} of await indexedDB.databases()) texts.push("database " + name);
  for (const name of await caches.keys()) texts.push("cache " + name);
  return texts.join("\\n");
}"""
FIELDS = "() => [...document.querySelectorAll('input, textarea, select')].map(one => one.value).join('\\n')"


def come_to_desk(page: Page) -> None:
    page.locator("button[name=counter]").first.click()
    page.wait_for_selector("#without-number")


def open_case(page: Page) -> None:
    """A marriage without a number; agreed to, spoken with a witness."""
    page.click("#without-number > summary")
    page.fill("#procedure-words", "ket hon")
    page.locator("#procedures button", has_text="kết hôn").first.click()
    page.click("[data-consent]")
    page.wait_for_selector("[data-consent]", state="detached")


def type_in(page: Page, *texts: str) -> None:
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        page.wait_for_timeout(60)


def help_a(page: Page) -> None:
    """Answers on two steps, one field left half typed."""
    page.focus("[data-path=a_times]")
    type_in(page, "1", "1")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-path=a_name]")
    type_in(page, NAME, "15/3/1990", NUMBER)
    page.focus("[data-path=a_line]")
    type_in(page, LINE)
    page.wait_for_selector(".guide-saved-saved")
    page.focus("[data-path=a_ethnicity]")
    page.keyboard.type(DRAFT)


def finish(page: Page) -> None:
    page.locator("[data-key=k]").click()
    page.locator(".outcomes button").first.click()
    page.wait_for_selector("#without-number")


def everything_of(page: Page) -> str:
    """Screen, fields, paper and whatever the browser keeps."""
    page.emulate_media(media="print")
    printed = page.inner_text("body")
    page.emulate_media(media="screen")
    return "\n".join(
        [page.content(), page.evaluate(FIELDS), printed, page.evaluate(STORED), page.url, page.title()]
    )


def in_memory(page: Page) -> str:
    """Every string that the page's JavaScript can still reach."""
    devtools = page.context.new_cdp_session(page)
    chunks: list[str] = []
    devtools.on("HeapProfiler.addHeapSnapshotChunk", lambda part: chunks.append(part["chunk"]))
    devtools.send("HeapProfiler.enable")
    for _turn in range(3):  # the engine's own caches let go of a text one collection later
        page.wait_for_timeout(700)
        devtools.send("HeapProfiler.collectGarbage")
    devtools.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    devtools.detach()
    return "".join(chunks)


def found_in(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def test_nothing_of_a_is_reachable_once_b_sits_here(quiet_hall: Hall, screens: Screens):  # noqa: F811
    page = screens.open("/desk/", state=quiet_hall.states["lan"])
    went: list[Any] = []
    page.on("request", lambda request: went.append(request.url))
    stored: list[str] = []
    page.on(
        "response",
        lambda answer: (
            None if "no-store" in answer.headers.get("cache-control", "") else stored.append(answer.url)
        ),
    )
    come_to_desk(page)
    open_case(page)
    help_a(page)
    assert set(found_in(everything_of(page) + in_memory(page))) == set(SECRETS)
    finish(page)
    open_case(page)
    assert found_in(everything_of(page)) == []
    assert found_in(in_memory(page)) == []
    for step in (page.go_back, page.go_forward, page.reload, lambda: page.goto("/account/"), page.go_back):
        step()
        page.wait_for_load_state()
        assert found_in(everything_of(page)) == []
    assert found_in("\n".join(went)) == []
    assert [url for url in stored if "/static/" not in url and "/guide/plans/" not in url] == []


def test_a_sign_out_in_the_middle_of_a_case_leaves_nothing_behind(quiet_hall: Hall, screens: Screens):  # noqa: F811
    page = screens.open("/desk/", state=quiet_hall.states["lan"])
    come_to_desk(page)
    open_case(page)
    help_a(page)
    page.locator("[data-path=a_line]").focus()
    page.wait_for_selector(".guide-saved-saved")
    page.goto("/account/logout/")
    page.go_back()
    page.wait_for_load_state()
    page.goto("/account/logout/")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    assert found_in(everything_of(page)) == []
    page.go_back()
    page.wait_for_load_state()
    assert found_in(everything_of(page)) == []
