"""A marriage at the desk: two cards scanned, the rest asked, the practice portal filled by the extension.

The same day is walked by hand for the comparison: everything typed into the portal's form, field by field.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from donghanh.practice.rules.invented import PEOPLE, Invented
from tests.browser import FLAGS, SECONDS
from tests.extension.browsers import EXTENSION, worker_of
from tests.journeys.keystroke_model import Acts
from tests.journeys.walks import Desk
from tests.web.guided.cards import FRAMES, card_picture, jpeg

CODE = "1.000894"
PRESSES = (Path(__file__).parent / "presses.js").read_text()
BY_ID = {one.id: one for one in PEOPLE}
GROOM, BRIDE = BY_ID["khang"], BY_ID["tuyet"]
COPIES, PHONE = "2", GROOM.phone
VALUES = {
    "ho_ten_nu": BRIDE.name, "ngay_sinh_nu": "1998-09-02", "dan_toc_nu": "Kinh", "quoc_tich_nu": "VN",
    "noi_cu_tru_nu": f"{BRIDE.line}, {BRIDE.area_name}", "so_dinh_danh_nu": BRIDE.id_number, "lan_ket_hon_nu": "1",
    "ho_ten_nam": GROOM.name, "ngay_sinh_nam": "1996-03-14", "dan_toc_nam": "Kinh", "quoc_tich_nam": "VN",
    "noi_cu_tru_nam": f"{GROOM.line}, {GROOM.area_name}", "so_dinh_danh_nam": GROOM.id_number, "lan_ket_hon_nam": "1",
    "dien_thoai": PHONE, "so_ban_sao": COPIES,
}  # fmt: skip
SHORTCUT = Acts(keys=3, chunks=1)  # Alt+Shift+F belongs to the browser: no page hears it
SHOWN = Acts(points=1, chunks=1)  # a card is held before the camera or the scanner


def card_text(person: Invented) -> str:
    """What stands in the code of this person's card."""
    sex = "Nữ" if person.sex == "female" else "Nam"
    where = f"{person.line}, {person.area_name}"
    return (
        f"{person.id_number}||{person.name}|{person.born_on:%d%m%Y}|{sex}|{where}|{person.issued_on:%d%m%Y}"
    )


@contextmanager
def desk_browser(browser: Browser, folder: Path, url: str, state: Any) -> Iterator[BrowserContext]:
    """A Chromium with the extension, the groom's card before its camera, a member signed in, and hands counted."""
    film = folder / "groom.mjpeg"
    film.write_bytes(jpeg(card_picture(card_text(GROOM))) * FRAMES)
    camera = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    context = browser.browser_type.launch_persistent_context(
        str(folder / "profile"),
        headless=True,
        executable_path=shutil.which("chromium"),
        ignore_default_args=["--disable-extensions"],
        args=[*FLAGS, *camera, f"--disable-extensions-except={EXTENSION}", f"--load-extension={EXTENSION}"],
        base_url=url,
        viewport={"width": 1920, "height": 1080},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="reduce",
        permissions=["camera"],
    )
    context.set_default_timeout(SECONDS * 1000)
    context.add_cookies(state["cookies"])
    context.add_init_script(PRESSES)
    yield context
    context.close()


def acts_on(page: Page) -> Acts:
    """What was done on this page since it was opened or since the last time this was asked."""
    return Acts.counted(
        page.evaluate(
            """() => {
              const seen = {...window.donghanhPresses};
              Object.assign(window.donghanhPresses, {keys: 0, clicks: 0, homings: 0, chunks: 0, telex: 0});
              return seen;
            }"""
        )
    )


