"""An answer is written alike by the server and by the page: both run `spelling.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from donghanh.catalog.rules.guidance import FormValue, Question
from donghanh.catalog.rules.spelling import Names, number_in_words, spelt, written
from tests.browser import chromium
from tests.twins.pages import module_page

CASES = json.loads(Path(__file__).with_name("spelling.json").read_text())


def question_of(plan: dict[str, Any]) -> Question:
    """A question of a plan as the edition has it."""
    choices = tuple(choice["id"] for choice in plan.get("choices", ()))
    return Question(plan["id"], plan["type"], False, "register", "none", choices=choices)


def names_of(plan: dict[str, Any], names: dict[str, Any]) -> Names:
    return Names({choice["id"]: choice["label"] for choice in plan.get("choices", ())}, **names)


def spelt_here(case: dict[str, Any]) -> str:
    question = case["question"]
    return spelt(case["value"], case["spelling"], question_of(question), names_of(question, case["names"]))


def written_here(case: dict[str, Any]) -> str:
    texts = {
        f"questions.{name}.choices.{choice['id']}": choice["label"]
        for name, question in case["questions"].items()
        for choice in question.get("choices", ())
    }
    questions = {name: question_of({**question, "id": name}) for name, question in case["questions"].items()}
    place = FormValue(**{**case["place"], "questions": tuple(case["place"]["questions"])})
    return written(place, case["answers"], questions, texts, case["names"].get("areas", {}))


@pytest.mark.pure
def test_the_server_writes_answers_as_the_fixtures_say():
    assert [spelt_here(case) for case in CASES["spelt"]] == [case["expected"] for case in CASES["spelt"]]
    assert [written_here(case) for case in CASES["written"]] == [
        case["expected"] for case in CASES["written"]
    ]
    assert [number_in_words(number) for number, _ in CASES["numbers"]] == [
        words for _, words in CASES["numbers"]
    ]


@pytest.mark.pure
@pytest.mark.browser
def test_the_page_writes_answers_as_the_fixtures_say():
    with chromium() as browser:
        page = module_page(browser, "js/guide/spelling.js")
        got = page.evaluate(
            """async ({spelt, written, numbers}) => {
              const twin = await import("/static/js/guide/spelling.js");
              return {
                spelt: spelt.map(one => twin.spelt(one.value, one.spelling, one.question, one.names)),
                written: written.map(one => twin.written(one.place, one.answers, one.questions, one.names)),
                numbers: numbers.map(([number]) => twin.numberInWords(number)),
              };
            }""",
            CASES,
        )
    assert got == {
        "spelt": [case["expected"] for case in CASES["spelt"]],
        "written": [case["expected"] for case in CASES["written"]],
        "numbers": [words for _, words in CASES["numbers"]],
    }
