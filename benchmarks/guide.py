"""A large case walked by both engines: a hundred rules in the browser, the whole case on the server."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import django

from benchmarks.figures import percentile, say

RULES, ROUNDS, WARM_UP = 100, 300, 40
TODAY = "2026-11-24"
AIM_MS = 5


def large_plan() -> dict[str, Any]:
    """A hundred questions, each with a condition over the three before it, in ten steps."""
    from dataclasses import replace  # after Django is set up, as all below

    from donghanh.catalog.actions.compiling import compile_condition
    from donghanh.catalog.rules.content import Step
    from donghanh.catalog.rules.guidance import Question
    from donghanh.catalog.rules.plan import plan_from
    from tests.twins.plan_growing import BARE

    questions: list[Question] = []
    for number in range(RULES + 3):
        when = None
        if number >= 3:
            one, two, three = questions[number - 3 : number]
            text = f"{one.id} == 'a' || ({two.id} in ['a', 'b'] && st.{three.id} != 'dont_know')"
            when = compile_condition(text, questions)
        questions.append(
            Question(f"q{number}", "choice", True, "decide", "none", when=when, choices=("a", "b", "c"))
        )
    steps = tuple(
        Step(
            f"s{at}",
            "citizen",
            (),
            False,
            False,
            None,
            "ask",
            None,
            tuple(q.id for q in questions[at : at + 10]),
        )
        for at in range(0, len(questions), 10)
    )
    content = replace(BARE, questions=tuple(questions), steps=steps)
    return plan_from(content, number=1, edition_hash="0" * 64, language="vi")


def milliseconds(work: Callable[[], Any]) -> list[float]:
    """How long each of many rounds takes, after some to warm up."""
    for _ in range(WARM_UP):
        work()
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def on_the_server(plan: dict[str, Any], answers: dict[str, Any]) -> None:
    """The whole case, and its conditions alone."""
    from donghanh.catalog.queries.evaluating import EVALUATOR
    from donghanh.catalog.rules.flow import screens_of

    whole = milliseconds(lambda: screens_of(plan, answers, TODAY, "member", EVALUATOR.evaluate))
    st = dict.fromkeys(answers, "given")
    bindings = {name: answer["value"] for name, answer in answers.items()} | {"st": st, "today": TODAY}
    conditions = [question["when"] for question in plan["questions"] if "when" in question]
    raw = milliseconds(lambda: [EVALUATOR.evaluate(one, bindings) for one in conditions])
    _say("whole case walked on the server", whole, raw)


def in_the_browser(plan: dict[str, Any], answers: dict[str, Any]) -> None:
    """The same in Chromium, as it is and on a processor six times as slow."""
    from tests.browser import chromium
    from tests.twins.twin import twin_in

    with chromium() as browser, twin_in(browser) as twin:
        for slower in (1, 6):
            twin.page.context.new_cdp_session(twin.page).send(
                "Emulation.setCPUThrottlingRate", {"rate": slower}
            )
            whole, raw = twin.call("time", plan, answers, TODAY, WARM_UP, ROUNDS)
            _say(
                f"step of {RULES} rules in the browser{', 6 times slower' if slower > 1 else ''}", whole, raw
            )


def main() -> None:
    """Both sides."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    plan = large_plan()
    answers = {
        question["id"]: {"state": "given", "value": "abc"[number % 2]}
        for number, question in enumerate(plan["questions"])
    }
    on_the_server(plan, answers)
    in_the_browser(plan, answers)


def _say(what: str, whole: list[float], raw: list[float]) -> None:
    for share in (0.5, 0.95):
        alone = round(percentile(raw, share), 3)
        say(
            f"{what}, p{share:.0%}".rstrip("%"),
            percentile(whole, share),
            "ms",
            aim=AIM_MS,
            conditions_alone_ms=alone,
        )


if __name__ == "__main__":
    main()
