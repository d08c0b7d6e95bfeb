"""A dossier on the practice portal goes on by itself, and whoever wanted it is told: once, and the coordinator sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import PHONE, Screens
from tests.journeys.halls import Hall, server_of
from tests.journeys.walks import Desk, take_number, vi
from tests.management.messages.providers import Mailbox, Provider, mail_server, provider
from tests.server import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.server]

NEED, COPIES = "C", "2.000635"
HOURS = 4  # processed after 230 minutes, handed over after 290
# A browser's public key: any point of the curve will do, here the base point of P-256.
POINT = "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"
# The push service is not ours and not on this machine: the browser's subscription is replaced by one like it.
SUBSCRIBED = """keys => {
  const subscription = {endpoint: "https://push.example/phone", keys, toJSON() { return {endpoint: this.endpoint, keys}; },
    unsubscribe: () => { window.left = true; return Promise.resolve(true); }};
  PushManager.prototype.subscribe = () => Promise.resolve(subscription);
  PushManager.prototype.getSubscription = () => Promise.resolve(subscription);
}"""


class Outside(NamedTuple):
    """The world around a ward: a mail server and another system."""

    mail: Mailbox
    web: Provider


@pytest.fixture
def outside() -> Iterator[Outside]:
    """Both on the loopback."""
    with mail_server() as mail, provider((200, {})) as web:
        yield Outside(mail, web)


@pytest.fixture
def ward(quiet_hall: Hall, outside: Outside) -> Iterator[LiveServer]:
    """A quiet hall whose channels are mail, another system and browsers."""
    serving = server_of(
        quiet_hall, DONGHANH_SMTP_HOST="127.0.0.1", DONGHANH_SMTP_PORT=str(outside.mail.port), DONGHANH_SMTP_TLS="0",
        DONGHANH_WEBHOOK_SECRET="shared",
    )  # fmt: skip
    try:
        yield serving.start()
    finally:
        serving.__exit__()


@pytest.fixture
def opened(browser: Browser, ward: LiveServer) -> Iterator[Screens]:
    """Screens on that ward; at the end nothing must have gone wrong on them."""
    screens = Screens(browser, ward.url)
    yield screens
    screens.close()
    screens.assert_clean()


def works(ward: LiveServer) -> None:
    """The worker looks twice: what a portal said the first time is told the second."""
    for _ in range(2):
        ward.run("donghanh", "work", "--once")


def submits(desk: Desk, code: str) -> None:
    """The code of the practice portal is written down."""
    fold = desk.page.locator("#dossier")
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    fold.locator("[name=portal]").select_option("other")
    fold.get_by_text(vi("Another portal")).click()
    fold.locator("[name=other]").fill("practice")
    fold.locator("[name=code]").fill(code)
    desk.click(vi("Keep"), inside="#dossier")


def agrees(desk: Desk, **addresses: str) -> None:
    """The words are read out, the person agrees and says where."""
    desk.page.locator("#tell-consent summary").click()
    desk.click(vi("The person agrees"), inside="#tell-consent")
    for kind, address in addresses.items():
        desk.page.locator("#tell-kind").select_option(kind)
        desk.page.locator("#tell-address").fill(address)
        desk.click(vi("Tell there"), inside="#dossier")


def taps(phone: Page) -> None:
    """On her own phone she agrees by a touch."""
    phone.evaluate(SUBSCRIBED, {"p256dh": POINT, "auth": "BTBZMqHH6r4Tts7J_aSIgg"})
    phone.get_by_role("button", name=vi("I agree: tell me on this phone")).click()
    expect(phone.get_by_text(vi("This phone will be told. You need not look here again."))).to_be_visible()


def test_she_is_told_once_when_it_is_ready_and_the_coordinator_sees_what_did_not_arrive(
    opened: Screens, quiet_hall: Hall, ward: LiveServer, outside: Outside
) -> None:
    code = ward.run("tests.journeys.followed", "submit", COPIES).strip()
    kiosk = opened.open("/kiosk/", size=(1024, 768), state=quiet_hall.states["kiosk"])
    address = take_number(kiosk, NEED, COPIES).address
    desk = Desk(opened.open("/desk/", state=quiet_hall.states["lan"]))
    desk.call()
    desk.press("Enter")
    phone = opened.open(address, size=PHONE, permissions=["notifications"])
    expect(phone.locator("[data-tell]")).to_have_count(0)
    submits(desk, code)
    agrees(desk, email="ut@example.org", webhook="https://example.org/hook")
    expect(desk.page.locator("#dossier")).not_to_contain_text("ut@example.org")
    desk.finish("submitted")
    taps(phone)

    # Four hours later the portal is done; the mail server refuses once.
    ward.run("tests.journeys.followed", "later", str(HOURS))
    ward.run("tests.journeys.followed", "point", outside.web.url)
    outside.mail.answer = "550 No such mailbox"
    works(ward)
    works(ward)
    assert (len(outside.mail.mails), len(outside.mail.refused)) == (0, 1)
    hooks = [json.loads(one.body) for one in outside.web.sent if one.path == "/hook"]
    assert [(one["status"], one["code_end"]) for one in hooks] == [("processed", code[-4:])]

    # The coordinator finds it from the live view, and sends it again.
    thu = opened.open("/coordinator/", state=quiet_hall.states["thu"])
    thu.get_by_role("link", name=vi("Look")).click()
    row = thu.get_by_role("row").filter(has_text=code)
    expect(row).to_contain_text(vi("Processed"))
    lost = thu.locator(".follow-lost")
    expect(lost).to_have_count(1)
    expect(lost).to_contain_text(vi("The provider does not take it. Perhaps the number or address is wrong."))
    outside.mail.answer = "250 OK"
    lost.get_by_role("button", name=vi("Send again")).click()
    expect(lost).to_have_count(0)
    works(ward)
    works(ward)
    assert (len(outside.mail.mails), set(outside.mail.to)) == (1, {"ut@example.org"})
    assert len([one for one in outside.web.sent if one.path == "/hook"]) == 1

    # Fetched and handed over: the row goes, and comes back when that was a slip.
    row.locator("select").select_option("delivered")
    row.get_by_role("button", name=vi("Keep")).click()
    expect(row).to_have_count(0)
    thu.locator("[data-toast-undo]:visible").click()
    expect(row).to_contain_text(vi("Processed"))
    works(ward)
    assert len(outside.mail.mails) == 1


def test_the_phone_shows_a_push_and_its_owner_ends_it(
    opened: Screens, quiet_hall: Hall, ward: LiveServer
) -> None:
    kiosk = opened.open("/kiosk/", size=(1024, 768), state=quiet_hall.states["kiosk"])
    address = take_number(kiosk, NEED, COPIES).address
    desk = Desk(opened.open("/desk/", state=quiet_hall.states["lan"]))
    desk.call()
    desk.press("Enter")
    phone = opened.open(address, size=PHONE, permissions=["notifications"])
    desk.write_code("G22.99.08-261124-000127")
    desk.finish("submitted")
    taps(phone)
    assert ward.run("tests.journeys.followed", "told", "web_push").strip() == "1"
    phone.reload()
    expect(phone.get_by_text(vi("This phone will be told. You need not look here again."))).to_be_visible()
    shown = pushed(phone, {"title": "Tin về hồ sơ", "body": "Hồ sơ …0127 đã có kết quả.", "tag": "k"})
    assert shown == [["Tin về hồ sơ", "Hồ sơ …0127 đã có kết quả."]]
    assert phone.evaluate("() => navigator.serviceWorker.controller") is None
    phone.evaluate(SUBSCRIBED, {})
    phone.get_by_role("button", name=vi("Do not tell me any more")).click()
    expect(phone.get_by_role("button", name=vi("I agree: tell me on this phone"))).to_be_visible()
    assert phone.evaluate("() => window.left") is True
    assert ward.run("tests.journeys.followed", "told", "web_push").strip() == "0"


def pushed(phone: Page, message: dict[str, str]) -> list[list[str]]:
    """Deliver a push to the page's worker as a push service would; the notifications that stand then."""
    tools = phone.context.new_cdp_session(phone)
    found: list[str] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(
            one["registrationId"] for one in event["registrations"] if one["scopeURL"].endswith("/push/")
        ),
    )
    tools.send("ServiceWorker.enable")
    phone.wait_for_timeout(200)
    origin = phone.evaluate("() => location.origin")
    tools.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": found[0], "data": json.dumps(message)},
    )
    shown: list[list[str]] = phone.evaluate("""async () => {
      const registration = await navigator.serviceWorker.getRegistration("/push/");
      for (let turn = 0; turn < 50; turn++) {
        const shown = await registration.getNotifications();
        if (shown.length) return shown.map(one => [one.title, one.body]);
        await new Promise(done => setTimeout(done, 100));
      }
      return [];
    }""")
    return shown
