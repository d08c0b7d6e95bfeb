"""Every page of the product and its main states, each with the way to it. For inspections and pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.journeys.walks import Desk

Facts = dict[str, str]
Way = Callable[[Page, Facts], object]


class View(NamedTuple):
    """A page or a state of one: who looks, where it begins, what is done to come to it."""

    name: str
    who: str
    path: str
    way: Way | None = None
    answers: int = 200


def at(counter: str, key: str = "") -> Way:
    """Sit down at the counter where that goes on, and press a key."""

    def way(page: Page, facts: Facts) -> None:
        Desk(page, facts[counter])
        if key:
            page.keyboard.press(key)

    return way


def opened(selector: str, then: Way | None = None) -> Way:
    """Open what is folded, first coming to it by another way."""

    def way(page: Page, facts: Facts) -> None:
        if then:
            then(page, facts)
        page.locator(selector).first.click()

    return way


def kiosk_number(page: Page, facts: Facts) -> None:
    """Through the questions to a number."""
    for name in ("need", "procedure"):
        page.locator(f"button[name={name}]").first.click()
    page.locator("button[name=level][value='1']").first.click()
    expect(page.locator(".ticket-number-figure").first).to_be_visible()


def kiosk_sorry(page: Page, facts: Facts) -> None:
    """A need that is not offered here any more when the form is sent."""
    page.locator("button[name=need]").first.click()
    page.locator("button[name=procedure]").first.click()
    page.locator("button[name=level]").first.wait_for()
    page.evaluate("() => { document.querySelector('input[name=need]').value = 'Z'; }")
    page.locator("button[name=level]").first.click()


def looked_for(page: Page, facts: Facts) -> None:
    """Words typed into the search box, and what was found."""
    page.fill("#words", "lam lai bao hiem")
    expect(page.locator("#found h2")).to_be_visible()


def refused(page: Page, facts: Facts) -> None:
    """A move that is not possible, sent as a plain form."""
    page.evaluate(
        """pick => {
      const form = document.createElement("form");
      form.method = "post"; form.action = `/desk/tickets/${pick}/arrived`;
      const word = document.createElement("input");
      word.name = "csrfmiddlewaretoken";
      word.value = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
      form.append(word); document.body.append(form);
      form.submit();
    }""",
        facts["pick"],
    )
    page.wait_for_url("**/arrived")


def wrong_password(page: Page, facts: Facts) -> None:
    """A sign-in that does not hold."""
    page.locator("[name=login]").fill("nobody")
    page.locator("[name=password]").fill("not the password")
    page.locator("main form button").first.click()
    expect(page.locator("main [role=alert], main .field-error").first).to_be_visible()


def begun(page: Page, facts: Facts) -> None:
    """The guide on a phone, at its first question."""
    page.locator("[data-begin]").click()
    expect(page.locator("dh-guide [data-path]").first).to_be_visible()


def practised(page: Page, facts: Facts) -> None:
    """Signed in on the practice portal with an invented person's card, at the form."""
    page.check("[name=card][value=khang]")
    page.locator("main button").click()
    page.fill("#practice-digits", page.locator(".sandbox-digits").inner_text())
    page.locator("main form button").click()
    expect(page.locator("#e-form")).to_be_visible()


PUBLIC = (
    View("front", "", "/"),
    View("sign-in", "", "/account/login/"),
    View("sign-in-wrong", "", "/account/login/", wrong_password, answers=422),
    View("enrol", "", "/enrol/"),
    View("verify", "", "/verify/123456/", answers=404),
    View("kiosk-start", "kiosk", "/kiosk/"),
    View("kiosk-need", "kiosk", "/kiosk/need/?need=B"),
    View("kiosk-priority", "kiosk", "/kiosk/priority/?need=B&procedure=1.000894"),
    View("kiosk-number", "kiosk", "/kiosk/", kiosk_number),
    View("kiosk-sorry", "kiosk", "/kiosk/", kiosk_sorry, answers=409),
    View("board", "board", "/board/"),
    View("ticket-waiting", "", "{waiting}"),
    View("ticket-called", "", "{called}"),
    View("ticket-serving", "", "{serving}"),
    View("ticket-receipt", "", "{receipt}"),
    View("ticket-ended", "", "/t/no-such-number/", answers=404),
    View("find", "", "/find/"),
    View("find-words", "", "/find/", looked_for),
    View("find-need", "", "/find/business/"),
    View("procedure", "", "/p/1.001193", opened("details:not([open]) summary")),
    View("procedure-service", "", "/p/svc.vneid-install"),
    View("procedure-list", "", "/p/"),
    View("procedure-guide", "", "/p/1.000894/guide"),
    View("guide-question", "", "/p/1.000894/guide", begun),
    View("practice", "", "/practice/"),
    View("practice-form", "", "/practice/forms/1.000894", practised),
    View("refused-404", "", "/no/such/page/", answers=404),
    View("refused-403", "lan", "/office/", answers=403),
    View("refused-409", "lan", "/desk/", refused, answers=409),
)
STAFF = (
    View("desk-seats", "lan", "/desk/?seat=1"),
    View("desk-free", "lan", "/desk/", at("free")),
    View("desk-called", "lan", "/desk/", at("calling")),
    View("desk-case", "lan", "/desk/", at("helping")),
    View("desk-person", "lan", "/desk/", at("helping", "s")),
    View("desk-shown", "lan", "/desk/", at("helping", "t")),
    View(
        "desk-tell",
        "lan",
        "/desk/",
        opened("#tell-consent > summary", opened("#dossier:not([open]) > summary", at("helping"))),
    ),
    View("desk-finish", "lan", "/desk/", at("ending", "k")),
    View("desk-number", "lan", "/desk/", opened("#give-number summary", at("free"))),
    View("desk-keys", "lan", "/desk/", at("free", "?")),
    View("record-of-help", "lan", "/papers/cases/{receipt_case}/receipt"),
    View("coordinator", "thu", "/coordinator/"),
    View("coordinator-dossiers", "thu", "/coordinator/dossiers"),
    View("close-day", "thu", "/coordinator/close"),
    View("report", "thu", "/report/"),
    View("account", "lan", "/account/"),
    View("account-switch", "lan", "/account/switch/"),
)
OFFICE = (
    View("office", "hung", "/office/"),
    View("office-members", "hung", "/office/members/"),
    View("office-member-add", "hung", "/office/members/add/"),
    View("office-member-file", "hung", "/office/members/file/"),
    View("office-member", "hung", "/office/members/", opened("main table a")),
    View("office-organisations", "hung", "/office/organisations/"),
    View("office-points", "hung", "/office/points/"),
    View("office-point", "hung", "/office/points/{point}/"),
    View("office-hours", "hung", "/office/points/{point}/hours/"),
    View("office-days", "hung", "/office/days/"),
    View("office-zones", "hung", "/office/zones/"),
    View("office-queue", "hung", "/office/queue/"),
    View("office-procedures", "hung", "/office/procedures/"),
    View("office-devices", "hung", "/office/devices/"),
    View("office-look", "hung", "/office/look"),
)
