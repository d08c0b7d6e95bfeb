"""The answers of an edition as JSON Schema 2020-12, from the questions of its plan.

For integrators, and as a second look at every batch of answers on both sides. Only what two
validators read alike is used: no format, no \\d \\w \\s, lengths in code points, whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from donghanh.catalog.rules.values import BIGGEST, EMAIL, LONGEST, MOST_ROWS, choice_ids

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PATTERNS = {
    "date": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "partial_date": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    "phone": "^(0[35789][0-9]{8}|02[0-9]{9})$",
    "citizen_id": "^([0-9]{9}|[0-9]{12})$",
    "area": "^[0-9]{5}$",
}


def answer_schema(questions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The schema of {question: {state, value}} for these questions of a plan; an absent one may be left out."""
    return {"$schema": DIALECT, **_answers(questions)}


def value_schema(question: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a given value."""
    kind = question["type"]
    if kind in LONGEST:
        return _text(question)
    if kind in ("integer", "money"):
        return _number(question)
    if kind == "yes_no":
        return {"type": "boolean"}
    if kind == "choice":
        return {"enum": choice_ids(question)}
    if kind == "choices":
        return {"type": "array", "items": {"enum": choice_ids(question)}, "uniqueItems": True}
    if kind == "repeat":
        most = question.get("most")
        return {
            "type": "array",
            "items": _answers(question["fields"]),
            "minItems": question.get("least") or 0,
            "maxItems": MOST_ROWS if most is None else most,
        }
    return {"type": "string", "pattern": _PATTERNS[kind]}


def _answers(questions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {question["id"]: _answer(question) for question in questions},
        "additionalProperties": False,
    }


def _answer(question: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["state"],
        "properties": {
            "state": {"enum": ["given", "absent", "empty", *question.get("allow", ())]},
            "value": value_schema(question),
        },
        "additionalProperties": False,
        "if": {"properties": {"state": {"const": "given"}}},
        "then": {"required": ["value"]},
        "else": {"not": {"required": ["value"]}},
    }


def _text(question: Mapping[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "string",
        "minLength": 1,
        "maxLength": question.get("longest") or LONGEST[question["type"]],
    }
    if pattern := question.get("pattern") or (EMAIL if question.get("key") == "email" else None):
        schema["pattern"] = pattern
    return schema


def _number(question: Mapping[str, Any]) -> dict[str, Any]:
    least, most = question.get("least"), question.get("most")
    if least is None:
        least = 0 if question["type"] == "money" else -BIGGEST
    return {"type": "integer", "minimum": least, "maximum": BIGGEST if most is None else most}
