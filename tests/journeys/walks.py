"""What people do on the screens, in their own words, so that a journey reads like one."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import NamedTuple

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.messages import catalogue


class Taken(NamedTuple):
    """A number from the kiosk, and the address in the picture beside it."""

    number: str
    address: str


def take_number(kiosk: Page, need: str = "B", procedure: str = "1.000894", level: str = "0") -> Taken:
    """Touch a need, a procedure and an answer about priority; read the number and scan the picture."""
    kiosk.goto("/kiosk/")
    kiosk.locator(f"button[name=need][value='{need}']").click()
    if "/need/" in kiosk.url:
        kiosk.locator(f"button[name=procedure][value='{procedure}']").click()
    kiosk.locator(f"button[name=level][value='{level}']").first.click()
    expect(kiosk.locator(".ticket-number-figure").first).to_be_visible()
    return Taken(kiosk.locator(".ticket-number-figure").first.inner_text(), scanned(kiosk))


def scanned(page: Page) -> str:
    """The address in the QR picture, read from the screen's pixels as a phone's camera would."""
    picture = Image.open(io.BytesIO(page.locator(".qr").first.screenshot(caret="initial")))
    framed = Image.new("RGB", (picture.width + 80, picture.height + 80), "white")
    framed.paste(picture, (40, 40))
    codes = zxingcpp.read_barcodes(framed)
    assert len(codes) == 1, "one code can be read"
    return str(codes[0].text)


@cache
def vi(english: str, **names: str) -> str:
    """A message of the product as people read it in Vietnamese; `{name}` also finds a template's `%(name)s`."""
    forms = {english, re.sub(r"\{(\w+)\}", r"%(\1)s", english)}
    entry = next((one for one in catalogue("vi") if one.msgid in forms), None)
    text = (entry.msgstr or entry.msgstr_plural.get(0, "")) if entry else ""
    text = re.sub(r"%\((\w+)\)s", r"{\1}", text or english)
    return text.format(**names) if names else text


class Desk:
    """A member at a counter, who presses keys; `presses` counts every key and click of a case."""

    def __init__(self, page: Page, counter: str = "1") -> None:
        self.page = page
        self.presses = 0
        page.goto("/desk/?seat=1")
        page.locator("button[name=counter]").nth(int(counter) - 1).click()
        expect(page.locator("#desk")).to_be_visible()
        page.wait_for_load_state()  # keys are heard once the page's scripts are there

    def press(self, key: str) -> None:
        """One key, once the page has taken in the last one."""
        with self.page.expect_response(
            lambda answer: "/desk/" in answer.url and answer.request.method == "POST"
        ):
            self.key(key)
        self.settle()

    def key(self, key: str) -> None:
        """One key that asks the server nothing."""
        self.presses += 1
        self.page.keyboard.press(key)

    def click(self, name: str, *, inside: str = "#desk") -> None:
        """One click on a button by its Vietnamese word."""
        self.presses += 1
        with self.page.expect_response(
            lambda answer: "/desk/" in answer.url and answer.request.method == "POST"
        ):
            self.page.locator(inside).get_by_role("button", name=name).first.click()
        self.settle()

    def settle(self) -> None:
        """Wait until htmx has put the answer in."""
        self.page.wait_for_function(
            "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
        )

    def call(self) -> str:
        """G: the next number."""
        self.press("g")
        return self.number()

    def number(self) -> str:
        """The number at the counter."""
        return self.page.locator(".desk-case .ticket-number-figure").first.inner_text()

    def said(self) -> str:
        """The newest toast."""
        return self.page.locator("#toasts [data-toast-text]").last.inner_text()

    def finish_steps(self) -> int:
        """Enter until every step is ticked; how many there were."""
        steps = 0
        while self.page.locator(".desk-actions [data-key=Enter]").count():
            self.press("Enter")
            steps += 1
        return steps

    def write_code(self, code: str) -> str:
        """Write the dossier's code down; the day the result is due, as the desk says it."""
        fold = self.page.locator("#dossier")
        if fold.get_attribute("open") is None:
            fold.locator("summary").first.click()
        fold.locator("[name=code]").fill(code)
        self.click(vi("Keep"), inside="#dossier")
        expect(fold).to_contain_text(code)
        dates = re.findall(r"\d{1,2}[/-]\d{1,2}[/-]\d{4}", fold.inner_text())
        return dates[0] if dates else ""

    def finish(self, outcome: str) -> None:
        """K, if the answers are not open yet, and the outcome in one touch."""
        button = self.page.locator(f"#finish button[name=outcome][value={outcome}]")
        if not button.is_visible():
            self.key("k")
        self.presses += 1
        with self.page.expect_response(lambda answer: "/finish" in answer.url):
            button.click()
        self.settle()
