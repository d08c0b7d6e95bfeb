"""A Chromium for each file of journeys, a hall for each test, and nothing may go wrong on any screen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import Screens, chromium
from tests.journeys.halls import Hall, hall, server_of
from tests.server import LiveServer


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file. Not for a session: its loop would stand in the way of other tests' database."""
    with chromium() as program:
        yield program


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this run see."""
    base = tmp_path_factory.getbasetemp()
    return (base if worker_id == "master" else base.parent) / "halls"


@pytest.fixture(scope="module")
def quiet_hall(shared: Path, browser: Browser) -> Hall:
    """The demo ward before its first day."""
    return hall("quiet", shared, browser)


@pytest.fixture
def server(quiet_hall: Hall) -> Iterator[LiveServer]:
    """A server on a quiet hall of the test's own."""
    serving = server_of(quiet_hall)
    try:
        yield serving.start()
    finally:
        serving.__exit__()


@pytest.fixture
def screens(browser: Browser, server: LiveServer) -> Iterator[Screens]:
    """Screens on the test's own server; at the end nothing must have gone wrong on them."""
    opened = Screens(browser, server.url)
    yield opened
    opened.close()
    opened.assert_clean()


@pytest.fixture(scope="module")
def busy_hall(shared: Path, browser: Browser) -> Hall:
    """The demo ward in the middle of a day."""
    return hall("busy", shared, browser)


@pytest.fixture(scope="module")
def busy_server(busy_hall: Hall) -> Iterator[LiveServer]:
    """A server on a busy hall, one for a file."""
    serving = server_of(busy_hall)
    try:
        yield serving.start()
    finally:
        serving.__exit__()


@pytest.fixture(scope="module")
def facts(busy_server: LiveServer) -> dict[str, str]:
    """Where the known states of the busy hall are: see tests.journeys.states."""
    made: dict[str, str] = json.loads(busy_server.run("tests.journeys.states"))
    return made


@pytest.fixture
def busy_screens(browser: Browser, busy_server: LiveServer) -> Iterator[Screens]:
    """Screens on the file's server; at the end nothing must have gone wrong on them."""
    opened = Screens(browser, busy_server.url)
    yield opened
    opened.close()
    opened.assert_clean()
