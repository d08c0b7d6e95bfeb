"""The plan a guide walks by: an edition in one language as plain JSON, nothing in it is personal.

Conditions appear as {"tree": base64, "refs": [question ids]}; sources stay on the server. A key whose
value is nothing or the default of its kind is left out, except those every guide reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from donghanh.catalog.rules.answer_schema import answer_schema
from donghanh.catalog.rules.content import EditionContent, Step
from donghanh.catalog.rules.fact import Fact
from donghanh.catalog.rules.guidance import Condition, Question

FORMAT = 1
_ALWAYS = {"id", "kind", "type", "required", "who", "amount"}
_STEP_TEXTS, _QUESTION_TEXTS = ("title", "text", "say", "stop"), ("label", "hint", "say", "example")


def plan_from(content: EditionContent, *, number: int, edition_hash: str, language: str) -> dict[str, Any]:
    """The plan of this content; a text missing in the language is given in Vietnamese."""
    words = _Words(content, language)
    questions = [_question(question, f"questions.{question.id}", words) for question in content.questions]
    return {
        "format": FORMAT,
        "procedure": content.id,
        "edition": number,
        "hash": edition_hash,
        "language": language,
        "kind": content.kind,
        **words.told("", ("name", "short", "summary")),
        "pictogram": content.pictogram,
        "account": {"who": content.account.who, "text": words.text("account")},
        "time_limit": {**_json(content.time_limit), "text": words.text("time_limit")},
        "usual_minutes": _json(content.usual_minutes),
        "exemptions": words.text("exemptions"),
        "roles": _named(content.roles, "roles", words),
        "steps": [_step(step, words) for step in content.steps],
        "questions": questions,
        "papers": [
            {**_json(paper), **words.told(f"papers.{paper.id}", ("name", "get"))} for paper in content.papers
        ],
        "fees": _named(content.fees, "fees", words),
        "fee_exemptions": _named(content.fee_exemptions, "fee_exemptions", words),
        "eligibility": [
            {**_json(one), **words.told(f"eligibility.{one.id}", ("message", "instead"))}
            for one in content.eligibility
        ],
        "referrals": _named(content.referrals, "referrals", words),
        "receipts": _named(content.receipts, "receipts", words),
        "results": _named(content.results, "results", words),
        "portals": _named(content.portals, "portals", words),
        "portal_maps": [_json(one) for one in content.portal_maps],
        "forms": [{"id": form.id, "text": words.text(f"forms.{form.id}")} for form in content.forms],
        "schema": answer_schema(questions),
        "audio": {},
    }


class _Words:
    """The texts of an edition in one language, Vietnamese where it has none."""

    def __init__(self, content: EditionContent, language: str) -> None:
        self._first = content.texts.get(language, {})
        self._second = content.texts.get("vi", {})

    def text(self, key: str) -> str:
        """The text, or nothing."""
        return self._first.get(key) or self._second.get(key) or ""

    def told(self, prefix: str, names: tuple[str, ...]) -> dict[str, str]:
        """Those of the texts that there are, by their last word."""
        found = {name: self.text(f"{prefix}.{name}" if prefix else name) for name in names}
        return {name: text for name, text in found.items() if text}


def _named(things: tuple[Any, ...], prefix: str, words: _Words) -> list[dict[str, Any]]:
    label = "label" if prefix == "roles" else "text"
    return [{**_json(one), label: words.text(f"{prefix}.{one.id}")} for one in things]


def _step(step: Step, words: _Words) -> dict[str, Any]:
    return {**_json(step), **words.told(f"steps.{step.id}", _STEP_TEXTS)}


def _question(question: Question, key: str, words: _Words) -> dict[str, Any]:
    plain = {**_json(question), **words.told(key, _QUESTION_TEXTS)}
    if question.choices:
        plain["choices"] = [
            {"id": choice, "label": words.text(f"{key}.choices.{choice}")} for choice in question.choices
        ]
    if question.checks:
        plain["checks"] = [
            {**_json(check), "message": words.text(f"{key}.checks.{check.id}")} for check in question.checks
        ]
    if question.fields:
        plain["fields"] = [_question(field, f"{key}.fields.{field.id}", words) for field in question.fields]
    return plain


def _json(value: Any) -> Any:
    if isinstance(value, Condition):
        return {"tree": value.tree, "refs": list(value.refs)}
    if is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: _json(getattr(value, f.name))
            for f in fields(value)
            if f.name in _ALWAYS or not _is_left_out(getattr(value, f.name), f.default)
        }
    if isinstance(value, Mapping):
        return {key: _json(one) for key, one in value.items()}
    return [_json(one) for one in value] if isinstance(value, tuple) else value


def _is_left_out(value: Any, default: Any) -> bool:
    return value is None or value == () or value == default or isinstance(value, Fact)
