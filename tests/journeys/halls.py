"""Wards to walk through: made once a run in a data folder, then copied for each server that needs one.

A quiet hall is the demo ward before its first day: nobody waits, every counter is shut. A busy hall has
lived its days. In both every role has signed in and every device is set up through the real pages.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, StorageState

from donghanh.management.commands.demo import DEVICE_CODES
from donghanh.management.demo.laying import PASSWORD
from tests.browser import Screens
from tests.server import LiveServer

SETTINGS = {"DONGHANH_DEMO": "1", "DONGHANH_SECOND_FACTOR": "optional"}
MEMBERS = ("lan", "minh", "thu", "hung", "quantri")

MADE = {"quiet": ("tests.journeys.lay",), "busy": ("donghanh", "demo", "--no-serve")}


class Hall(NamedTuple):
    """A data folder, and the cookies of everyone who has a screen there."""

    folder: Path
    states: dict[str, StorageState]


def hall(kind: str, shared: Path, browser: Browser) -> Hall:
    """The hall of that kind below `shared`, made by the first worker that asks."""
    folder = shared / f"hall-{kind}"
    shared.mkdir(parents=True, exist_ok=True)
    with (shared / f"hall-{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _make(kind, folder, browser)
    return Hall(folder / "data", json.loads((folder / "states.json").read_text()))


def server_of(hall: Hall, **environment: str) -> LiveServer:
    """A server on its own copy of the hall, not started yet."""
    server = LiveServer("sqlite", **SETTINGS, **environment)
    server.environment["DONGHANH_PORT"] = str(server.port)  # the address that stands in QR codes
    shutil.copytree(hall.folder, server.folder / "data")
    return server


def _make(kind: str, folder: Path, browser: Browser) -> None:
    server = LiveServer("sqlite", **SETTINGS)
    try:
        print(server.run(*MADE[kind]), file=sys.stderr)
        server.start()
        screens = Screens(browser, server.url)
        states = {name: _signed_in(screens, name) for name in MEMBERS}
        states |= {kind: _enrolled(screens, code) for kind, code in DEVICE_CODES.items()}
        screens.close()
        screens.assert_clean()
        server.stop()
        folder.mkdir()
        (folder / "states.json").write_text(json.dumps(states))
        shutil.copytree(server.folder / "data", folder / "data")
    finally:
        server.__exit__()


def _signed_in(screens: Screens, username: str) -> StorageState:
    page = screens.open("/account/login/?next=/account/")
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    return page.context.storage_state()


def _enrolled(screens: Screens, code: str) -> StorageState:
    page = screens.open("/enrol/")
    page.locator("[name=code]").fill(code)
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "/enrol" not in url)
    return page.context.storage_state()
