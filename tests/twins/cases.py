"""The questions that tests/twins/conditions.json is written over, and its cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from donghanh.catalog.rules.guidance import Question, QuestionType

HERE = Path(__file__).resolve().parent
TODAY = "2026-11-24"


def asked(name: str, kind: QuestionType, *choices: str, fields: tuple[Question, ...] = ()) -> Question:
    """A question with nothing but what a condition reads of it."""
    return Question(name, kind, False, "decide", "none", choices=choices, fields=fields)


QUESTIONS = (
    asked("yes", "yes_no"),
    asked("free", "yes_no"),
    asked("n", "integer"),
    asked("m", "integer"),
    asked("cost", "money"),
    asked("sex", "choice", "male", "female", "other"),
    asked("home", "choice", "own", "rented"),
    asked("needs", "choices", "x", "y", "z"),
    asked("name", "name"),
    asked("note", "text"),
    asked("phone", "phone"),
    asked("id", "citizen_id"),
    asked("area", "area"),
    asked("line", "address"),
    asked("born", "date"),
    asked("wed", "date"),
    asked("since", "partial_date"),
    asked(
        "kids",
        "repeat",
        fields=(
            asked("name", "name"),
            asked("age", "integer"),
            asked("born", "date"),
            asked("sex", "choice", "male", "female"),
            asked("school", "yes_no"),
            asked("likes", "choices", "a", "b"),
        ),
    ),
)


def bindings(answers: dict[str, Any]) -> dict[str, Any]:
    """What a condition reads: `answers` with the state of every question, as `st` says where it says."""
    said = answers.get("st", {})
    states = {one.id: "given" if one.id in answers else "absent" for one in QUESTIONS} | said
    values = {name: value for name, value in answers.items() if name != "st"}
    return {**values, "st": {name: state for name, state in states.items() if state}, "today": TODAY}


def conditions() -> list[dict[str, Any]]:
    """Each case: {"if", "with", "gives"} or {"if", "refused": [column, what]}."""
    cases: list[dict[str, Any]] = json.loads((HERE / "conditions.json").read_text())
    return cases
