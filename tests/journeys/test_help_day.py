"""From the kiosk to the receipt: one person's day at the help desk, in Vietnamese, with real touches."""

from __future__ import annotations

import io
import re

import openpyxl
import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, Screens
from tests.journeys.halls import Hall
from tests.journeys.walks import Desk, take_number, vi

pytestmark = [pytest.mark.browser, pytest.mark.server]

TABLET, TELEVISION = (1024, 768), (1920, 1080)
NEED, RESIDENCE = "D", "1.010041"
CODE = "G22.99.08-261124-000127"
MOST_OVERHEAD = 3


def download(page: Page, name: str) -> bytes:
    """A file of the day report."""
    with page.expect_download() as arriving:
        page.get_by_role("link", name=name).click()
    return arriving.value.path().read_bytes()


def test_an_old_woman_goes_from_the_kiosk_to_her_receipt(screens: Screens, quiet_hall: Hall) -> None:
    board = screens.open("/board/", size=TELEVISION, state=quiet_hall.states["board"])
    expect(board.locator("[data-quiet]")).to_be_visible()

    # She touches the picture, says that she is over sixty, and gets her number.
    kiosk = screens.open("/kiosk/", size=TABLET, state=quiet_hall.states["kiosk"], has_touch=True)
    taken = take_number(kiosk, NEED, RESIDENCE, level="1")
    assert taken.number == "D001"
    thu = screens.open("/coordinator/", state=quiet_hall.states["thu"])
    phone = screens.open(taken.address, size=PHONE, has_touch=True)
    expect(phone.locator("#now")).to_contain_text("D001")
    expect(phone.locator("#now")).to_contain_text(vi("You are next."))

    # The member signs in, sits down at counter 3 and presses G.
    desk = Desk(screens.open("/desk/", state=quiet_hall.states["lan"]), counter="3")
    expect(desk.page.locator("#desk-line .line")).to_contain_text("D001")
    desk.presses = 0
    assert desk.call() == "D001"

    # The board and her phone call her, without being loaded anew.
    expect(board.locator("[data-number]")).to_have_text("D001")
    expect(board.locator("[data-counter]")).to_have_text("3")
    expect(phone.locator("#now")).to_contain_text(vi("Please go to counter {counter}", counter="3"))

    expect(thu.get_by_role("row").filter(has_text="Trần Thị Ngọc Lan")).to_contain_text("D001")

    # Enter begins, Enter ticks each step; the code is written down once.
    desk.press("Enter")
    expect(phone.locator("#now")).to_contain_text(vi("You are being helped now."))
    overhead = desk.presses
    steps = desk.finish_steps()
    assert steps >= 3
    due = desk.write_code(CODE)

    # One answer ends the case and the stay.
    desk.presses = overhead
    desk.finish("submitted")
    assert desk.presses <= MOST_OVERHEAD

    # Her phone now holds the receipt, the board lets her go.
    expect(phone.locator("#now")).to_contain_text(vi("You are finished here. Thank you for coming!"))
    expect(phone.locator("#now")).to_contain_text(CODE[-4:])
    expect(phone.locator("#now")).to_contain_text(due)
    expect(board.locator("[data-now]")).to_be_hidden()

    # The coordinator has seen it live; the report has it as page, workbook and PDF.
    expect(thu.locator(".stat", has_text=vi("helped today")).locator("dd")).to_have_text("1")
    thu.goto("/report/")
    name = "Xác nhận thông tin về cư trú"
    expect(thu.locator("main")).to_contain_text(re.compile(name, re.IGNORECASE))
    book = openpyxl.load_workbook(io.BytesIO(download(thu, "XLSX")))
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert any(name.casefold() in cell.casefold() for cell in cells)
    pdf = pypdf.PdfReader(io.BytesIO(download(thu, "PDF")))
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    assert name.casefold() in text.casefold()


def test_a_whole_case_can_be_helped_with_keys_alone(screens: Screens, quiet_hall: Hall) -> None:
    kiosk = screens.open("/kiosk/", size=TABLET, state=quiet_hall.states["kiosk"])
    taken = take_number(kiosk, "E", "svc.vneid-install")
    desk = Desk(screens.open("/desk/", state=quiet_hall.states["minh"]))
    desk.page.mouse.move(0, 0)
    desk.presses = 0
    assert desk.call() == taken.number
    desk.press("Enter")
    overhead = desk.presses
    while desk.page.locator(".guide .guide-say").count():
        desk.press("Enter")
    desk.presses = overhead
    desk.press("1")
    assert desk.presses <= MOST_OVERHEAD
    expect(desk.page.locator(".desk-free")).to_be_visible()


def test_two_members_who_press_at_once_never_get_the_same_number(screens: Screens, quiet_hall: Hall) -> None:
    kiosk = screens.open("/kiosk/", size=TABLET, state=quiet_hall.states["kiosk"])
    given = [
        take_number(kiosk, need, procedure).number
        for need, procedure in [(NEED, RESIDENCE), ("B", "1.000894")] * 3
    ]
    desks = [
        Desk(screens.open("/desk/", state=quiet_hall.states[who]), counter)
        for who, counter in (("lan", "1"), ("minh", "2"))
    ]
    called: list[str] = []
    while len(called) < len(given):
        for desk in desks:
            desk.page.evaluate("() => void document.querySelector('[data-key=g]').click()")
        for desk in desks:
            expect(desk.page.locator(".desk-case .ticket-number-figure")).to_be_visible()
            called.append(desk.number())
        for desk in desks:
            desk.press("n")
    assert sorted(called) == sorted(given)
