"""A declaration form with its answers, as plain parts ready to be set: what stands where, nothing of fonts or paper.

Labels are the form's own Vietnamese. What is not answered, or not shown, stays an empty place for the pen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.guidance import Condition, Form, FormPart, FormValue, Question
from donghanh.catalog.rules.spelling import written
from donghanh.catalog.rules.texts import text

Answers = Mapping[str, Mapping[str, Any]]  # question → {"state": …, "value": …}
Holds = Callable[[Condition], bool | None]

# What a form of the state prints for "does not apply to me".
NOT_APPLICABLE = "Không"
EMPTY_ROWS = 3


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick, and what stands beside it."""

    label: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class FilledPart:
    """A part with its values as they are printed; an empty text is an empty place."""

    kind: str
    labels: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    digits: tuple[bool, ...] = ()  # which values are printed digit by digit
    boxes: tuple[Box, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    box: tuple[int, int, int, int] | None = None
    is_grid: bool = False  # the first cell of each row is a label


@dataclass(frozen=True, slots=True)
class Filling:
    """All that a form is filled from. `answers` holds only what is shown; `areas` are names by code, `places`
    the ward and its province."""

    content: EditionContent
    answers: Answers
    areas: Mapping[str, str] = field(default_factory=dict)
    holds: Holds = lambda _: None
    places: Mapping[str, str] = field(default_factory=dict)


def filled(form: Form, filling: Filling) -> list[FilledPart]:
    """The form's parts in order. A part whose condition is false is left out; unknown leaves it in."""
    return [
        _filled(part, filling)
        for part in form.parts
        if part.when is None or filling.holds(part.when) is not False
    ]


def _filled(part: FormPart, filling: Filling) -> FilledPart:
    labels = tuple(_placed(label, filling.places) for label in part.labels)
    if part.kind == "choice":
        return FilledPart("choice", labels[:1], boxes=_boxes(part, filling), box=part.box)
    if part.kind == "copies":
        return _copies(part, labels, filling)
    if part.kind == "table" and part.repeat:
        return FilledPart("table", labels, rows=_rows(part, part.repeat, filling), box=part.box)
    values = tuple(value_of(value, filling) for value in part.values)
    if part.kind == "table":
        wide = max(len(part.heads) - 1, 1)
        cut = [values[at : at + wide] for at in range(0, len(values), wide)]
        rows = tuple((label, *line) for label, line in zip(labels, cut, strict=False))
        return FilledPart("table", part.heads, rows=rows, box=part.box, is_grid=True)
    digits = tuple(value.spelling == "digits" for value in part.values)
    return FilledPart(part.kind, labels, values, digits, box=part.box)


def value_of(value: FormValue, filling: Filling) -> str:
    """What stands in one place; empty where nothing was answered."""
    questions = {one.id: one for one in filling.content.questions}
    return _written(value, filling.answers, questions, filling)


def _written(
    value: FormValue,
    answers: Answers,
    questions: Mapping[str, Question],
    filling: Filling,
    repeat: str | None = None,
) -> str:
    states = {answers[name]["state"] for name in value.questions if name in answers}
    if states == {"not_applicable"}:
        return NOT_APPLICABLE
    return written(value, answers, questions, filling.content.texts["vi"], filling.areas, repeat)


def _rows(part: FormPart, repeat: str, filling: Filling) -> tuple[tuple[str, ...], ...]:
    question = _question(filling.content, repeat)
    answer = filling.answers.get(repeat, {})
    given = answer.get("value") or [] if answer.get("state") == "given" else []
    fields = {one.id: one for one in question.fields} if question else {}
    columns = [
        replace(value, questions=tuple(name.rpartition(".")[2] for name in value.questions))
        for value in part.values
    ]
    rows = [tuple(_written(column, row, fields, filling, repeat) for column in columns) for row in given]
    # An empty table keeps lines to write on.
    return tuple(rows) or (("",) * len(columns),) * EMPTY_ROWS


def _boxes(part: FormPart, filling: Filling) -> tuple[Box, ...]:
    names = part.values[0].questions if part.values else ()
    question = _question(filling.content, names[0]) if names else None
    if question is None:
        return tuple(Box(label, False) for label in part.labels[1:])
    offered = ("yes", "no") if question.type == "yes_no" else question.choices
    labels = part.labels[1:] or tuple(_choice_text(filling.content, question, one) for one in offered)
    chosen = _chosen(filling.answers.get(question.id, {}))
    return tuple(Box(label, one in chosen) for one, label in zip(offered, labels, strict=False))


def _chosen(answer: Mapping[str, Any]) -> frozenset[str]:
    if answer.get("state") != "given":
        return frozenset()
    value = answer["value"]
    if isinstance(value, bool):
        return frozenset({"yes" if value else "no"})
    return frozenset([value] if isinstance(value, str) else value)


def _choice_text(content: EditionContent, question: Question, choice: str) -> str:
    if question.type == "yes_no":
        return {"yes": "Có", "no": "Không"}[choice]
    return text(content, f"questions.{question.id}.choices.{choice}", "vi")


def _copies(part: FormPart, labels: tuple[str, ...], filling: Filling) -> FilledPart:
    count = value_of(part.values[-1], filling) if part.values else ""
    wants: bool | None = None
    if len(part.values) > 1:
        answer = filling.answers.get(part.values[0].questions[0], {})
        wants = bool(answer["value"]) if answer.get("state") == "given" else None
    elif count:
        wants = count != "0"
    boxes = (Box("Có", wants is True), Box("Không", wants is False))
    return FilledPart("copies", labels, (count if wants else "",), (False,), boxes, box=part.box)


def _question(content: EditionContent, name: str) -> Question | None:
    return next((one for one in content.questions if one.id == name), None)


def _placed(label: str, places: Mapping[str, str]) -> str:
    for name in ("ward", "province"):
        label = label.replace(f"{{{name}}}", places.get(name, "") or "……………………")
    return label
