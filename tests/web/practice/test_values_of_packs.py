"""From a shipped pack's answers to the values of its portal's fields: the page computes what the server would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from donghanh.catalog.actions.read_pack import read_pack
from donghanh.catalog.queries.evaluating import EVALUATOR
from donghanh.catalog.rules.canonical import edition_hash
from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.flow import screens_of
from donghanh.catalog.rules.guidance import Question
from donghanh.catalog.rules.plan import plan_from
from donghanh.practice.rules.entering import practice_map
from donghanh.practice.rules.invented import PEOPLE
from donghanh.practice.rules.lessons import right_value, sample_answer
from tests.browser import chromium
from tests.practice.lay import mapped
from tests.twins.pages import module_page

pytestmark = [pytest.mark.pure, pytest.mark.browser]
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as program:
        yield program


def answer(question: Question, roles: list[str]) -> dict[str, Any]:
    """What the practice people answer, typed as the guide keeps it."""
    plain = sample_answer(question, roles, TODAY)
    typed: Any = plain
    if question.type == "choices":
        typed = [plain]
    elif question.type in {"integer", "money"}:
        typed = int(plain)
    elif question.type == "yes_no":
        typed = plain == "true"
    return {"state": "given", "value": typed} if plain else {"state": "empty"}


def expected(content: EditionContent, answers: dict[str, Any], hidden: set[str]) -> dict[str, str]:
    form = practice_map(content)
    assert form is not None
    bindings = {name: one["value"] for name, one in answers.items() if "value" in one and name not in hidden}
    states = {name: "hidden" if name in hidden else one["state"] for name, one in answers.items()}
    values = {}
    for field in form.fields:
        applies = field.when is None or EVALUATOR.evaluate(
            field.when, {**bindings, "st": states, "today": TODAY.isoformat()}
        )
        asked = tuple(name for name in field.value.questions if name not in hidden)
        value = right_value(content, replace(field, value=replace(field.value, questions=asked)), TODAY)
        is_ticked = field.kind == "checkbox" and value == "true"
        values[field.name] = ("on" if is_ticked else value) if applies is True else ""
    return values


@pytest.mark.parametrize("code", mapped())
def test_the_page_fills_in_what_the_answers_say(browser, code):
    content = read_pack(settings.PACKS / code)
    roles = [role.id for role in content.roles]
    answers = {one.id: answer(one, roles) for one in content.questions}
    plan = plan_from(content, number=1, edition_hash=edition_hash(content), language="vi")
    flow = screens_of(plan, answers, TODAY.isoformat(), "member", EVALUATOR.evaluate, ())
    hidden = {*flow["hidden"], *flow["waiting"]}
    page = module_page(browser)
    got = page.evaluate(
        """async ([plan, answers, hidden, areas, today]) => {
          const {portalValues} = await import("/static/js/guide/portal_values.js");
          const {evaluate} = await import("/static/js/guide/conditions.js");
          const map = plan.portal_maps.find(one => one.portal === "practice");
          const filled = portalValues(map, {plan, answers, hidden: new Set(hidden), areas, today, evaluate});
          return Object.fromEntries(filled.map(one => [one.name, one.value]));
        }""",
        [plan, answers, sorted(hidden), {one.area: one.area_name for one in PEOPLE}, TODAY.isoformat()],
    )
    page.close()
    assert got == expected(content, answers, hidden)
    assert sum(map(bool, got.values())) >= 5
