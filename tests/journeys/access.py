"""One view inspected in every language, width and light; the tests of accessibility go through it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, StorageState

from tests.browser import Screens
from tests.journeys import inspection
from tests.journeys.halls import Hall
from tests.journeys.views import View

NARROW, WIDE = (320, 640), (1920, 1080)


def faults_of(view: View, screens: Screens, hall: Hall, facts: dict[str, str]) -> list[str]:
    """What is wrong with a view, in Vietnamese, English and French, narrow and wide, light and dark."""
    screens.expects(rf"answer: {view.answers} ")
    state = hall.states[view.who] if view.who else None
    found = []
    for language in ("vi", "en", "fr"):
        page = _come_to(view, screens, state, facts, language=language)
        found += _looked_at(page, language, thorough=language == "vi")
        page.context.close()
    page = _come_to(view, screens, state, facts, language="vi", dark=True)
    found += _named("dark", inspection.barriers(page))
    page.context.close()
    return found


def _come_to(
    view: View, screens: Screens, state: StorageState | None, facts: dict[str, str], **options: Any
) -> Page:
    page = screens.open(view.path.format(**facts), size=WIDE, state=state, **options)
    if view.way:
        view.way(page, facts)
    page.wait_for_load_state()
    page.wait_for_function("() => [...document.querySelectorAll('dh-guide')].every(one => one.isDrawn)")
    return page


def _looked_at(page: Page, language: str, *, thorough: bool) -> list[str]:
    found = inspection.wrong_language(page, language)
    if thorough:
        found += inspection.unreachable(page)
        found += inspection.cut_off_at_double_size(page)
    found += _named("wide", [*inspection.barriers(page), *inspection.sideways(page)])
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    found += _named("narrow", [*inspection.barriers(page), *inspection.sideways(page)])
    return [f"{language}: {fault}" for fault in found]


def _named(where: str, faults: list[str]) -> list[str]:
    return [f"{where}: {fault}" for fault in faults]
