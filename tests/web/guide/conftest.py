"""One Chromium for a file; nothing may go wrong on any page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.web.guide.guide_page import GuidePage


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with chromium() as program:
        yield program


@pytest.fixture
def guide(browser: Browser) -> Iterator[Callable[..., GuidePage]]:
    """Opens pages with a guide; at the end the browser must have complained of none."""
    opened: list[GuidePage] = []

    def open_page(*arguments: Any, **options: Any) -> GuidePage:
        opened.append(GuidePage(browser, *arguments, **options))
        return opened[-1]

    yield open_page
    for one in opened:
        one.context.close()
    assert [problem for one in opened for problem in one.problems] == []
