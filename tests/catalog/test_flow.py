"""How a walk through a procedure goes on: what is shown, what blocks, what is told about papers and fees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from donghanh.catalog.actions.compiling import compile_condition
from donghanh.catalog.queries.evaluating import EVALUATOR
from donghanh.catalog.rules.content import EditionContent, Exemption, Fee, Paper, Step
from donghanh.catalog.rules.flow import View, screens_of, seen_of
from donghanh.catalog.rules.guidance import Check, Condition, Eligibility, Question
from donghanh.catalog.rules.plan import plan_from
from tests.twins.plan_growing import BARE, SURE

pytestmark = pytest.mark.pure

MARRIED = Question("married", "yes_no", True, "decide", "sensitive", allow=("dont_know",))
BORN = Question("born", "date", True, "decide", "basic", latest="today")
NOTE = Question("note", "text", False, "register", "basic")


def given(value: Any) -> dict[str, Any]:
    """An answer."""
    return {"state": "given", "value": value}


def condition(text: str, *known: Question) -> Condition:
    """A condition over these questions."""
    return compile_condition(text, known)


ABROAD = Question("abroad", "yes_no", True, "decide", "basic", when=condition("married", MARRIED))
ADULT = replace(BORN, checks=(Check("age", condition("age_on(born, today) >= 18", BORN), "hard"),))
KIDS = Question(
    "kids", "repeat", True, "register", "basic", least=1, most=3,
    fields=(
        Question("name", "name", True, "register", "basic"),
        Question("small", "yes_no", False, "decide", "basic"),
        Question("school", "text", True, "register", "basic", when=condition("!small", Question("small", "yes_no", False, "decide", "basic"))),
    ),
)  # fmt: skip


def step(name: str, kind: Any, *ask: str, when: Condition | None = None) -> Step:
    """A step of the citizen's."""
    return Step(name, "citizen", (), False, False, None, kind, when, ask)


def walk(
    content: EditionContent, answers: dict[str, Any], view: View = "citizen", *ticks: str
) -> dict[str, Any]:
    """The flow on 24 November 2026."""
    plan = plan_from(content, number=1, edition_hash="0" * 64, language="vi")
    return screens_of(plan, answers, "2026-11-24", view, EVALUATOR.evaluate, ticks)


def edition(
    *steps: Step, questions: tuple[Question, ...] = (MARRIED, ABROAD, BORN, NOTE), **more: Any
) -> EditionContent:
    """An edition with these steps."""
    return replace(BARE, questions=questions, steps=steps, **more)


WHOLE = edition(
    step("before", "explain"),
    step("home", "ask", "married", "abroad"),
    step("self", "ask", "born", "note"),
    step("check", "review"),
    step("send", "portal"),
    step("slip", "receipt"),
)
ANSWERED = {
    "married": given(True),
    "abroad": given(False),
    "born": given("2000-01-01"),
    "note": {"state": "empty"},
}


def statuses(flow: dict[str, Any]) -> list[str]:
    """The status of each step in order."""
    return [one["status"] for one in flow["steps"]]


def test_the_whole_flow_at_the_start():
    assert walk(WHOLE, {}) == {
        "shown": ["married", "born", "note"],
        "hidden": [],
        "waiting": ["abroad"],
        "errors": {"married": [{"code": "required"}], "born": [{"code": "required"}]},
        "steps": [
            {"id": "before", "status": "not_started"},
            {"id": "home", "status": "not_started"},
            {"id": "self", "status": "not_started"},
            {"id": "check", "status": "cannot_start"},
            {"id": "send", "status": "cannot_start"},
            {"id": "slip", "status": "cannot_start"},
        ],
        "screens": [
            {"id": "before", "step": "before", "kind": "explain", "questions": []},
            {"id": "home.married", "step": "home", "kind": "question", "questions": ["married"]},
            {"id": "self.born", "step": "self", "kind": "question", "questions": ["born"]},
            {"id": "self.note", "step": "self", "kind": "question", "questions": ["note"]},
            {"id": "check", "step": "check", "kind": "review", "questions": []},
            {"id": "send", "step": "send", "kind": "portal", "questions": []},
            {"id": "slip", "step": "slip", "kind": "receipt", "questions": []},
        ],
        "next": "before",
        "papers": {},
        "fees": {},
        "eligibility": {},
        "progress": {"done": 0, "of": 7},
    }


def test_a_member_gets_one_screen_a_step():
    flow = walk(WHOLE, {"married": given(True)}, "member", "before")
    assert [(one["id"], one["questions"]) for one in flow["screens"][:3]] == [
        ("before", []),
        ("home", ["married", "abroad"]),
        ("self", ["born", "note"]),
    ]
    assert (flow["next"], flow["progress"]) == ("home", {"done": 1, "of": 6})


