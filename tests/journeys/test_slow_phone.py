"""What a cheap phone on a bad line has to fetch: little, and no scanner. How long it takes: benchmarks/slow_phone.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.slow_phone import first_screen, opened_guide, questions_in_turn, scripts, slow_phone
from tests.server import LiveServer

pytestmark = [pytest.mark.pure, pytest.mark.browser, pytest.mark.server]
MOST_BYTES = 150_000
CODE = "1.000894"


@pytest.fixture(scope="module")
def house() -> Iterator[LiveServer]:
    """A house with the packs that can be practised, and the areas."""
    with LiveServer("sqlite", DONGHANH_DEMO="1") as server:
        server.run("tests.practice.lay")
        server.run("donghanh", "import-areas")
        yield server.start()


def test_the_guide_fetches_few_scripts_and_no_scanner(browser: Browser, house: LiveServer) -> None:
    with slow_phone(browser) as page:
        opened_guide(page, f"{house.url}/p/{CODE}/guide")
        assert len(questions_in_turn(page, 3)) == 3
        fetched = scripts(page)
    assert any("guide/guide.js" in one for one in fetched)
    assert [one for one in fetched if "zxing" in one or "camera" in one or "member" in one] == []
    assert sum(fetched.values()) < MOST_BYTES


def test_the_public_page_is_painted_before_its_scripts_are_there(browser: Browser, house: LiveServer) -> None:
    with slow_phone(browser) as page:
        seen = first_screen(page, f"{house.url}/p/{CODE}")
        assert 0 < seen.first_ms <= seen.largest_ms
        assert sum(scripts(page).values()) < MOST_BYTES / 5
