"""A lesson: a card says what an invented person asks for; what was entered is compared with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.guidance import PortalField, PortalMap, Question
from donghanh.catalog.rules.spelling import Names, choice_names, spelt
from donghanh.practice.rules.entering import option_values, tidy
from donghanh.practice.rules.invented import PEOPLE, Invented

# Who plays which role, by a word in the role's id; else by place in the list.
_CAST = (("child", "be-an"), ("mother", "tuyet"), ("father", "khang"), ("_a", "khang"), ("_b", "tuyet"))
_BY_KEY: dict[str, Callable[[Invented], str]] = {
    "name": lambda one: one.name,
    "born_on": lambda one: one.born_on.isoformat(),
    "sex": lambda one: one.sex,
    "id_number": lambda one: one.id_number,
    "id_issued_on": lambda one: one.issued_on.isoformat(),
    "phone": lambda one: one.phone,
    "residence_area": lambda one: one.area,
    "residence_line": lambda one: one.line,
    "ethnicity": lambda one: one.ethnicity,
    "nationality": lambda one: one.nationality,
    "email": lambda one: f"{one.id}@example.org",
}
_BY_TYPE: dict[str, Callable[[Invented], str]] = {
    "name": lambda one: one.name,
    "phone": lambda one: one.phone,
    "citizen_id": lambda one: one.id_number,
    "area": lambda one: one.area,
}
_ALWAYS = {"money": "0", "yes_no": "true", "text": "Mẫu", "address": "Số 1, đường Mẫu"}
_AREAS = {one.area: one.area_name for one in PEOPLE}


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of a card: the field, its label on the portal, what must stand there, and how it is told."""

    name: str
    label: str
    value: str
    told: str


def card_of(content: EditionContent, form: PortalMap, today: date) -> tuple[CardLine, ...]:
    """The task for an edition's form. Fields that depend on a condition, and boxes, are left out."""
    lines = []
    for field in form.fields:
        if field.when is not None or field.kind == "checkbox":
            continue
        value = right_value(content, field, today)
        if value:
            lines.append(CardLine(field.name, field.label, value, _told(field, value)))
    return tuple(lines)


def wrong_fields(card: tuple[CardLine, ...], values: Mapping[str, str]) -> tuple[str, ...]:
    """The fields of the card in which something else stands, in the card's order."""
    return tuple(line.name for line in card if tidy(values.get(line.name, "")) != line.value)


def person_of(role: str | None, roles: list[str]) -> Invented:
    """Who plays a role in lessons."""
    by_id = {one.id: one for one in PEOPLE}
    for word, player in _CAST:
        if role and word in role:
            return by_id[player]
    return PEOPLE[(roles.index(role) if role in roles else 0) % len(PEOPLE)]


def right_value(content: EditionContent, field: PortalField, today: date) -> str:
    """What stands in the field when it is right: an option's value, an ISO day, or the answers as spelt."""
    questions, texts = {one.id: one for one in content.questions}, content.texts.get("vi", {})
    roles, parts = [role.id for role in content.roles], []
    for name in field.value.questions:
        if (question := questions.get(name)) is None:
            continue
        sample = sample_answer(question, roles, today)
        if field.kind in {"select", "radio"}:
            return _option(field, sample)
        if field.kind == "date":
            return sample
        names = Names(choice_names(question, texts), _AREAS)
        parts.append(spelt(sample, field.value.spelling, question, names))
    return tidy(field.value.join.join(part for part in parts if part))


def sample_answer(question: Question, roles: list[str], today: date) -> str:
    """What the one who plays the question's role answers, as plain text: an ISO day, a choice's id, an area's code."""
    person = person_of(question.role, roles)
    if question.key in _BY_KEY:
        return _BY_KEY[question.key](person)
    if question.type in {"date", "partial_date"}:
        return today.isoformat()
    if question.choices:
        return question.choices[0]
    if question.type == "integer":
        return str(max(question.least or 0, 1))
    if question.type in _BY_TYPE:
        return _BY_TYPE[question.type](person)
    return _ALWAYS.get(question.type, "")


def _option(field: PortalField, sample: str) -> str:
    chosen = (field.options or {}).get(sample, sample)
    return chosen if chosen in option_values(field) else next(iter(option_values(field)), "")


def _told(field: PortalField, value: str) -> str:
    if field.kind in {"select", "radio"}:
        return (field.option_labels or {}).get(value, value)
    return f"{date.fromisoformat(value):%d/%m/%Y}" if field.kind == "date" else value
