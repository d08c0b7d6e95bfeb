"""A marriage through the guide and the extension, against the same form typed by hand: keys, clicks, seconds.

The seconds of the model are those of the keystroke-level model (Card, Moran, Newell 1980), from what a real browser
heard of the hands; what no page hears, the browser's own shortcut and a card held before the camera, is added.
"""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django

from benchmarks.figures import say

AIM = 1 / 3
MODEL = "keystroke-level model, K 0.28 P 1.1 B 0.1 H 0.4 M 1.35 s"


def main() -> None:
    """Both ways, then what of the one is left of the other."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.browser import Screens, chromium
    from tests.journeys.halls import hall, server_of
    from tests.journeys.marriage import CODE, Marriage, desk_browser
    from tests.journeys.walks import take_number

    with tempfile.TemporaryDirectory() as shared, chromium() as browser:
        house = hall("quiet", Path(shared), browser)
        server = server_of(house)
        try:
            server.start()
            kiosk = Screens(browser, server.url)
            take_number(kiosk.open("/kiosk/", state=house.states["kiosk"]), "B", CODE)
            kiosk.close()
            with desk_browser(browser, Path(shared), server.url, house.states["lan"]) as context:
                guided = _guided(Marriage(context))
                _compare(guided, _by_hand(context))
        finally:
            server.__exit__()


def _guided(visit: Any) -> tuple[Any, float]:
    """The form filled through the guide; what it took, and the clock's seconds."""
    from tests.journeys.marriage import GROOM, SHORTCUT, SHOWN, VALUES, acts_on, held, signed_in

    visit.open_case()
    acts_on(visit.page)
    began = time.perf_counter()
    visit.ask()
    visit.hand_over()
    seconds = time.perf_counter() - began
    acts = acts_on(visit.page)
    portal = signed_in(visit.context, GROOM)
    began = time.perf_counter()
    visit.press_extension(portal)
    seconds += time.perf_counter() - began
    assert held(portal) == VALUES
    for name, one in zip(("camera", "hand scanner"), visit.scan_seconds, strict=True):
        say(f"card to proposals, {name}", one, "s", aim=2)
    return acts + SHORTCUT + SHOWN + SHOWN, seconds


def _by_hand(context: Any) -> tuple[Any, float]:
    """The same values typed into the same form."""
    from tests.journeys.marriage import GROOM, VALUES, acts_on, held, signed_in, type_by_hand

    portal = signed_in(context, GROOM)
    acts_on(portal)
    began = time.perf_counter()
    type_by_hand(portal, VALUES)
    seconds = time.perf_counter() - began
    assert held(portal) == VALUES
    return acts_on(portal), seconds


def _compare(guided: tuple[Any, float], by_hand: tuple[Any, float]) -> None:
    for name, (acts, seconds) in (("guide, two scans, extension", guided), ("by hand", by_hand)):
        say(
            f"marriage form, {name}: keystrokes",
            acts.keys,
            "keys",
            with_marks_of_telex=acts.keys + acts.telex,
        )
        say(f"marriage form, {name}: clicks", acts.clicks, "clicks", **_rest(acts))
        say(
            f"marriage form, {name}: {MODEL}",
            acts.seconds_with_marks,
            "s",
            without_marks=round(acts.seconds, 1),
            clock_s=round(seconds, 1),
        )
    one, other = guided[0], by_hand[0]
    say(
        "marriage form, share of keystrokes left",
        (one.keys + one.telex) / (other.keys + other.telex),
        "",
        aim=round(AIM, 2),
    )
    say(
        "marriage form, share of the model's seconds left",
        one.seconds_with_marks / other.seconds_with_marks,
        "",
        aim=round(AIM, 2),
        without_marks=round(one.seconds / other.seconds, 2),
    )


def _rest(acts: Any) -> dict[str, int]:
    return {name: value for name, value in asdict(acts).items() if name in ("homings", "chunks", "points")}


if __name__ == "__main__":
    main()
