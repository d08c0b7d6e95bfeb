"""An edition's questions as the rows of an XLSForm. What XLSForm cannot say is kept in our own columns and told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from donghanh.catalog.rules.content import LANGUAGES, EditionContent, Step
from donghanh.catalog.rules.guidance import Check, Condition, Question
from donghanh.catalog.rules.xls_limits import constraint_of
from donghanh.catalog.rules.xls_logic import Kinds, OneSidedLogic, from_cel, to_xpath
from donghanh.catalog.rules.xlsform import OURS_AS, TEXTS

NAMES = {"vi": "Tiếng Việt", "fr": "Français", "en": "English"}
YES_NO_LIST = "yes_no"
YES_NO_LABELS = {"vi": ("Có", "Không"), "fr": ("Oui", "Non"), "en": ("Yes", "No")}
_TYPES = {"choice": "select_one", "choices": "select_multiple"}


@dataclass(slots=True)
class Rows:
    """The sheets, and in `lost` what another program will not do with them."""

    survey: list[dict[str, str]] = field(default_factory=list)
    choices: list[dict[str, str]] = field(default_factory=list)
    settings: list[dict[str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def column(name: str, language: str) -> str:
    """label, vi → label::Tiếng Việt (vi)."""
    return f"{name}::{NAMES[language]} ({language})"


def rows_of(content: EditionContent) -> Rows:
    """The sheets of an edition. Steps that neither ask nor explain are no part of a form and stay out."""
    writer = _Writer(content)
    writer.run()
    return writer.rows


class _Writer:
    def __init__(self, content: EditionContent) -> None:
        self.rows = Rows()
        self._content = content
        self._questions = {one.id: one for one in content.questions}
        self._kinds: dict[str, str] = {}

    def run(self) -> None:
        """Every step that asks or explains, in order."""
        for step in self._content.steps:
            if step.kind == "ask":
                self._step("begin_group", step)
                for name in step.ask:
                    self._question(self._questions[name])
                self.rows.survey.append({"type": "end_group"})
            elif step.kind == "explain":
                self._step("note", step)
        title = self._content.texts["vi"].get("name", self._content.id)
        self.rows.settings.append(
            {"form_title": title, "form_id": self._content.id, "default_language": f"{NAMES['vi']} (vi)"}
        )
        if any(row.get("type") == f"select_one {YES_NO_LIST}" for row in self.rows.survey):
            for at, choice in enumerate(("yes", "no")):
                labels = {column("label", one): YES_NO_LABELS[one][at] for one in LANGUAGES}
                self.rows.choices.append({"list_name": YES_NO_LIST, "name": choice, **labels})

    def _step(self, kind: str, step: Step) -> None:
        said = {
            **self._said("label", f"steps.{step.id}.title"),
            **self._said("hint", f"steps.{step.id}.text"),
        }
        self.rows.survey.append({"type": kind, "name": step.id, **said, **self._relevant(step.id, step.when)})

    def _question(self, question: Question) -> None:
        root = f"questions.{question.id}"
        if question.type != "repeat":
            self._kinds[question.id] = question.type
            self.rows.survey.append(self._row(question, root))
            return
        self.rows.survey.append(self._row(question, root))
        before = dict(self._kinds)
        for one in question.fields:
            self._kinds[one.id] = one.type
            self.rows.survey.append(self._row(one, f"{root}.fields.{one.id}"))
        self._kinds = before
        self.rows.survey.append({"type": "end_repeat"})

    def _row(self, question: Question, root: str) -> dict[str, str]:
        row = {"type": self._type(question, root), "name": question.id}
        for name, part in TEXTS.items():
            row |= self._said(name, f"{root}.{part}")
        row |= {"required": "yes" if question.required else "no"}
        row |= self._relevant(question.id, question.when)
        row |= {"dh_purpose": question.purpose, "dh_privacy": question.privacy}
        own = {"dh_role": question.role, "dh_key": question.key, "dh_allow": " ".join(question.allow)}
        limits = {f"dh_{name}": getattr(question, name) for name in ("least", "most", "longest")}
        days = {f"dh_{name}": getattr(question, name) for name in ("earliest", "latest", "pattern")}
        if OURS_AS.get(question.type, "select_one") != "select_one":
            own["dh_type"] = question.type
        row |= {
            name: str(value) for name, value in {**own, **limits, **days}.items() if value not in (None, "")
        }
        return row | self._checked(question, root)

    def _type(self, question: Question, root: str) -> str:
        if question.type == "repeat":
            return "begin_repeat"
        if question.type == "yes_no":
            return f"select_one {YES_NO_LIST}"
        if question.type in _TYPES:
            name = root.removeprefix("questions.").replace(".fields.", "_")
            for choice in question.choices:
                labels = self._said("label", f"{root}.choices.{choice}")
                self.rows.choices.append({"list_name": name, "name": choice, **labels})
            return f"{_TYPES[question.type]} {name}"
        return OURS_AS.get(question.type, question.type)

    def _relevant(self, name: str, when: Condition | None) -> dict[str, str]:
        if when is None:
            return {}
        try:
            return {"relevant": to_xpath(from_cel(when.text, self._kinds), self._kinds), "dh_when": when.text}
        except OneSidedLogic as lost:
            self.rows.lost.append(f"{name}: other programs always show it ({lost.what})")
            return {"dh_when": when.text}

    def _checked(self, question: Question, root: str) -> dict[str, str]:
        kinds: Kinds = self._kinds
        pieces = [constraint_of(asdict(question))] if question.type != "repeat" else []
        for check in question.checks:
            try:
                pieces.append(f"({to_xpath(from_cel(check.must.text, kinds), kinds, question.id)})")
            except OneSidedLogic as lost:
                self.rows.lost.append(
                    f"{question.id}: other programs do not check “{check.id}” ({lost.what})"
                )
        row = {"constraint": " and ".join(piece for piece in pieces if piece)}
        if question.checks:
            row["dh_checks"] = "\n".join(_check(one) for one in question.checks)
            row |= self._said("constraint_message", f"{root}.checks.{question.checks[0].id}")
            for more in question.checks[1:]:
                self.rows.lost.append(f"{question.id}: the words of “{more.id}” find no place in a sheet")
        return {name: value for name, value in row.items() if value}

    def _said(self, name: str, key: str) -> dict[str, str]:
        texts: Mapping[str, Mapping[str, str]] = self._content.texts
        return {column(name, one): texts[one][key] for one in LANGUAGES if texts.get(one, {}).get(key)}


def _check(check: Check) -> str:
    source = [check.fact.source] if check.fact and check.fact.source else []
    return " | ".join((check.id, check.level, check.must.text, *source))
