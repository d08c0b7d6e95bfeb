"""A passkey in a real Chromium with DevTools' virtual authenticator: set up, used at sign-in, used as a re-check."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser import Screens, chromium
from tests.server import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.pure]

AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def screens() -> Iterator[Screens]:
    # A passkey belongs to a name: browsers refuse 127.0.0.1. Without https it is taken in the demo alone.
    with LiveServer("sqlite", DONGHANH_DEMO="1") as server, chromium() as browser:
        server.run("tests.web.account.passkey_server")
        server.start()
        opened = Screens(browser, server.url.replace("127.0.0.1", "localhost"))
        yield opened
        opened.close()


def sign_in(page: Page) -> None:
    page.goto("/account/login/")
    page.fill("#id_login", "canbo")
    page.fill("#id_password", "walking beside you")
    page.locator("form.form button").click()


def test_a_passkey_is_set_up_and_opens_the_door(screens):
    page = screens.open("/account/login/")
    developer = page.context.new_cdp_session(page)
    developer.send("WebAuthn.enable")
    developer.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    sign_in(page)
    page.wait_for_url("**/account/2fa/")
    page.locator("a[href='/account/2fa/passkeys/add/']").click()
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/account/2fa/codes/")
    page.goto("/")
    page.wait_for_url("**/office/")

    page.locator(".member form button").click()
    sign_in(page)
    page.wait_for_url("**/account/2fa/authenticate/")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/office/")

    page.goto("/account/2fa/passkeys/reauthenticate/?next=/office/members/")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/office/members/")
    screens.assert_clean()
