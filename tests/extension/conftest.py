"""One Chromium with the extension for a file of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext

from tests.extension.browsers import with_extension


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    """The browser; every test opens pages of its own and closes them."""
    with with_extension() as browser:
        yield browser


@pytest.fixture(autouse=True)
def _closed_pages(context: BrowserContext) -> Iterator[None]:
    yield
    for page in context.pages[1:]:
        page.close()
