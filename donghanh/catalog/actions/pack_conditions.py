"""Every condition of a pack, compiled; what is wrong with one is told at its own letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from donghanh.catalog.actions.compiling import WrongCondition, compile_condition
from donghanh.catalog.actions.pack_form_schema import FormIn, PortalMapIn
from donghanh.catalog.actions.pack_question_schema import QuestionIn
from donghanh.catalog.actions.pack_schema import PackIn
from donghanh.catalog.actions.pack_shape import Loc, node_at
from donghanh.catalog.actions.pack_yaml import Node, Problem, Scalar, Spot
from donghanh.catalog.rules.guidance import Condition, Question
from donghanh.catalog.rules.profile import RESERVED_IDS

# By the file and the path inside it.
Compiled = Mapping[Loc, Condition]


@dataclass(frozen=True, slots=True)
class Written:
    """A condition as it stands in a file. `own` is the question it belongs to, `earlier` what has been
    asked when it is read."""

    at: Loc
    text: str
    known: tuple[Question, ...]
    earlier: frozenset[str]
    own: str | None = None


def compiled(
    pack: PackIn,
    forms: Mapping[str, FormIn],
    maps: Mapping[str, PortalMapIn],
    questions: Sequence[Question],
    trees: Mapping[str, Node],
) -> tuple[dict[Loc, Condition], list[Problem]]:
    """Every condition by its place, and every one that does not compile or reads ahead."""
    found: dict[Loc, Condition] = {}
    problems: list[Problem] = []
    asked = asked_in_order(pack)
    questions = [question for question in questions if question.id not in RESERVED_IDS]
    for one in [*_of_questions(pack, questions), *_of_the_rest(pack, forms, maps, questions)]:
        try:
            condition = compile_condition(one.text, one.known)
        except WrongCondition as refused:
            spot = inside(trees, one.at, refused.column)
            problems.append(Problem(spot, refused.what, refused.advice, "condition"))
            continue
        found[one.at] = condition
        problems += _read_ahead(one, condition, trees, asked)
    return found, problems


def asked_in_order(pack: PackIn) -> list[str]:
    """The questions in the order of the steps that ask them."""
    return list(dict.fromkeys(name for step in pack.steps for name in step.ask))


def inside(trees: Mapping[str, Node], at: Loc, column: int = 1) -> Spot:
    """The place of a letter of the text at this path; of its beginning when it runs over lines."""
    node = node_at(trees[str(at[0])], at[1:])
    if not isinstance(node, Scalar):
        return node.spot
    spot = node.spot
    return Spot(spot.file, spot.line, spot.column + node.indent + max(column, 1) - 1)


def _read_ahead(
    one: Written, condition: Condition, trees: Mapping[str, Node], asked: Sequence[str]
) -> Iterator[Problem]:
    for name in condition.refs:
        if name in one.earlier:
            continue
        spot = inside(trees, one.at, _column_of(name, condition.text))
        if name == one.own:
            yield Problem(spot, f"“{name}” depends on itself", "name a question asked earlier", "cycle")
        elif name in asked or "fields" in one.at[2:]:
            advice = f"ask “{name}” earlier"
            yield Problem(spot, f"“{name}” is asked later", advice, "later-reference")


def _column_of(name: str, text: str) -> int:
    found = re.search(rf"(?<![a-z0-9_]){re.escape(name)}(?![a-z0-9_])", text)
    return found.start() + 1 if found else 1


def _of_questions(pack: PackIn, questions: Sequence[Question]) -> Iterator[Written]:
    asked = asked_in_order(pack)
    known = tuple(questions)
    rows = {question.id: question.fields for question in questions}
    for i, question in enumerate(pack.questions):
        at: Loc = ("pack.yaml", "questions", i)
        earlier = frozenset(asked[: asked.index(question.id)] if question.id in asked else asked)
        yield from _of_one(question, at, known, earlier)
        own_fields: list[str] = []
        row = rows.get(question.id, ())
        around = tuple(one for one in known if one.id not in {field.id for field in row})
        for j, field in enumerate(question.fields):
            scope = earlier | frozenset(own_fields)
            yield from _of_one(field, (*at, "fields", j), (*around, *row), scope)
            own_fields.append(field.id)


def _of_one(
    question: QuestionIn, at: Loc, known: tuple[Question, ...], earlier: frozenset[str]
) -> Iterator[Written]:
    if question.when is not None:
        yield Written((*at, "when"), question.when, known, earlier, question.id)
    for i, check in enumerate(question.checks):
        yield Written((*at, "checks", i, "must"), check.must, known, earlier | {question.id})


def _of_the_rest(
    pack: PackIn,
    forms: Mapping[str, FormIn],
    maps: Mapping[str, PortalMapIn],
    questions: Sequence[Question],
) -> Iterator[Written]:
    known, everything = tuple(questions), frozenset(asked_in_order(pack))
    lists: list[tuple[Loc, Sequence[tuple[str, str | None]]]] = [
        (("pack.yaml", "eligibility"), [("must", rule.must) for rule in pack.eligibility]),
        (("pack.yaml", "papers"), [("when", paper.when) for paper in pack.papers]),
        (("pack.yaml", "fees"), [("when", fee.when) for fee in pack.fees]),
        (("pack.yaml", "fee_exemptions"), [("when", one.when) for one in pack.fee_exemptions]),
        *(((f"forms/{n}.yaml", "parts"), [("when", p.when) for p in f.parts]) for n, f in forms.items()),
        *(
            ((f"forms/portal-{name}.yaml", "fields"), [("when", field.when) for field in portal.fields])
            for name, portal in maps.items()
        ),
    ]
    for at, written in lists:
        for i, (key, text) in enumerate(written):
            if text is not None:
                yield Written((*at, i, key), text, known, everything)
    before: set[str] = set()
    for i, step in enumerate(pack.steps):
        if step.when is not None:
            yield Written(("pack.yaml", "steps", i, "when"), step.when, known, frozenset(before))
        before.update(step.ask)
