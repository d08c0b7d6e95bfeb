"""What goes another way than straight on: called again, absent, held, away for papers, forwarded, undone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, Screens
from tests.journeys.halls import Hall
from tests.journeys.walks import Desk, Taken, take_number, vi

pytestmark = [pytest.mark.browser, pytest.mark.server]

TELEVISION = (1920, 1080)


@pytest.fixture
def taken(screens: Screens, quiet_hall: Hall) -> Taken:
    """A number from the kiosk."""
    return take_number(screens.open("/kiosk/", state=quiet_hall.states["kiosk"]), "E", "svc.vneid-install")


@pytest.fixture
def board(screens: Screens, quiet_hall: Hall) -> Page:
    """The board of the hall."""
    return screens.open("/board/", size=TELEVISION, state=quiet_hall.states["board"])


@pytest.fixture
def desk(screens: Screens, quiet_hall: Hall, taken: Taken) -> Desk:
    """Lan at counter 1, the number called."""
    sitting = Desk(screens.open("/desk/", state=quiet_hall.states["lan"]), "1")
    assert sitting.call() == taken.number
    return sitting


def line(desk: Desk) -> str:
    """The lists beside the case."""
    return desk.page.locator("#desk-line").inner_text()


def test_a_second_call_waits_for_the_cool_down(desk: Desk, board: Page) -> None:
    desk.press("r")
    words = vi("Number {number} was called a moment ago. You can call again in {seconds} seconds.")
    assert re.fullmatch(re.sub(r"\\?\{\w+\\?\}", ".+", re.escape(words)), desk.said())
    expect(desk.page.locator(".desk-called")).to_contain_text(vi("call {calls}", calls="1"))
    expect(board.locator("[data-number]")).to_have_text(desk.number())


def test_nobody_came_and_then_somebody_did(desk: Desk, board: Page, taken: Taken, screens: Screens) -> None:
    phone = screens.open(taken.address, size=PHONE)
    desk.press("n")
    expect(board.locator("[data-absent-numbers]")).to_contain_text(taken.number)
    expect(board.locator("[data-now]")).to_be_hidden()
    expect(phone.locator("#now")).to_contain_text(
        vi("You were called and we did not see you. Please tell a volunteer that you are here.")
    )
    desk.click(f"{vi('Is here')}: {taken.number}", inside="#desk-line")
    expect(board.locator("[data-absent]")).to_be_hidden()
    assert desk.call() == taken.number


def test_a_held_number_leaves_the_counter_free_and_comes_back_to_its_step(desk: Desk, taken: Taken) -> None:
    desk.press("Enter")
    desk.press("Enter")
    step = desk.page.locator(".guide-step").inner_text()
    desk.press("h")
    expect(desk.page.locator(".desk-free")).to_be_visible()
    assert vi("On hold") in line(desk)
    desk.click(f"{vi('Resume')}: {taken.number}", inside="#desk-line")
    expect(desk.page.locator(".guide-step")).to_have_text(step)


def test_a_person_who_fetches_papers_keeps_the_number(desk: Desk, taken: Taken, screens: Screens) -> None:
    phone = screens.open(taken.address, size=PHONE)
    desk.press("Enter")
    desk.click(vi("Comes back later"), inside=".desk-case")
    expect(phone.locator("#now")).to_have_attribute("data-state", "parked")
    desk.click(f"{vi('Is back')}: {taken.number}", inside="#desk-line")
    expect(phone.locator("#now")).to_have_attribute("data-state", "waiting")
    assert desk.call() == taken.number


def test_a_forwarded_number_is_called_by_the_other_counter_with_the_note(
    desk: Desk, taken: Taken, screens: Screens, quiet_hall: Hall
) -> None:
    desk.press("Enter")
    desk.page.locator("details").filter(has=desk.page.locator("#f-to")).locator("summary").click()
    desk.page.locator("#f-to").select_option(label=vi("Counter {label}", label="2"))
    desk.page.locator("#f-note").fill("Cần in thêm một tờ")
    desk.page.locator("form:has(#f-to) button").click()
    expect(desk.page.locator(".desk-free")).to_be_visible()
    other = Desk(screens.open("/desk/", state=quiet_hall.states["minh"]), "2")
    assert other.call() == taken.number
    expect(other.page.locator(".desk-case")).to_contain_text("Cần in thêm một tờ")


def test_an_undone_call_leaves_board_and_phone(
    desk: Desk, board: Page, taken: Taken, screens: Screens
) -> None:
    phone = screens.open(taken.address, size=PHONE)
    expect(board.locator("[data-number]")).to_have_text(taken.number)
    desk.press("u")
    expect(board.locator("[data-now]")).to_be_hidden()
    expect(phone.locator("#now")).to_have_attribute("data-state", "waiting")
    assert taken.number in line(desk)


def test_an_undone_finish_brings_the_case_back(desk: Desk, taken: Taken) -> None:
    desk.press("Enter")
    desk.press("Enter")
    step = desk.page.locator(".guide-step").inner_text()
    desk.finish("gave_up")
    expect(desk.page.locator(".desk-free")).to_be_visible()
    desk.press("u")
    expect(desk.page.locator(".guide-step")).to_have_text(step)


def test_a_number_is_called_out_of_turn_only_with_a_reason_that_the_coordinator_sees(
    screens: Screens, quiet_hall: Hall
) -> None:
    kiosk = screens.open("/kiosk/", state=quiet_hall.states["kiosk"])
    take_number(kiosk, "B", "1.000894")
    later = take_number(kiosk, "C", "2.000635")
    desk = Desk(screens.open("/desk/", state=quiet_hall.states["lan"]), "1")
    row = desk.page.locator("#desk-line li").filter(has_text=later.number)
    row.locator("summary").click()
    row.locator("[name=reason]").fill("Xe đón lúc mười giờ")
    row.get_by_role("button", name=vi("Call out of turn")).click()
    expect(desk.page.locator(".desk-case .ticket-number-figure")).to_have_text(later.number)
    thu = screens.open("/coordinator/", state=quiet_hall.states["thu"])
    expect(thu.locator("main")).to_contain_text("Xe đón lúc mười giờ")
