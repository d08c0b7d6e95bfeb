"""The test cases of a pack: what is wrong with how they are written, and their answers as the guide takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from donghanh.catalog.actions.pack_draft import Draft
from donghanh.catalog.actions.pack_shape import Loc, suggestion
from donghanh.catalog.actions.pack_yaml import Problem
from donghanh.catalog.rules.guidance import Question

STATES = ("empty", "dont_know", "not_applicable")


def checked_cases(draft: Draft) -> Iterator[Problem]:
    """Every name in tests/*.yaml that leads nowhere."""
    pack = draft.pack
    known = {
        "papers": [paper.id for paper in pack.papers],
        "fees": [fee.id for fee in pack.fees],
        "eligibility": [rule.id for rule in pack.eligibility],
    }
    questions = [question.id for question in pack.questions]
    for file, case in draft.cases.items():
        for name, given in case.answers.items():
            yield from _known(draft, file, ("answers", name), name, questions)
            if isinstance(given, dict) and set(given) != {"state"}:
                spot = draft.spot("answers", name, file=file)
                advice = "write the value itself, or {state: dont_know}"
                yield Problem(spot, f"“{name}” has keys nobody knows", advice, "case")
            elif isinstance(given, dict) and given["state"] not in STATES:
                spot = draft.spot("answers", name, "state", file=file)
                advice = f"write one of {', '.join(STATES)}"
                yield Problem(spot, f"“{given['state']!s:.40}” is no state", advice, "case")
        for key, ids in known.items():
            for name in getattr(case.expect, key):
                yield from _known(draft, file, ("expect", key, name), name, ids)
        for key in ("shown", "hidden"):
            for i, name in enumerate(getattr(case.expect, key)):
                yield from _known(draft, file, ("expect", key, i), name, questions)
        for name in case.expect.errors:
            yield from _known(draft, file, ("expect", "errors", name), name.partition(".")[0], questions)


def _known(draft: Draft, file: str, at: Loc, name: str, known: Sequence[str]) -> Iterator[Problem]:
    if name not in known:
        advice = suggestion(name, known, f"known are {', '.join(known) or 'none'}")
        yield Problem(draft.spot(*at, file=file), f"pack.yaml has no “{name}”", advice, "missing-reference")


def answers_of(written: Mapping[str, Any], questions: Sequence[Question]) -> dict[str, dict[str, Any]]:
    """The answers of a case in the shape the guide takes: a state, and a value when it is given."""
    known = {question.id: question for question in questions}
    return {name: _answer(given, known[name]) for name, given in written.items() if name in known}


def _answer(given: Any, question: Question) -> dict[str, Any]:
    if isinstance(given, dict):
        return {"state": given["state"]}
    return {"state": "given", "value": _value(given, question)}


def _value(given: Any, question: Question) -> Any:
    if question.type == "repeat" and isinstance(given, list):
        return [answers_of(row, question.fields) for row in given if isinstance(row, dict)]
    if question.type == "yes_no" and given in ("true", "false"):
        return given == "true"
    if question.type in ("integer", "money") and isinstance(given, str) and re.fullmatch(r"-?[0-9]+", given):
        return int(given)
    return given
