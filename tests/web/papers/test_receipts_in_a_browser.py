"""The record of help on a screen and on paper: nothing against it by axe, printed on A5 without the buttons."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from donghanh.web.papers.secrets import secret_of
from tests.reports.forms import read
from tests.web.pages import browser_page
from tests.web.papers.test_receipts import asked, helped

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
__all__ = ["helped"]


@pytest.fixture(autouse=True)
def _password_is_enough(settings):
    settings.SECOND_FACTOR = "optional"


def against(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}})
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found.response["violations"]]


@pytest.mark.parametrize("language", ["vi", "fr", "en"])
def test_both_pages_can_be_read_by_everybody(helped, language):
    case, member = helped
    own, open_to_all = reverse("receipt", args=[case.pk]), reverse("receipt-shown", args=[secret_of(case)])
    pages = {
        own: asked(member, own, language).content.decode(),
        open_to_all: asked(None, open_to_all, language).content.decode(),
    }
    for path, width in ((own, 1366), (open_to_all, 320)):
        with browser_page(pages, width=width, height=800) as page:
            page.goto(path)
            assert against(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_on_paper_it_is_one_sheet_of_a5_without_buttons(helped):
    case, member = helped
    path = reverse("receipt", args=[case.pk])
    with browser_page({path: asked(member, path).content.decode()}, width=1366, height=800) as page:
        page.goto(path)
        printed = page.pdf(prefer_css_page_size=True)
    opened = read(printed)
    size = [round(float(one) / 72 * 25.4) for one in opened.pages[0].mediabox[2:]]
    assert (len(opened.pages), size) == (1, [148, 210])
    # The browser's own two halves of the typeface part words where they meet.
    said = "".join(opened.pages[0].extract_text().split())
    assert "Việcđãlàmhômnay" in said
    assert "A5" not in said
