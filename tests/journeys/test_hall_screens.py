"""The screens of the hall hold on: lines that break, people who walk away, languages, and nothing left behind."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser import Screens
from tests.journeys.halls import Hall
from tests.journeys.walks import Desk, take_number, vi
from tests.server import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.server]

TABLET, TELEVISION = (1024, 768), (1920, 1080)
BROKEN = (
    r"ERR_CONNECTION",
    r"ERR_INTERNET_DISCONNECTED",
    r"ERR_EMPTY_RESPONSE",
    r"ERR_INCOMPLETE",
    r"ERR_NETWORK",
)
LEFT_BEHIND = """async () => JSON.stringify({
  local: {...localStorage}, session: {...sessionStorage},
  caches: await caches.keys(), databases: await indexedDB.databases(),
  page: document.documentElement.outerHTML})"""


def test_a_lost_line_is_said_mends_itself_and_misses_no_call(
    screens: Screens, quiet_hall: Hall, server: LiveServer
) -> None:
    screens.expects(*BROKEN)
    number = take_number(screens.open("/kiosk/", state=quiet_hall.states["kiosk"])).number
    board = screens.open("/board/", size=TELEVISION, state=quiet_hall.states["board"])
    desk = Desk(screens.open("/desk/", state=quiet_hall.states["lan"]), "4")
    expect(board.locator("connection-banner")).to_be_hidden()
    board.context.set_offline(True)
    server.kill()
    for page in (board, desk.page):
        expect(page.locator("connection-banner")).to_be_visible()
    server.start()
    expect(desk.page.locator("connection-banner")).to_be_hidden(timeout=30_000)
    assert desk.call() == number
    expect(board.locator("[data-now]")).to_be_hidden()
    board.context.set_offline(False)
    expect(board.locator("[data-number]")).to_have_text(number)
    expect(board.locator("[data-counter]")).to_have_text("4")
    expect(board.locator("connection-banner")).to_be_hidden()


def test_a_kiosk_left_alone_starts_over_in_vietnamese_after_a_minute(
    screens: Screens, quiet_hall: Hall
) -> None:
    kiosk = screens.open("/kiosk/", size=TABLET, state=quiet_hall.states["kiosk"])
    kiosk.clock.install()
    kiosk.get_by_role("button", name="English").click()
    expect(kiosk.locator("html")).to_have_attribute("lang", "en")
    kiosk.locator("button[name=need][value=B]").click()
    kiosk.clock.run_for(52_000)
    expect(kiosk.locator("dialog[open]")).to_be_visible()
    kiosk.mouse.click(5, 5)
    expect(kiosk.locator("dialog[open]")).to_have_count(0)
    kiosk.clock.run_for(61_000)
    kiosk.wait_for_url("**/kiosk/")
    expect(kiosk.locator("html")).to_have_attribute("lang", "vi")
    expect(kiosk.locator("button[name=need]")).to_have_count(8)


def test_a_trembling_finger_gets_one_number(screens: Screens, quiet_hall: Hall) -> None:
    kiosk = screens.open("/kiosk/", size=TABLET, state=quiet_hall.states["kiosk"])
    kiosk.locator("button[name=need][value=B]").click()
    kiosk.locator("button[name=procedure]").first.click()
    kiosk.locator("button[name=level][value='0']").dblclick()
    expect(kiosk.locator(".ticket-number-figure").first).to_have_text("B001")
    assert take_number(kiosk).number == "B002"


def test_somebody_who_does_not_know_gets_a_number_and_a_person(screens: Screens, quiet_hall: Hall) -> None:
    kiosk = screens.open("/kiosk/", size=TABLET, state=quiet_hall.states["kiosk"])
    kiosk.locator("button.kiosk-help").click()
    expect(kiosk.locator("main")).to_contain_text(
        vi("Please wait here a moment. Someone is coming to help you.")
    )


SURFACES = [("kiosk", "/kiosk/"), ("board", "/board/"), ("lan", "/desk/"), ("thu", "/coordinator/"),
            ("thu", "/report/"), ("hung", "/office/"), ("", "/"), ("", "/account/login/"), ("", "/enrol/")]  # fmt: skip


def test_every_surface_changes_its_language_and_stays_where_it_is(screens: Screens, quiet_hall: Hall) -> None:
    taken = take_number(screens.open("/kiosk/", state=quiet_hall.states["kiosk"]))
    for who, path in [*SURFACES, ("", taken.address)]:
        page = screens.open(path, state=quiet_hall.states[who] if who else None)
        address = page.url
        for language in ("en", "fr", "vi"):
            page.locator(f".languages button[value={language}]").first.click()
            expect(page.locator("html")).to_have_attribute("lang", language)
            assert page.url == address
        page.context.close()


def test_advice_needs_no_name(screens: Screens, quiet_hall: Hall) -> None:
    desk = Desk(screens.open("/desk/", state=quiet_hall.states["lan"]), "1")
    desk.page.locator("#without-number summary").first.click()
    desk.page.locator("#without-number [name=procedure]").first.click()
    expect(desk.page.locator(".person")).to_contain_text(vi("Anonymous help"))
    desk.finish("informed_only")
    expect(desk.page.locator(".desk-free")).to_be_visible()


def test_nothing_of_a_person_stays_at_the_desk_after_the_case(screens: Screens, quiet_hall: Hall) -> None:
    secrets = ("Lê Thị Út", "0900001234", "092150001234", "G22.99.08-261124-000777")
    take_number(screens.open("/kiosk/", state=quiet_hall.states["kiosk"]), "C", "2.000635")
    desk = Desk(screens.open("/desk/", state=quiet_hall.states["lan"]), "1")
    desk.call()
    desk.press("Enter")
    desk.key("s")
    desk.page.locator("#person summary", has_text=vi("Add a person")).click()
    for field, value in (
        ("p-name", secrets[0]),
        ("p-born", "1950"),
        ("p-phone", secrets[1]),
        ("p-number", secrets[2]),
    ):
        desk.page.locator(f"#{field}").fill(value)
    desk.page.locator("form:has(#p-name) button:not([type=button])").click()
    expect(desk.page.locator(".person-name")).to_contain_text(secrets[0])
    desk.write_code(secrets[3])
    desk.finish("submitted")
    expect(desk.page.locator(".desk-free")).to_be_visible()
    left = json.loads(desk.page.evaluate(LEFT_BEHIND))
    assert [secret for secret in secrets if secret in json.dumps(left, ensure_ascii=False)] == []
    assert (left["local"], left["caches"], left["databases"]) == ({}, [], [])
    assert set(left["session"].values()) <= {"/desk/"}  # htmx remembers where the page is
    desk.page.go_back()
    assert [secret for secret in secrets if secret in desk.page.content()] == []


def test_a_person_is_found_without_accents(screens: Screens, quiet_hall: Hall) -> None:
    desk = Desk(screens.open("/desk/", state=quiet_hall.states["lan"]), "1")
    for turn in range(2):
        desk.page.locator("#without-number summary").first.click()
        desk.page.locator("#without-number [name=procedure]").first.click()
        desk.page.locator("#person summary").first.click()
        if turn == 0:
            desk.page.locator("#person summary", has_text=vi("Add a person")).click()
            desk.page.locator("#p-name").fill("Lê Thị Út")
            desk.page.locator("form:has(#p-name) button:not([type=button])").click()
        else:
            desk.page.locator("#person-words").fill("le thi ut")
            desk.page.keyboard.press("Enter")
            desk.page.locator("#found").get_by_role("button", name="Lê Thị Út").click()
        expect(desk.page.locator(".person-name")).to_contain_text("Lê Thị Út")
        desk.finish("informed_only")
        expect(desk.page.locator(".desk-free")).to_be_visible()
