"""Conditions tried out: what can never or always hold, with hidden and waiting questions as in the guide."""

from __future__ import annotations

import pytest

from donghanh.catalog.actions.compiling import compile_condition
from donghanh.catalog.actions.pack_truth import verdict
from donghanh.catalog.rules.guidance import Condition, Question

pytestmark = pytest.mark.pure


def yes_no(name: str, when: Condition | None = None) -> Question:
    return Question(name, "yes_no", required=True, purpose="decide", privacy="none", when=when)


MARRIED, ABROAD, AGE = (
    yes_no("married"),
    yes_no("abroad"),
    Question("age", "integer", required=True, purpose="decide", privacy="none"),
)
IF_MARRIED = compile_condition("married", [MARRIED])


def said(text: str, *questions: Question, asked_when: dict[str, Condition] | None = None) -> bool | None:
    return verdict(compile_condition(text, questions), questions, asked_when)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("married", None),
        ("married && !married", False),
        ("married || !married", True),
        ("st.married == 'hidden'", False),
        ("married && age > 5 && age < 3", None),
    ],
)
def test_a_condition_that_never_or_always_holds_is_told_and_a_number_leaves_it_open(text, expected):
    assert said(text, MARRIED, AGE) is expected


def test_a_question_is_hidden_by_its_own_condition_and_by_its_steps():
    own = yes_no("abroad", IF_MARRIED)
    assert said("abroad && !married", MARRIED, own) is False
    assert said("st.abroad == 'hidden'", MARRIED, own) is None
    assert said("abroad && !married", MARRIED, ABROAD) is None
    assert said("abroad && !married", MARRIED, ABROAD, asked_when={"abroad": IF_MARRIED}) is False
    assert said("st.abroad == 'hidden'", MARRIED, ABROAD) is False
    assert said("st.abroad == 'hidden'", MARRIED, ABROAD, asked_when={"abroad": IF_MARRIED}) is None


def test_a_question_that_waits_is_not_hidden():
    assert (
        said("st.abroad == 'hidden' && st.married == 'absent'", MARRIED, yes_no("abroad", IF_MARRIED))
        is False
    )
