"""The plan of an edition: what a guide gets, and how the server walks by it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from donghanh.catalog.actions.compiling import compile_condition
from donghanh.catalog.queries import plan_of, schema_faults, walked
from donghanh.catalog.queries.editions import content_of
from donghanh.catalog.queries.plans import faults, validator
from donghanh.catalog.rules.answer_schema import answer_schema
from donghanh.catalog.rules.content import Paper, Step
from donghanh.catalog.rules.guidance import Check, Question, Role
from donghanh.catalog.rules.plan import plan_from
from tests import make
from tests.twins.plan_growing import BARE, SURE

SEX = Question("sex", "choice", True, "register", "basic", choices=("male", "female"), role="owner")
BORN = Question("born", "date", True, "decide", "basic", latest="today", key="born_on")
OLD_ENOUGH = compile_condition("age_on(born, today) >= 18", [BORN])
CONTENT = replace(
    BARE,
    roles=(Role("owner", True),),
    questions=(SEX, replace(BORN, checks=(Check("age", OLD_ENOUGH, "hard", SURE),))),
    steps=(Step("self", "citizen", (), False, False, SURE, "ask", None, ("sex", "born")),),
    papers=(Paper("card", "show", "original", 1, False, SURE, compile_condition("sex == 'male'", [SEX])),),
    texts={
        "vi": {
            "name": "Thử",
            "roles.owner": "Chủ hồ sơ",
            "steps.self.title": "Về ông/bà",
            "questions.sex.label": "Giới tính?",
            "questions.sex.hint": "Theo giấy tờ",
            "questions.sex.choices.male": "Nam",
            "questions.sex.choices.female": "Nữ",
            "questions.born.checks.age": "Chưa đủ tuổi",
            "papers.card.name": "Thẻ",
        },
        "en": {"name": "Trial", "questions.sex.choices.male": "Male"},
    },
)


def planned(language: str) -> dict[str, Any]:
    """The plan of this content."""
    return plan_from(CONTENT, number=3, edition_hash="ab" * 32, language=language)


@pytest.mark.pure
def test_a_plan_says_what_a_guide_needs_and_nothing_of_the_server():
    plan = planned("en")
    tree = {"tree": OLD_ENOUGH.tree, "refs": ["born"]}
    assert plan["questions"] == [
        {
            "id": "sex",
            "type": "choice",
            "required": True,
            "purpose": "register",
            "privacy": "basic",
            "choices": [{"id": "male", "label": "Male"}, {"id": "female", "label": "Nữ"}],
            "role": "owner",
            "label": "Giới tính?",
            "hint": "Theo giấy tờ",
        },
        {
            "id": "born",
            "type": "date",
            "required": True,
            "purpose": "decide",
            "privacy": "basic",
            "latest": "today",
            "key": "born_on",
            "checks": [{"id": "age", "must": tree, "level": "hard", "message": "Chưa đủ tuổi"}],
        },
    ]
    assert plan["roles"] == [{"id": "owner", "is_beneficiary": True, "label": "Chủ hồ sơ"}]
    assert plan["steps"] == [
        {
            "id": "self",
            "who": "citizen",
            "volunteer_stops": False,
            "officer_only": False,
            "kind": "ask",
            "ask": ["sex", "born"],
            "title": "Về ông/bà",
        }
    ]
    assert (plan["name"], plan["edition"], plan["hash"]) == ("Trial", 3, "ab" * 32)


@pytest.mark.pure
def test_the_schema_takes_answers_and_names_the_place_of_a_fault_without_its_value():
    check = validator(answer_schema(planned("vi")["questions"]))
    assert faults(check, {"sex": {"state": "given", "value": "male"}, "born": {"state": "empty"}}) == []
    wrong: dict[str, Any] = {
        "sex": {"state": "given", "value": "m"},
        "born": {"state": "given"},
        "x": {"state": "empty"},
    }
    assert sorted(faults(check, wrong)) == ["", "born", "sex/value"]
    assert faults(check, {"born": {"state": "dont_know"}}) == ["born/state"]
    assert faults(check, {"born": {"state": "given", "value": "\ud800"}}) == [""]


def test_every_published_edition_has_a_plan_in_each_language():
    edition = make.procedure().current
    assert edition is not None
    for language in ("vi", "en", "fr"):
        plan = plan_of(edition.pk, language)
        assert plan is plan_of(edition.pk, language)
        assert (plan["hash"], plan["edition"], plan["language"]) == (edition.hash, edition.number, language)
        assert plan["name"] == content_of(edition.pk).texts[language]["name"]
        assert json.loads(json.dumps(plan)) == plan


def test_the_server_walks_by_the_plan_of_the_edition():
    edition = make.procedure().current
    assert edition is not None
    flow = walked(edition.pk, {}, today=date(2026, 11, 24))
    plan = plan_of(edition.pk)
    assert [one["id"] for one in flow["steps"]] == [step["id"] for step in plan["steps"]]
    assert set(flow["papers"]) == {paper["id"] for paper in plan["papers"]}
    assert schema_faults(edition.pk, {}) == []
    assert schema_faults(edition.pk, {"nobody": {"state": "empty"}}) == [""]