def test_a_yes_brings_a_question_and_a_no_hides_it():
    assert walk(WHOLE, {"married": given(True)})["shown"] == ["married", "abroad", "born", "note"]
    assert walk(WHOLE, {"married": given(False)})["hidden"] == ["abroad"]


def test_dont_know_leaves_the_next_question_waiting_and_blocks_nothing():
    flow = walk(WHOLE, {"married": {"state": "dont_know"}, "born": given("2000-01-01")}, "member")
    assert (flow["waiting"], flow["errors"], statuses(flow)[1:4]) == (
        ["abroad"],
        {},
        ["completed", "completed", "not_started"],
    )


def test_an_answer_that_may_not_be_left_open_is_an_error():
    flow = walk(WHOLE, {"married": {"state": "not_applicable"}, "born": {"state": "empty"}})
    assert flow["errors"] == {"married": [{"code": "not_in_list"}], "born": [{"code": "required"}]}


def test_a_hidden_answer_is_kept_aside_and_not_read():
    told = edition(
        step("home", "ask", "married", "abroad"),
        questions=(MARRIED, ABROAD),
        papers=(Paper("decree", "show", "copy", 1, False, SURE, condition("abroad", ABROAD)),),
    )
    assert walk(told, {"married": given(False), "abroad": given(True)})["papers"] == {
        "decree": "may_be_needed"
    }
    assert walk(told, {"married": given(True), "abroad": given(True)})["papers"] == {"decree": "needed"}


def test_a_hidden_question_has_the_state_hidden():
    later = replace(NOTE, when=condition("st.abroad == 'hidden'", ABROAD))
    told = edition(step("home", "ask", "married", "abroad", "note"), questions=(MARRIED, ABROAD, later))
    assert walk(told, {"married": given(False)})["shown"] == ["married", "note"]
    assert walk(told, {"married": given(True)})["hidden"] == ["note"]
    assert walk(told, {})["waiting"] == ["abroad", "note"]


def test_an_optional_question_is_passed_over_once_it_is_left_empty():
    answers = {**ANSWERED}
    assert walk(WHOLE, answers, "citizen", "before")["next"] == "check"
    del answers["note"]
    flow = walk(WHOLE, answers, "citizen", "before")
    assert (flow["next"], statuses(flow)[2]) == ("self.note", "completed")


def test_a_step_of_optional_questions_is_offered_before_it_is_passed_over():
    told = edition(step("more", "ask", "note"), step("check", "review"), questions=(NOTE,))
    assert (walk(told, {}, "member")["next"], statuses(walk(told, {}, "member"))) == (
        "more",
        ["not_started", "cannot_start"],
    )
    assert walk(told, {}, "member", "more")["next"] == "check"


def test_a_value_that_does_not_hold_blocks_its_step_and_is_not_read():
    answers = {**ANSWERED, "born": given("2026-11-25")}
    flow = walk(WHOLE, answers, "member", "before")
    assert (flow["errors"], flow["next"], statuses(flow)[2]) == (
        {"born": [{"code": "too_late"}]},
        "self",
        "in_progress",
    )


def test_a_hard_check_blocks_and_a_soft_check_only_tells():
    hard = edition(step("self", "ask", "born"), step("check", "review"), questions=(ADULT,))
    flow = walk(hard, {"born": given("2010-01-01")})
    assert flow["errors"] == {"born": [{"code": "check", "id": "age", "level": "hard"}]}
    assert flow["next"] == "self.born"
    soft = replace(hard, questions=(replace(ADULT, checks=(replace(ADULT.checks[0], level="soft"),)),))
    flow = walk(soft, {"born": given("2010-01-01")})
    assert flow["errors"] == {"born": [{"code": "check", "id": "age", "level": "soft"}]}
    assert flow["next"] == "check"


def test_rows_tell_what_is_wrong_where():
    told = edition(step("kids", "ask", "kids"), questions=(KIDS,))
    rows = [{"name": given("An"), "small": given(True)}, {"name": given("B1"), "small": given(False)}, {}]
    flow = walk(told, {"kids": given(rows)})
    assert flow["errors"] == {
        "kids.1.name": [{"code": "not_a_name"}],
        "kids.1.school": [{"code": "required"}],
        "kids.2.name": [{"code": "required"}],
    }
    assert flow["screens"][0]["kind"] == "repeat"
    assert walk(told, {"kids": given([])})["errors"] == {"kids": [{"code": "too_few_rows"}]}


