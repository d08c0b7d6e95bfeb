"""A pack while it is checked: its typed files beside the trees that know where each piece stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from donghanh.catalog.actions.pack_case_schema import CaseIn
from donghanh.catalog.actions.pack_form_schema import FormIn, PortalMapIn
from donghanh.catalog.actions.pack_question_schema import QuestionIn
from donghanh.catalog.actions.pack_schema import PackIn
from donghanh.catalog.actions.pack_shape import Loc, spot_of
from donghanh.catalog.actions.pack_texts import Written
from donghanh.catalog.actions.pack_yaml import Node, Spot
from donghanh.catalog.rules.guidance import Condition, Question


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything of one pack that could be read. `folder` is the name of its folder."""

    folder: str
    pack: PackIn
    trees: Mapping[str, Node]
    forms: Mapping[str, FormIn] = field(default_factory=dict)
    portal_maps: Mapping[str, PortalMapIn] = field(default_factory=dict)
    cases: Mapping[str, CaseIn] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, Written]] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    conditions: Mapping[Loc, Condition] = field(default_factory=dict)

    def spot(self, *loc: str | int, file: str = "pack.yaml") -> Spot:
        """The place of this path in a file, or of the nearest part of it that exists."""
        return spot_of(self.trees[file], loc)

    def said(self, key: str, language: str = "vi") -> str:
        """The text of this key, or nothing."""
        written = self.texts.get(language, {}).get(key)
        return written.text if written else ""

    def every_question(self) -> Iterator[tuple[Loc, QuestionIn]]:
        """Every question with its path in pack.yaml, the fields of a repeat behind it."""
        for i, question in enumerate(self.pack.questions):
            yield ("questions", i), question
            for j, one in enumerate(question.fields):
                yield ("questions", i, "fields", j), one

    def question(self, name: str) -> QuestionIn | None:
        """The top-level question of this id."""
        return next((question for question in self.pack.questions if question.id == name), None)
