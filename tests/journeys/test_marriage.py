"""Two people marry: from a number in the hall to the portal's code and the paper they take home, in one browser."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser import Screens
from tests.journeys import inspection
from tests.journeys.halls import Hall
from tests.journeys.marriage import (
    CODE,
    GROOM,
    VALUES,
    Marriage,
    desk_browser,
    held,
    signed_in,
    submit,
    type_by_hand,
)  # fmt: skip
from tests.journeys.walks import take_number
from tests.server import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture
def context(
    browser: Browser, server: LiveServer, quiet_hall: Hall, tmp_path: Path
) -> Iterator[BrowserContext]:
    """The desk's browser, with the extension and a camera that sees the groom's card."""
    with desk_browser(browser, tmp_path, server.url, quiet_hall.states["lan"]) as opened:
        yield opened


def test_two_people_marry(context: BrowserContext, screens: Screens, quiet_hall: Hall) -> None:
    taken = take_number(screens.open("/kiosk/", state=quiet_hall.states["kiosk"]), "B", CODE)
    visit = Marriage(context)
    assert visit.open_case() == taken.number

    # The persons agree; one card before the camera, the other under the hand scanner; the rest is asked.
    visit.ask()
    assert inspection.barriers(visit.page) == []

    # The groom signs in himself; the extension fills; the groom reads it and submits.
    visit.hand_over()
    portal = signed_in(context, GROOM)
    visit.press_extension(portal)
    assert held(portal) == VALUES
    code, due = submit(portal)

    # Code and day come back to the case, the record goes home on paper.
    visit.give_back(portal)
    expect(visit.page.locator("[data-code]")).to_have_text(code)
    expect(visit.page.locator("[data-due]")).to_have_text(due)
    visit.keep_dossier()
    expect(visit.page.locator("#dossier")).to_contain_text(code)
    expect(visit.page.locator("#dossier")).to_contain_text(due)
    visit.page.goto(f"/papers/cases/{visit.case}/receipt")
    paper = visit.page.evaluate(
        """async address => { const answer = await fetch(address);
             return [answer.status, answer.headers.get("content-type"), [...new Uint8Array(await answer.arrayBuffer())]]; }""",
        visit.page.locator("a[href$='/a5.pdf']").get_attribute("href"),
    )
    assert paper[:2] == [200, "application/pdf"]
    pages = pypdf.PdfReader(io.BytesIO(bytes(paper[2]))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert code in text
    assert due in text


def test_by_hand_the_same_form_takes_every_value(context: BrowserContext) -> None:
    portal = signed_in(context, GROOM)
    type_by_hand(portal, VALUES)
    assert held(portal) == VALUES
    assert submit(portal)[0].startswith("H13.99-")
