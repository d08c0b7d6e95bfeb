"""The public page and the guide on a cheap phone with a bad line: first screen, next question, bytes of scripts."""

from __future__ import annotations

import os

import django

from benchmarks.figures import percentile, say

CODES = ("1.000894", "1.001193", "2.000635")
QUESTIONS, ROUNDS = 12, 3
AIM_SCREEN_MS, AIM_QUESTION_MS, AIM_SCRIPT_KB = 3000, 100, 150


def main() -> None:
    """One line a figure, each with its aim and the profile it was measured under."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.browser import chromium
    from tests.server import LiveServer

    with LiveServer("sqlite", DONGHANH_DEMO="1") as server, chromium() as browser:
        server.run("tests.practice.lay")
        server.run("donghanh", "import-areas")
        server.start()
        from tests.journeys import slow_phone

        for code in CODES:
            seen = []
            for _ in range(ROUNDS):
                with slow_phone.slow_phone(browser) as page:
                    seen.append(slow_phone.first_screen(page, f"{server.url}/p/{code}"))
            for name, figures in (
                ("first", [one.first_ms for one in seen]),
                ("largest", [one.largest_ms for one in seen]),
            ):
                say(
                    f"/p/{code}, {name} contentful paint, p50 of {ROUNDS}",
                    percentile(figures, 0.5),
                    "ms",
                    aim=AIM_SCREEN_MS,
                    profile=slow_phone.PROFILE,
                )
            with slow_phone.slow_phone(browser) as page:
                opened = slow_phone.opened_guide(page, f"{server.url}/p/{code}/guide")
                say(f"/p/{code}/guide, ready to begin", opened, "ms", profile=slow_phone.PROFILE)
                turns = slow_phone.questions_in_turn(page, QUESTIONS)
                for share in (0.5, 1.0):
                    say(
                        f"/p/{code}/guide, next question painted after the touch, p{share:.0%}".rstrip("%"),
                        percentile([one.painted_ms for one in turns], share),
                        "ms",
                        aim=AIM_QUESTION_MS,
                        turns=len(turns),
                        worked_ms=round(percentile([one.worked_ms for one in turns], share)),
                        busy_of_this_machine=round(os.getloadavg()[0] / (os.cpu_count() or 1), 1),
                        profile=slow_phone.PROFILE,
                    )
                fetched = slow_phone.scripts(page)
                say(
                    f"/p/{code}/guide, scripts as transferred, no scanner",
                    sum(fetched.values()) / 1000,
                    "kB",
                    aim=AIM_SCRIPT_KB,
                    files=len(fetched),
                )


if __name__ == "__main__":
    main()
