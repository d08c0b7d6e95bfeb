"""The pictures of docs/pictures, taken of a demo ward in a real Chromium: `make pictures`."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from PIL import Image  # noqa: E402
from playwright.sync_api import Page  # noqa: E402

from tests.browser import Screens, chromium  # noqa: E402
from tests.journeys.halls import Hall, hall, server_of  # noqa: E402
from tests.journeys.views import OFFICE, PUBLIC, STAFF, View  # noqa: E402

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
HEIGHTS = {360: 740, 768: 1024, 1024: 768, 1920: 1080}
COLOURS = 128
VIEWS = {view.name: view for view in (*PUBLIC, *STAFF, *OFFICE)}

# picture, view, language, width, dark
PICTURES = (
    ("kiosk-vi-1024", "kiosk-start", "vi", 1024, False),
    ("kiosk-vi-number-1024", "kiosk-number", "vi", 1024, False),
    ("kiosk-en-1024", "kiosk-start", "en", 1024, False),
    ("kiosk-fr-1024", "kiosk-start", "fr", 1024, False),
    ("board-vi-1920", "board", "vi", 1920, False),
    ("ticket-vi-360", "ticket-waiting", "vi", 360, False),
    ("ticket-vi-called-360", "ticket-called", "vi", 360, False),
    ("ticket-vi-receipt-360", "ticket-receipt", "vi", 360, False),
    ("ticket-en-360", "ticket-waiting", "en", 360, False),
    ("ticket-fr-360", "ticket-waiting", "fr", 360, False),
    ("desk-vi-1920", "desk-case", "vi", 1920, False),
    ("desk-vi-768", "desk-case", "vi", 768, False),
    ("desk-vi-360", "desk-case", "vi", 360, False),
    ("desk-en-1920", "desk-case", "en", 1920, False),
    ("desk-fr-1920", "desk-case", "fr", 1920, False),
    ("find-vi-360", "find", "vi", 360, False),
    ("procedure-vi-360", "procedure", "vi", 360, False),
    ("guide-vi-start-360", "procedure-guide", "vi", 360, False),
    ("guide-vi-360", "guide-question", "vi", 360, False),
    ("practice-vi-1024", "practice-form", "vi", 1024, False),
    ("record-vi-1024", "record-of-help", "vi", 1024, False),
    ("coordinator-vi-1920", "coordinator", "vi", 1920, False),
    ("report-vi-1920", "report", "vi", 1920, False),
    ("office-vi-1920", "office", "vi", 1920, False),
    ("look-1920", "office-look", "vi", 1920, False),
    ("look-dark-1920", "office-look", "vi", 1920, True),
)


def take(screens: Screens, house: Hall, facts: dict[str, str], names: Iterable[str] = ()) -> None:
    """Take each picture, or only those named."""
    for picture, name, language, width, dark in PICTURES:
        if names and picture not in names:
            continue
        view = VIEWS[name]
        page = _page(screens, house, view, facts, language, width, dark)
        _keep(page, FOLDER / f"{picture}.png", whole=width == 360 or name == "office-look")
        page.context.close()
        print(picture)


def _page(
    screens: Screens, house: Hall, view: View, facts: dict[str, str], language: str, width: int, dark: bool
) -> Page:
    state = house.states[view.who] if view.who else None
    size = (width, HEIGHTS[width])
    page = screens.open(view.path.format(**facts), size=size, state=state, language=language, dark=dark)
    if view.way:
        view.way(page, facts)
    page.wait_for_load_state()
    page.wait_for_function("() => [...document.querySelectorAll('dh-guide')].every(one => one.isDrawn)")
    page.evaluate("() => document.fonts.ready.then(() => undefined)")
    page.evaluate("() => document.querySelectorAll('[data-toast]').forEach(toast => toast.remove())")
    return page


def _keep(page: Page, path: Path, *, whole: bool) -> None:
    # Playwright hides the caret by an inline style, which our own policy forbids: leave it.
    picture = Image.open(io.BytesIO(page.screenshot(full_page=whole, caret="initial"))).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def main(names: list[str]) -> None:
    """Make a demo ward, bring it into known states, take the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as shared, chromium() as browser:
        house = hall("busy", Path(shared), browser)
        server = server_of(house)
        try:
            server.start()
            screens = Screens(browser, server.url)
            take(screens, house, json.loads(server.run("tests.journeys.states")), names)
            screens.close()
            screens.assert_clean()
        finally:
            server.__exit__()


if __name__ == "__main__":
    main(sys.argv[1:])