class Marriage:
    """One visit: `acts` are what the member's and the citizens' hands did, `seconds` what the clock said."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.worker = worker_of(context)
        self.desk = Desk(context.new_page(), "1")
        self.page = self.desk.page
        self.case = ""
        self.scan_seconds: list[float] = []

    def open_case(self) -> str:
        """G calls, Enter begins; the number that was called."""
        number = self.desk.call()
        self.desk.press("Enter")
        self.page.wait_for_selector("dh-guide [data-next]")
        self.case = str(self.page.locator("[data-case]").first.get_attribute("data-case"))
        return number

    def at(self, step: str) -> None:
        """Wait until the guide stands at this step."""
        self.page.wait_for_function("step => document.querySelector('dh-guide').at === step", arg=step)

    def agree(self) -> None:
        """The text is read out, the persons agree, a colleague is witness."""
        self.page.locator("[data-consent]").click()
        expect(self.page.locator("[data-consent]")).to_have_count(0)

    def write(self, *texts: str) -> None:
        """Texts in the fields that follow each other: the text, then Enter."""
        for text in texts:
            self.page.wait_for_function("() => document.activeElement.matches('dh-guide [data-path]')")
            self.page.keyboard.type(text)
            self.page.keyboard.press("Enter")

    def before_the_camera(self) -> None:
        """Alt+Q, the card before the camera, and the person says that all is right."""
        self.page.wait_for_function("() => document.activeElement.matches('dh-guide [data-path]')")
        began = time.perf_counter()
        self.page.keyboard.press("Alt+q")
        self._confirm(began, GROOM)

    def by_hand_scanner(self, person: Invented) -> None:
        """A scanner types what stands on the card; nobody's fingers do."""
        self.page.evaluate("() => { window.donghanhPresses.on = false; }")
        began = time.perf_counter()
        self.page.keyboard.type(card_text(person))
        self.page.keyboard.press("Enter")
        self.page.evaluate("() => { window.donghanhPresses.on = true; }")
        self._confirm(began, person)

    def _confirm(self, began: float, person: Invented) -> None:
        # An old commune may have become several: the person says which, and Enter takes the one that has the focus.
        choices = self.page.locator("dialog.scan .guide-candidates button")
        expect(choices.or_(self.page.locator("[data-confirm]")).first).to_be_visible()
        if choices.count():
            names = choices.locator("span:first-child").all_inner_texts()
            for _ in range(names.index(person.area_name.partition(",")[0])):
                self.page.keyboard.press("Tab")
            self.page.keyboard.press("Enter")
        self.page.wait_for_selector("[data-confirm]")
        self.scan_seconds.append(time.perf_counter() - began)
        self.page.wait_for_function("() => document.activeElement.matches('[data-confirm]')")
        self.page.keyboard.press("Enter")
        expect(self.page.locator("[data-confirm]")).to_have_count(0)

    def rest_of_a_person(self, ethnicity: str) -> None:
        """What no card tells, where the focus already is: ethnicity and nationality; then the step is done."""
        for path, text in (("ethnicity", ethnicity), ("nationality", " ")):
            self.page.wait_for_function(
                f"() => document.activeElement.matches('dh-guide [data-path$=_{path}]')"
            )
            if text == " ":
                self.page.keyboard.press("Space")
            else:
                self.page.keyboard.type(text)
                self.page.keyboard.press("Enter")
        self.page.keyboard.press("Control+Enter")

    def ask(self) -> None:
        """From the agreement to the check of all answers: two cards, and what no card tells."""
        self.agree()
        self.write("1", "1")
        self.at("papers")
        self.page.keyboard.press("Enter")
        self.at("groom")
        self.before_the_camera()
        self.rest_of_a_person(GROOM.ethnicity)
        self.at("bride")
        self.by_hand_scanner(BRIDE)
        self.rest_of_a_person(BRIDE.ethnicity)
        self.at("more")
        self.write(COPIES, PHONE)
        self.at("review")
        expect(self.page.locator(".guide-review")).to_contain_text(BRIDE.name)
        self.page.keyboard.press("Enter")
        self.at("sign_in")

    def hand_over(self) -> None:
        """One press gives the open case to the extension."""
        self.page.locator("[data-hand-over]").click()
        expect(self.page.locator("dh-portal-bridge [role=status]")).not_to_be_empty()

    def press_extension(self, page: Page) -> None:
        """The browser's shortcut of the extension, on this page."""
        self.worker.evaluate(
            """async url => { const [tab] = (await chrome.tabs.query({})).filter(one => one.url === url);
                 chrome.commands.onCommand.dispatch("fill", tab); }""",
            page.url,
        )
        page.wait_for_selector("#donghanh-note")

    def give_back(self, page: Page) -> None:
        """The extension's popup for this page: the code it read is given to the open case."""
        tab = self.worker.evaluate("async url => (await chrome.tabs.query({url}))[0].id", page.url)
        popup = self.context.new_page()
        popup.goto(f"chrome-extension://{self.worker.url.split('/')[2]}/popup.html?tab={tab}")
        popup.locator("#give").click()
        self.page.bring_to_front()
        expect(self.page.locator("[data-record]")).to_be_visible()
        popup.close()

    def keep_dossier(self) -> None:
        """Code and day are compared and kept with the case."""
        self.page.locator("[data-record]").click()
        expect(self.page.locator("dh-portal-bridge [data-record]")).to_have_count(0)


def signed_in(context: BrowserContext, person: Invented) -> Page:
    """On the practice portal with a practice card, at the empty form."""
    page = context.new_page()
    page.goto(f"/practice/forms/{CODE}")
    if page.locator("[name=card]").count():  # not signed in yet in this browser
        page.check(f"[name=card][value={person.id}]")
        page.click("main button")
        page.fill("#practice-digits", page.inner_text(".sandbox-digits"))
        page.click("main form button")
    page.wait_for_selector("form#e-form")
    return page


def held(page: Page) -> dict[str, str]:
    """What stands in the portal's form."""
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('#e-form [name]:not([type=hidden])')].map(one => [one.name, one.value]))"""
    )
    return found


def type_by_hand(page: Page, values: dict[str, str]) -> None:
    """The whole form by hand, as a quick volunteer does: a click into the first field, then Tab from one to the next."""
    day_first = _day_first(page)
    page.locator("#e-form [name]:not([type=hidden])").first.click()
    for name, value in values.items():
        field = page.locator(f"#e-form [name={name}]")
        kind = field.evaluate("one => one.type")
        expect(field).to_be_focused()
        if kind == "date":
            year, month, day = value.split("-")
            page.keyboard.type(f"{day}{month}{year}" if day_first else f"{month}{day}{year}")
        elif kind == "select-one":
            places = field.evaluate("one => [...one.options].map(each => each.value)")
            for _ in range(places.index(value)):
                page.keyboard.press("ArrowDown")
        else:
            page.keyboard.type(value)
        while page.evaluate("name => document.activeElement.name === name", name):
            page.keyboard.press("Tab")


def _day_first(page: Page) -> bool:
    """Whether this browser's own field for a date begins with the day: its language decides, not the page's."""
    probe = page.context.new_page()
    probe.set_content("<input type=date>")
    probe.locator("input").click(position={"x": 6, "y": 8})
    probe.keyboard.type("03042001")
    is_so = probe.locator("input").input_value() == "2001-04-03"
    probe.close()
    page.bring_to_front()
    return is_so


def submit(page: Page) -> tuple[str, str]:
    """The citizen goes through fee, papers and review and presses submit; code and day of the result."""
    for following in ("fee", "papers", "review", ""):
        if following == "":
            page.wait_for_url("**/review")
        page.locator("main form button").first.click()
        page.wait_for_url(f"**/{following}")
        if following == "papers":
            page.check("[name=file] >> nth=0")
    return page.inner_text("#dossier-code"), page.inner_text("#due-on")
