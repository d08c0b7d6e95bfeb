"""Small editions with questions, published, for tests of answers: invented, and as little as possible."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from donghanh.catalog.actions.compiling import compile_condition
from donghanh.catalog.actions.publish import publish
from donghanh.catalog.models import Edition
from donghanh.catalog.rules.content import (
    Account,
    EditionContent,
    HelpMinutes,
    Paper,
    Source,
    Step,
    TimeLimit,
)
from donghanh.catalog.rules.fact import Fact
from donghanh.catalog.rules.guidance import Check, Question, Role
from donghanh.kernel.journal import House

FACT = Fact("us", "2026-11", "GK")
LANGUAGES = ("vi", "fr", "en")


def question(id: str, type: str = "text", **more: Any) -> Question:
    """A question of the basic class that is not required."""
    facts: dict[str, Any] = {"required": False, "purpose": "register", "privacy": "basic", **more}
    return Question(id=id, type=type, **facts)  # type: ignore[arg-type]


def marriage_questions() -> tuple[Question, ...]:
    """A groom (the beneficiary), a bride, a condition, a check, a repeat and a question about nobody."""
    born = question("groom_born", "date", role="groom", key="born_on", required=True)
    must = compile_condition("age_on(groom_born, today) >= 20", [born])
    was = question("was_married", "yes_no", privacy="sensitive", allow=("dont_know",))
    return (
        question("groom_name", "name", role="groom", key="name", required=True),
        replace(born, checks=(Check("age", must, "hard"),)),
        question("groom_sex", "choice", role="groom", key="sex", choices=("male", "female")),
        question("groom_phone", "phone", role="groom", key="phone", allow=("not_applicable",)),
        question("groom_id", "citizen_id", role="groom", key="id_number"),
        question("bride_name", "name", role="bride", key="name"),
        was,
        question("divorce_abroad", "yes_no", when=compile_condition("was_married", [was])),
        question("children", "repeat", fields=(question("name", "name", required=True),), most=5),
        question("copies", "integer", privacy="none", least=0, most=20),
        question("where", "area", role="groom", key="residence_area"),
        question("line", "address", role="groom", key="residence_line"),
    )


def content(code: str, questions: tuple[Question, ...], **more: Any) -> EditionContent:
    """An edition of these questions: ask, review, receipt."""
    asked = tuple(one.id for one in questions)
    texts = dict.fromkeys(_keys(questions), "…")
    made = EditionContent(
        id=code, kind="procedure", code=code, valid_from="2026-01-01", checked_on="2026-11", sector="civil-status",
        levels=("commune",), pictogram="marriage", needs_skill=None, online=None,
        account=Account("citizen", FACT),
        papers=(Paper("identity", "show", "original", 1, False, FACT),), fees=(), exemptions=None,
        time_limit=TimeLimit("working_days", 3, None, FACT), usual_minutes=HelpMinutes(5, 9, "own_estimate"),
        portals=(), results=(), referrals=(), sources=(Source("us", "Us", "2026-11", "GK"),),
        steps=(
            Step("ask", "citizen", (), False, False, None, kind="ask", ask=asked),
            Step("review", "citizen", (), False, False, None, kind="review"),
            Step("receipt", "member", (), False, False, None, kind="receipt"),
        ),
        texts={language: dict(texts) for language in LANGUAGES}, format=2,
        roles=(Role("groom", True), Role("bride")), questions=questions,
    )  # fmt: skip
    return replace(made, **more) if more else made


def edition(code: str = "9.000001", questions: tuple[Question, ...] | None = None, **more: Any) -> Edition:
    """Published as the procedure's current edition."""
    made = publish(content(code, questions or marriage_questions(), **more), by=House()).edition
    made.procedure.refresh_from_db()
    return made


def _keys(questions: tuple[Question, ...]) -> list[str]:
    keys = [
        "name",
        "short",
        "summary",
        "account",
        "time_limit",
        "sector",
        "papers.identity.name",
        "papers.identity.get",
    ]
    keys += [
        f"steps.{step}.{part}" for step in ("ask", "review", "receipt") for part in ("title", "text", "say")
    ]
    keys += [f"roles.{role}" for role in ("groom", "bride")]
    for one in questions:
        keys.append(f"questions.{one.id}.label")
        keys += [f"questions.{one.id}.choices.{choice}" for choice in one.choices]
        keys += [f"questions.{one.id}.checks.{check.id}" for check in one.checks]
        keys += [f"questions.{one.id}.fields.{field.id}.label" for field in one.fields]
    return keys
