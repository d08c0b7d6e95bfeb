"""Every screen of every pack on a citizen's phone can be used by everyone: one question a screen, three languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.guide_screens import DEEP, faults_of, shipped
from tests.web.guide.guide_page import GuidePage

LANGUAGES = ("vi", "en", "fr")

pytestmark = [pytest.mark.pure, pytest.mark.browser]


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[dict[str, GuidePage]]:
    """One page a language for all packs; the browser must have complained of nothing."""
    opened = {
        language: GuidePage(
            browser,
            'view="citizen" store="phone" key="k"',
            language=language,
            size=(320, 640),
            surface="phone",
        )
        for language in LANGUAGES
    }
    yield opened
    for page in opened.values():
        page.context.close()
    assert [problem for page in opened.values() for problem in page.problems] == []


@pytest.mark.parametrize("code", shipped())
def test_everyone_can_use_every_screen(pages: dict[str, GuidePage], code: str) -> None:
    assert faults_of(pages["vi"], code, "vi", with_errors=True) == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("code", DEEP)
def test_everyone_can_use_every_screen_in_other_languages(
    pages: dict[str, GuidePage], code: str, language: str
) -> None:
    assert faults_of(pages[language], code, language, with_errors=False) == []
