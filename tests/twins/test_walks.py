"""Ten thousand walks through both engines: after every move each screen, error and status is the same."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings

from donghanh.catalog.actions.read_pack import read_all
from donghanh.catalog.queries.evaluating import EVALUATOR
from donghanh.catalog.rules.flow import View, screens_of
from donghanh.catalog.rules.plan import plan_from
from tests.browser import chromium
from tests.twins.cases import TODAY
from tests.twins.plan_growing import CHANGED, answer_to, plan_grown
from tests.twins.twin import Twin, twin_in

pytestmark = pytest.mark.pure

WALKS, BATCH, PLANS, MOVES, SEED = 10_000, 1_000, 160, 10, 20261124
TOLD = (
    *("required", "check", "hard", "soft", "too_few_rows", "not_a_day"),
    *("completed", "in_progress", "not_started", "cannot_start", "not_needed"),
    *("may_be_needed", "may_be_due", "exempt", "failed", "unknown", '"next":null', '"kind":"repeat"'),
)
VIEWS: tuple[View, View] = ("citizen", "member")


def plans() -> list[dict[str, Any]]:
    """Editions grown at random, and the packs that ask something."""
    shipped = [
        plan_from(content, number=1, edition_hash="0" * 64, language="vi")
        for content in read_all(Path(settings.BASE) / "packs")
        if content.questions
    ]
    return [plan_grown(SEED + number) for number in range(PLANS)] + shipped


def moves(plan: dict[str, Any], random: Random) -> Iterator[tuple[dict[str, Any], list[str], str]]:
    """A walk: what is answered and ticked at each move, and the state after it."""
    questions = {question["id"]: question for question in plan["questions"]}
    answers: dict[str, Any] = {}
    ticks: list[str] = []
    changed: dict[str, Any] = {}
    for number in range(MOVES):
        for name, answer in changed.items():
            if answer is None:
                answers.pop(name, None)
            else:
                answers[name] = answer
        state = screens_of(plan, answers, TODAY, VIEWS[number % 2], EVALUATOR.evaluate, ticks)
        yield changed, list(ticks), json.dumps(state, sort_keys=True, separators=(",", ":"))
        changed = {}
        screen = next((one for one in state["screens"] if one["id"] == state["next"]), None)
        if screen is None or (questions and random.random() < CHANGED):
            name = random.choice(list(questions) or [""])
            if name:
                changed[name] = answer_to(questions[name], random) if random.random() < 0.8 else None
        elif screen["questions"] and random.random() < 0.95:
            changed = {name: answer_to(questions[name], random) for name in screen["questions"]}
        else:
            ticks.append(screen["step"])


def walked(grown: list[dict[str, Any]], numbers: range) -> tuple[list[dict[str, Any]], list[list[str]]]:
    """Walks for the browser, and the states of the server."""
    walks, states = [], []
    for number in numbers:
        plan = number % len(grown)
        steps = list(moves(grown[plan], Random(SEED + number)))
        walk = [{"answers": changed, "ticks": ticks} for changed, ticks, _ in steps]
        walks.append({"plan": plan, "today": TODAY, "moves": walk})
        states.append([state for _, _, state in steps])
    return walks, states


def hashed(states: list[str]) -> str:
    """One mark for all the states of a walk."""
    return hashlib.sha256("\n".join(states).encode()).hexdigest()


def first_difference(twin: Twin, walk: dict[str, Any], states: list[str]) -> tuple[Any, str, str] | None:
    """The first move after which the two sides differ."""
    for number, (here, there) in enumerate(zip(states, twin.call("states", walk), strict=True)):
        if here != there:
            return walk["moves"][: number + 1], here, there
    return None


@pytest.mark.browser
def test_ten_thousand_walks_show_the_same_on_both_sides():
    grown = plans()
    told = Counter[str]()
    with chromium() as browser, twin_in(browser) as twin:
        twin.call("plans", grown)
        walks, states = walked(grown, range(BATCH))
        for begin in range(0, WALKS, BATCH):
            twin.call("start", walks)
            following = walked(grown, range(begin + BATCH, min(begin + 2 * BATCH, WALKS)))
            there = twin.call("finish")
            for walk, here, mark in zip(walks, states, there, strict=True):
                assert hashed(here) == mark, first_difference(twin, walk, here)
                told.update(word for state in here for word in TOLD if word in state)
            walks, states = following
    # Worth something only if everything the flow can tell was told often.
    assert {word: told[word] for word in TOLD if told[word] < WALKS // 100} == {}
