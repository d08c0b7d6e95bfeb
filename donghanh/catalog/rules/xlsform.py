"""A form as rows of an XLSForm, both ways: the part of it that wards' spreadsheets and packs have in common.

survey: text, integer, date, select_one, select_multiple, note, begin/end_group (a step that asks) and
begin/end_repeat, with label, hint, required, relevant, constraint and constraint_message; choices; settings.
A list with the choices yes and no is a yes/no question. Columns of our own (dh_…) carry what XLSForm has no word
for, so that what we write we read back whole. Whatever else stands in a sheet is refused by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from donghanh.catalog.rules.content import LANGUAGES
from donghanh.catalog.rules.xls_limits import limits_in
from donghanh.catalog.rules.xls_logic import Kinds, OneSidedLogic, from_cel, from_xpath, to_cel

Row = Mapping[str, str]
# XLSForm's word → ours. The other way several of ours are one of theirs, told apart by dh_type.
TYPES = {
    "text": "text",
    "integer": "integer",
    "date": "date",
    "select_one": "choice",
    "select_multiple": "choices",
}
OURS_AS = {
    "name": "text", "phone": "text", "citizen_id": "text", "address": "text", "area": "text",
    "partial_date": "text", "money": "integer", "yes_no": "select_one",
}  # fmt: skip
TEXTS = {"label": "label", "hint": "hint", "dh_say": "say", "dh_example": "example"}
OWN_COLUMNS = (
    "dh_type", "dh_purpose", "dh_privacy", "dh_role", "dh_key", "dh_allow", "dh_least", "dh_most", "dh_when",
    "dh_checks", "dh_pattern", "dh_longest", "dh_earliest", "dh_latest",
)  # fmt: skip
PLAIN_COLUMNS = ("type", "name", "required", "relevant", "constraint")
SAID_COLUMNS = (*TEXTS, "constraint_message")
YES_NO = frozenset({"yes", "no"})
ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LANGUAGE = re.compile(r"(?:.*\(\s*)?([a-z]{2})(?:\s*\))?")
_TRUE, _FALSE = frozenset({"yes", "true", "true()", "1"}), frozenset({"", "no", "false", "false()", "0"})
INSTEAD = {
    "image": "a card or paper is never photographed; leave the row out",
    "decimal": "use integer; money is whole đồng",
    "calculate": "leave it out; conditions compare answers directly",
    "geopoint": "use text with dh_type address, or area",
    "dateTime": "use date",
    "file": "list it as a paper in pack.yaml",
}


@dataclass(frozen=True, slots=True, order=True)
class SheetProblem:
    """Something a sheet says that is not understood: where, what, and what to do."""

    sheet: str
    row: int
    what: str
    advice: str

    def __str__(self) -> str:
        return f"{self.sheet}:{self.row}: {self.what}; {self.advice}"


@dataclass(slots=True)
class ReadForm:
    """What was read: questions and steps as pack.yaml writes them, and texts by language and key."""

    questions: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    title: str = ""
    problems: list[SheetProblem] = field(default_factory=list)


def read_rows(survey: Sequence[Row], choices: Sequence[Row], settings: Sequence[Row]) -> ReadForm:
    """The form of these sheets; row 1 holds the heads, so the first of `survey` is row 2. Nothing is guessed:
    with a problem the form is not whole."""
    reader = _Reader(survey, choices)
    reader.run()
    form = reader.form
    form.title = settings[0].get("form_title", "") if settings else ""
    return form


def language_of(column: str) -> tuple[str, str | None]:
    """label::Tiếng Việt (vi) → label, vi; label → label, vi; a language that is none of ours → None."""
    name, _, language = column.partition("::")
    if not language:
        return name, "vi"
    match = _LANGUAGE.fullmatch(language.strip().lower())
    return name, match[1] if match and match[1] in LANGUAGES else None


class _Reader:
    def __init__(self, survey: Sequence[Row], choices: Sequence[Row]) -> None:
        self.form = ReadForm(texts={language: {} for language in LANGUAGES})
        self._survey = survey
        self._choices: dict[str, list[tuple[int, Row]]] = {}
        for number, row in enumerate(choices, 2):
            if row.get("list_name") or row.get("name"):
                self._choices.setdefault(row.get("list_name", ""), []).append((number, row))
        self._kinds: dict[str, str] = {}
        self._repeat: dict[str, Any] | None = None
        self._step: dict[str, Any] | None = None
        self._row_kinds: dict[str, str] = {}

    def run(self) -> None:
        """Every row in order."""
        self._columns()
        for number, row in enumerate(self._survey, 2):
            if not any(row.values()):
                continue
            words = row.get("type", "").split()
            kind = "_".join(words[:2]) if words[:1] in (["begin"], ["end"]) else (words[0] if words else "")
            try:
                self._one(number, kind, words[1:], row)
            except OneSidedLogic as wrong:
                self._wrong(number, wrong.what, wrong.advice)
        if self._repeat is not None or self._step is not None:
            self._wrong(
                len(self._survey) + 1, "a group or repeat is not closed", "add end_group or end_repeat"
            )

    def _columns(self) -> None:
        known = {*PLAIN_COLUMNS, *SAID_COLUMNS, *OWN_COLUMNS}
        for column in dict.fromkeys(name for row in self._survey for name in row):
            name, language = language_of(column)
            if name not in known or ("::" in column and name not in SAID_COLUMNS):
                if any(row.get(column) for row in self._survey):
                    self._wrong(1, f"column “{column}” is not understood", "leave it out")
            elif language is None:
                self._wrong(1, f"language of “{column}” is not understood", "use ::vi, ::fr or ::en")

    def _one(self, number: int, kind: str, rest: list[str], row: Row) -> None:
        if kind in ("begin_group", "note"):
            self._begin_step(kind, row)
        elif kind == "end_group":
            self._step = None
        elif kind == "begin_repeat":
            self._begin_repeat(row)
        elif kind == "end_repeat":
            self._repeat, self._row_kinds = None, {}
        elif kind in TYPES:
            self._question(kind, rest, row)
        else:
            advice = INSTEAD.get(kind, f"use one of {', '.join(TYPES)}, note, begin_group, begin_repeat")
            self._wrong(number, f"type “{kind}” is not understood", advice)

    def _begin_step(self, kind: str, row: Row) -> None:
        name = self._name(row)
        if self._step is not None or self._repeat is not None:
            raise OneSidedLogic(f"{kind} inside a group or repeat", "close that one first")
        step: dict[str, Any] = {
            "id": name,
            "kind": "ask" if kind == "begin_group" else "explain",
            "who": "citizen",
        }
        if when := self._when(row):
            step["when"] = when
        if kind == "begin_group":
            step["ask"] = []
            self._step = step
        self.form.steps.append(step)
        for language, said in self._said(row, "label").items():
            hint = self._said(row, "hint").get(language, said)
            for part, text in (("title", said), ("text", hint), ("say", hint)):
                self.form.texts[language][f"steps.{name}.{part}"] = text

    def _begin_repeat(self, row: Row) -> None:
        if self._repeat is not None:
            raise OneSidedLogic("a repeat inside a repeat", "ask for one list at a time")
        question = self._begun(row, "repeat")
        question["fields"] = []
        self._place(question)
        self._repeat = question

    def _question(self, kind: str, rest: list[str], row: Row) -> None:
        ours = row.get("dh_type") or TYPES[kind]
        listed = self._listed(kind, rest)
        if kind == "select_one" and {one.get("name", "") for _, one in listed} == YES_NO:
            ours = "yes_no"
        question = self._begun(row, ours)
        if ours in ("choice", "choices"):
            question["choices"] = [one.get("name", "") for _, one in listed]
            self._choice_texts(question["id"], listed)
        self._limits(question, row)
        self._place(question)

    def _begun(self, row: Row, kind: str) -> dict[str, Any]:
        name = self._name(row)
        question: dict[str, Any] = {
            "id": name,
            "type": kind,
            "required": self._required(row),
            "purpose": row.get("dh_purpose") or "register",
            "privacy": row.get("dh_privacy") or "basic",
        }
        if when := self._when(row):
            question["when"] = when
        for key in ("role", "key", "pattern", "earliest", "latest"):
            if value := row.get(f"dh_{key}"):
                question[key] = value
        for key in ("least", "most", "longest"):
            if value := row.get(f"dh_{key}"):
                question[key] = _whole(value, f"dh_{key}")
        if allowed := row.get("dh_allow"):
            question["allow"] = allowed.split()
        for column, part in TEXTS.items():
            for language, said in self._said(row, column).items():
                self.form.texts[language][f"{self._root(name)}.{part}"] = said
        return question

    def _limits(self, question: dict[str, Any], row: Row) -> None:
        checks = [one.split(" | ", 3) for one in row.get("dh_checks", "").split("\n") if one]
        if any(len(one) < 3 for one in checks):
            raise OneSidedLogic("dh_checks is not understood", "write “id | hard | condition”, one a line")
        for name, level, must, *more in checks:
            source = {"source": more[0]} if more and more[0] else {}
            question.setdefault("checks", []).append({"id": name, "must": must, "level": level, **source})
        said = self._said(row, "constraint_message")
        name = checks[0][0] if checks else "constraint"
        if row.get("constraint") and not checks:
            limits, rest = limits_in(row["constraint"])
            question.update(limits)
            if rest:
                node = from_xpath(rest, {**self._known(), question["id"]: question["type"]}, question["id"])
                kinds = {**self._known(), question["id"]: question["type"]}
                question["checks"] = [{"id": name, "must": to_cel(node, kinds), "level": "hard"}]
        if question.get("checks"):
            for language, text in said.items():
                self.form.texts[language][f"{self._root(question['id'])}.checks.{name}"] = text

    def _place(self, question: dict[str, Any]) -> None:
        if self._repeat is not None:
            self._repeat["fields"].append(question)
            self._row_kinds[question["id"]] = question["type"]
            return
        self._kinds[question["id"]] = question["type"]
        self.form.questions.append(question)
        if self._step is None:
            raise OneSidedLogic(
                f"question “{question['id']}” stands in no group", "put it between begin_group and end_group"
            )
        self._step["ask"].append(question["id"])

    def _listed(self, kind: str, rest: list[str]) -> list[tuple[int, Row]]:
        if not kind.startswith("select"):
            return []
        if not rest or rest[0] not in self._choices:
            raise OneSidedLogic(f"there is no list “{' '.join(rest)}”", "add it to the sheet choices")
        if rest[1:]:
            raise OneSidedLogic(
                f"“{' '.join(rest[1:])}” is not understood", "add the choice “other” to the list"
            )
        for at, row in self._choices[rest[0]]:
            if not ID.fullmatch(row.get("name", "")):
                advice = "use small letters, digits and _, beginning with a letter"
                self._wrong(at, f"choice “{row.get('name', '')}” is no id", advice, "choices")
        return self._choices[rest[0]]

    def _choice_texts(self, question: str, listed: Iterable[tuple[int, Row]]) -> None:
        for _, row in listed:
            for language, said in self._said(row, "label").items():
                self.form.texts[language][f"{self._root(question)}.choices.{row.get('name', '')}"] = said

    def _said(self, row: Row, name: str) -> dict[str, str]:
        found = {}
        for column, value in row.items():
            base, language = language_of(column)
            if base == name and language and value:
                found[language] = value
        return found

    def _root(self, name: str) -> str:
        return f"questions.{self._repeat['id']}.fields.{name}" if self._repeat else f"questions.{name}"

    def _known(self) -> Kinds:
        return {**self._kinds, **self._row_kinds}

    def _when(self, row: Row) -> str:
        """The condition of a row: in our own spelling, unless somebody has written another one into the sheet since."""
        ours, sheets, known = row.get("dh_when", ""), row.get("relevant", ""), self._known()
        if not sheets:
            return ours
        node = from_xpath(sheets, known)
        try:
            is_ours = bool(ours) and from_cel(ours, known) == node
        except OneSidedLogic:
            is_ours = False
        return ours if is_ours else to_cel(node, known)

    def _name(self, row: Row) -> str:
        name = row.get("name", "")
        if not ID.fullmatch(name):
            raise OneSidedLogic(
                f"name “{name}” is no id", "use small letters, digits and _, beginning with a letter"
            )
        return name

    def _required(self, row: Row) -> bool:
        value = row.get("required", "").lower()
        if value in _TRUE or value in _FALSE:
            return value in _TRUE
        raise OneSidedLogic(f"required “{value}” is not understood", "write yes or no")

    def _wrong(self, row: int, what: str, advice: str, sheet: str = "survey") -> None:
        self.form.problems.append(SheetProblem(sheet, row, what, advice))


def _whole(text: str, column: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,15}", text):
        raise OneSidedLogic(f"{column} “{text}” is no whole number", "write digits alone")
    return int(text)