def test_review_comes_after_asking_and_sending_after_review():
    assert statuses(walk(WHOLE, ANSWERED, "member", "before"))[3:] == [
        "not_started",
        "cannot_start",
        "cannot_start",
    ]
    assert statuses(walk(WHOLE, ANSWERED, "member", "before", "check"))[3:] == [
        "completed",
        "not_started",
        "not_started",
    ]
    flow = walk(WHOLE, ANSWERED, "member", "before", "check", "send", "slip")
    assert (flow["next"], flow["progress"]) == (None, {"done": 6, "of": 6})


def test_what_was_sent_stays_sent_when_an_answer_is_taken_back():
    flow = walk(WHOLE, {**ANSWERED, "born": {"state": "empty"}}, "member", "before", "check", "send")
    assert statuses(flow) == [
        "completed",
        "completed",
        "in_progress",
        "cannot_start",
        "completed",
        "cannot_start",
    ]


def test_a_step_that_is_not_needed_hides_what_it_asks():
    told = edition(
        step("home", "ask", "married"),
        step("more", "ask", "born", when=condition("married", MARRIED)),
        questions=(MARRIED, BORN),
    )
    flow = walk(told, {"married": given(False)})
    assert (flow["hidden"], statuses(flow), flow["next"]) == (["born"], ["completed", "not_needed"], None)
    flow = walk(told, {})
    assert (flow["waiting"], statuses(flow)) == (["born"], ["not_started", "cannot_start"])


def test_fees_are_due_by_date_condition_and_exemption():
    poor = Question("poor", "yes_no", False, "decide", "sensitive", allow=("dont_know",))
    is_poor = condition("poor", poor)
    told = edition(
        step("home", "ask", "poor"),
        questions=(poor,),
        fees=(
            Fee("now", ("online",), "amount", 8000, SURE, valid_from="2026-01-01", valid_to="2026-11-24"),
            Fee("past", ("online",), "amount", 8000, SURE, valid_to="2026-11-23"),
            Fee("later", ("online",), "amount", 8000, SURE, valid_from="2026-11-25"),
            Fee("poor_only", ("online",), "amount", 0, SURE, is_poor),
        ),
        fee_exemptions=(Exemption("poor", ("now",), SURE, is_poor), Exemption("told", ("now",), SURE)),
    )
    same = {"past": "not_due", "later": "not_due"}
    assert walk(told, {"poor": given(False)})["fees"] == {"now": "due", **same, "poor_only": "not_due"}
    assert walk(told, {"poor": given(True)})["fees"] == {"now": "exempt", **same, "poor_only": "due"}
    unsure = {"now": "may_be_due", **same, "poor_only": "may_be_due"}
    assert walk(told, {"poor": {"state": "dont_know"}})["fees"] == unsure


def test_who_may_ask_is_met_failed_or_unknown():
    told = edition(
        step("self", "ask", "born"),
        questions=(BORN,),
        eligibility=(Eligibility("of_age", condition("age_on(born, today) >= 18", BORN)),),
    )
    said = [walk(told, {"born": given(day)})["eligibility"]["of_age"] for day in ("2008-11-24", "2008-11-25")]
    assert [*said, walk(told, {})["eligibility"]["of_age"]] == ["met", "failed", "unknown"]


def test_what_is_no_answer_counts_as_absent():
    strange: dict[str, Any] = {"married": "yes", "born": {"state": "lost"}, "nobody": given(1)}
    assert walk(WHOLE, strange) == walk(WHOLE, {})


def test_what_a_paper_is_filled_from_leaves_out_hidden_questions_and_what_is_hidden_inside_rows():
    content = edition(step("home", "ask", "married", "abroad", "kids"), questions=(MARRIED, ABROAD, KIDS))
    rows = [
        {"name": given("Bùi Thị Út"), "small": given(True), "school": given("Trường cũ")},
        {"name": given("Bùi Văn Tư"), "small": given(False), "school": given("Trường mới")},
    ]
    answers = {"married": given(False), "abroad": given(True), "kids": given(rows)}
    plan = plan_from(content, number=1, edition_hash="0" * 64, language="vi")
    seen, bindings = seen_of(plan, answers, "2026-11-24", EVALUATOR.evaluate)
    first = {"name": given("Bùi Thị Út"), "small": given(True)}
    assert seen == {"married": given(False), "kids": given([first, rows[1]])}
    assert bindings == {
        "today": "2026-11-24",
        "st": {"married": "given", "abroad": "hidden", "kids": "given"},
        "married": False,
        "kids": [
            {"name": "Bùi Thị Út", "small": True},
            {"name": "Bùi Văn Tư", "small": False, "school": "Trường mới"},
        ],
    }
