"""A card before a real camera of a real Chromium, a photo of one, a hand scanner: read here, proposed, confirmed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from donghanh.web.scanning import SCANNING_POLICY
from tests.web.guide.guide_page import ORIGIN, PLACES, GuidePage
from tests.web.guide.plans import plan
from tests.web.guided.cards import CARD, card_picture, filmed_by, jpeg

pytestmark = pytest.mark.browser

LAPTOP = (1366, 768)
MEMBER = 'view="member" store="none"'
PHONE = 'view="citizen" store="phone" key="k" at="who.name"'
EMPTY = card_picture("only a word")
READ = {
    "name": {"state": "given", "value": "Nguyễn Thị Ánh Tuyết Đỗ"},
    "born": {"state": "given", "value": "1950-02-01"},
    "number": {"state": "given", "value": "092150001234"},
    "place": {"state": "given", "value": "31153"},
}
STOPPED = """() => document.querySelector('dialog.scan') === null && window.streams.every(
  stream => stream.getTracks().every(track => track.readyState === 'ended'))"""
NOTE_STREAMS = """() => { window.streams = []; const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (what) => { const one = await ask(what); window.streams.push(one); return one; }; }"""
FORM = """() => { const form = document.createElement('form'); form.setAttribute('data-card-form', 'new'); form.innerHTML =
  '<input name="name"><input name="born"><select name="sex"><option value="unknown"><option value="female"></select><input name="id_number">';
  document.body.append(form); }"""
KEPT = """() => [...document.querySelectorAll('[data-card-form] :is(input, select)')].map(field => field.value)"""


def card_plan() -> dict[str, Any]:
    """The lending of boats, whose borrower shows a card."""
    made = plan()
    keys = {"number": "id_number", "place": "residence_area"}
    for question in made["questions"]:
        if question["id"] in keys:
            question.update(role="owner", key=keys[question["id"]])
    made["roles"] = [{"id": "owner", "is_beneficiary": True, "label": "The borrower"}]
    return made


class Scanned:
    """A guide on a page whose camera sees a picture; what was asked of the network."""

    def __init__(
        self, browser: Any, attributes: str, areas: list[str], size: tuple[int, int] = LAPTOP
    ) -> None:
        self.areas = areas
        self.posted: list[Any] = []
        self.asked: list[str] = []
        self.guide = GuidePage(
            browser, attributes, size=size, surface="staff", answer=self._answer, the_plan=card_plan(), policy=SCANNING_POLICY
        )  # fmt: skip
        self.page: Page = self.guide.page
        self.guide.context.grant_permissions(["camera"])
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.add_style_tag(url="/static/css/scan.css")
        self.page.evaluate(NOTE_STREAMS)
        self.page.evaluate("import('/static/js/guide/scanner_keys.js').then(() => undefined)")

    def _answer(self, route: Route, path: str, body: Any) -> bool:
        if path != "/guide/cards/address":
            return False
        self.posted.append(body)
        route.fulfill(
            json={
                "line": "Tổ 5",
                "areas": [{**PLACES[code], "old": None, "is_default": True} for code in self.areas],
            }
        )
        return True

    def proposed(self) -> str:
        self.page.wait_for_selector("[data-confirm]")
        return self.page.inner_text(".guide-prefill")

    def confirmed(self) -> dict[str, Any]:
        self.page.click("[data-confirm]")
        return self.guide.answers()


@pytest.fixture
def scanned(tmp_path: Path) -> Iterator[Any]:
    """Opens a guide before a camera that sees a picture; nothing may go wrong, and nobody else is asked for anything."""
    program = shutil.which("chromium")
    assert program
    opened: list[Scanned] = []
    with sync_playwright() as playwright:

        def open_page(
            picture: Any = EMPTY, attributes: str = MEMBER, areas: tuple[str, ...] = ("31153",), **more: Any
        ) -> Scanned:
            browser = filmed_by(playwright, program, tmp_path / f"{len(opened)}.mjpeg", picture)
            opened.append(Scanned(browser, attributes, list(areas), **more))
            return opened[-1]

        yield open_page
        for one in opened:
            assert one.guide.problems == []
            assert [url for url in one.asked if not url.startswith((ORIGIN, "blob:", "data:"))] == []
            one.guide.context.browser.close()


@pytest.mark.parametrize(
    ("what", "picture"),
    [
        ("a card held still", card_picture()),
        ("a card turned by 13 degrees", card_picture(turned=13)),
        ("a card far away", card_picture(side=170)),
        ("a card far away and turned", card_picture(side=230, turned=13)),
    ],
)
def test_the_camera_reads_a_card_and_is_off_at_once(scanned, what, picture):
    one = scanned(picture)
    one.page.evaluate(FORM)
    began = time.perf_counter()
    one.page.click("[data-scan]")
    said = one.proposed()
    print(
        f"\n{what}: from the touch to filled proposals {time.perf_counter() - began:.2f} s (camera and reader started from cold)"
    )
    assert "Nguyễn Thị Ánh Tuyết Đỗ" in said
    assert "Phường Cái Răng" in said
    assert one.guide.answers() == {}
    assert one.page.evaluate(STOPPED)
    assert one.page.evaluate(KEPT) == ["Nguyễn Thị Ánh Tuyết Đỗ", "01/02/1950", "female", "092150001234"]
    assert one.confirmed() == READ
    assert one.posted == [{"address": "Tổ 5, Phường Cái Răng, Thành phố Cần Thơ"}]
    assert {
        mark["source"] for mark in one.page.evaluate("document.querySelector('dh-guide').walk.marks").values()
    } == {"scanned"}
    assert "361234567" not in one.page.content()


def test_an_address_that_became_several_communes_is_asked_about(scanned):
    one = scanned(card_picture(), areas=("31135", "31153"))
    one.page.click("[data-scan]")
    one.page.get_by_role("button", name="Phường Ninh Kiều").click()
    assert "Phường Ninh Kiều" in one.proposed()
    assert one.confirmed()["place"] == {"state": "given", "value": "31135"}


def test_none_of_the_communes_leaves_the_question_open(scanned):
    one = scanned(card_picture(), areas=("31135", "31153"))
    one.page.click("[data-scan]")
    one.page.get_by_role("button", name="None of these").click()
    one.proposed()
    assert "place" not in one.confirmed()


def test_a_photo_is_read_in_the_browser_on_a_phone(scanned, tmp_path):
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(jpeg(card_picture(side=300, turned=8)))
    one = scanned(attributes=PHONE, size=(360, 740))
    one.page.click("[data-scan]")
    one.page.set_input_files("[data-scan-photo]", photo)
    assert "092150001234" in one.proposed()
    assert one.confirmed() == READ


def test_a_code_of_something_else_is_said_to_be_none_and_closing_stops_the_camera(scanned):
    one = scanned(EMPTY)
    one.page.click("[data-scan]")
    one.page.get_by_text("This is not the code of an identity card.").wait_for()
    one.page.click("[data-scan-close]")
    one.page.wait_for_function(STOPPED)
    assert one.page.locator("[data-confirm]").count() == 0


def test_the_text_of_a_card_can_be_given_by_hand(scanned):
    one = scanned(EMPTY)
    one.page.click("[data-scan]")
    one.page.fill("#scan-text", CARD)
    one.page.click(".scan-text button")
    assert "Nguyễn Thị Ánh Tuyết Đỗ" in one.proposed()
    assert one.page.evaluate(STOPPED)


@pytest.mark.parametrize("focus", ["[data-path=name]", "nothing"])
def test_a_hand_scanner_fills_in_and_leaves_the_field_as_it_was(scanned, focus):
    one = scanned(EMPTY)
    shortcut = "() => { const one = document.createElement('button'); one.dataset.key = '1'; one.textContent = '1'; one.onclick = () => { window.pressed = true; }; document.body.append(one); }"
    one.page.evaluate(shortcut)
    if focus == "nothing":
        one.page.evaluate("document.activeElement.blur()")
    else:
        one.page.focus(focus)
        one.page.keyboard.type("Lê")
    one.page.keyboard.type(CARD)
    one.page.keyboard.press("Enter")
    assert "Nguyễn Thị Ánh Tuyết Đỗ" in one.proposed()
    assert one.page.evaluate("window.pressed ?? false") is False
    if focus != "nothing":
        assert one.page.input_value(focus) == "Lê"
    assert one.confirmed() == READ


def test_ordinary_typing_is_left_alone(scanned):
    one = scanned(EMPTY)
    one.page.focus("[data-path=number]")
    one.page.keyboard.type("092150001234", delay=1)
    one.page.keyboard.press("Enter")
    one.guide.settled()
    assert one.guide.answers() == {"number": {"state": "given", "value": "092150001234"}}
    one.page.evaluate("document.activeElement.blur()")
    one.page.evaluate(
        "() => { const one = document.createElement('button'); one.dataset.key = '1'; one.textContent = '1'; one.onclick = () => { window.pressed = (window.pressed ?? 0) + 1; }; document.body.append(one); }"
    )
    one.page.keyboard.press("1")
    one.page.wait_for_function("() => window.pressed === 1")
    assert one.page.evaluate("window.pressed") == 1


def test_what_cannot_be_read_is_named_to_compare(scanned):
    one = scanned(EMPTY)
    one.page.evaluate("document.activeElement.blur()")
    one.page.keyboard.type("099050001234||Lê Thị Út|31021950|Nữ|Tổ 5|10052021")
    one.page.keyboard.press("Enter")
    one.proposed()
    assert one.page.locator(".scan-box li").all_inner_texts() == [
        "The day of birth could not be read.",
        "The number begins with an unknown province.",
        "The number stands for another sex than the card says.",
    ]
