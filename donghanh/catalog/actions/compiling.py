"""From what an author writes as a condition to the tree that both engines run, or why not."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from cel_expr_python import cel

from donghanh.catalog.queries.evaluating import environment
from donghanh.catalog.rules.calendar import FUNCTIONS
from donghanh.catalog.rules.cost import MOST_ROUNDS, rounds
from donghanh.catalog.rules.expressions import taken_apart, tree_of
from donghanh.catalog.rules.guidance import Condition, Question
from donghanh.catalog.rules.profile import (
    RESERVED_IDS,
    OutsideProfile,
    checked_kind,
    kinds_of,
    references,
)

LONGEST = 600
_BOXES = {
    "bool": cel.Type.BOOL,
    "int": cel.Type.INT,
    "choices": cel.Type.List(cel.Type.STRING),
    "rows": cel.Type.List(cel.Type.Map(cel.Type.STRING, cel.Type.DYN)),
    "states": cel.Type.Map(cel.Type.STRING, cel.Type.STRING),
}
_PLACE = re.compile(r"ERROR: <input>:(\d+):(-?\d+): (.*)")
_UNDECLARED = re.compile(r"undeclared reference to '([^']+)'")
# What the checker says elsewhere, and how we say it.
_SAID = (
    ("Syntax error", "this is no expression", "check brackets, quotes and signs"),
    (
        "operand of a select",
        "nothing can stand after the dot here",
        "read fields only of a row, inside exists or all",
    ),
    ("range of a comprehension", "this has no rows", "use exists, all and filter over a repeat or choices"),
    ("invalid int literal", "the number is too big", "stay below 9007199254740992"),
)
_SIDES = re.compile(r"found no matching overload for '([^']+)' applied to '([^']*)'")


class WrongCondition(Exception):
    """A condition that cannot stand: the column it goes wrong at (from 1), what, and what to do."""

    def __init__(self, column: int, what: str, advice: str) -> None:
        self.column, self.what, self.advice = column, what, advice
        super().__init__(f"{column}: {what}; {advice}")


def compile_condition(text: str, questions: Sequence[Question]) -> Condition:
    """The condition over these questions: those it may read, asked before it.

    For a condition inside a repeat give the earlier questions and the fields of the row. Raises
    WrongCondition with the first thing wrong.
    """
    _check_text(text, questions)
    kinds = kinds_of(questions)
    try:
        serialised = (
            _typed(tuple((name, kind.name) for name, kind in kinds.items())).compile(text).serialize()
        )
    except RuntimeError as refused:
        raise _wrong(str(refused), text) from None
    bare, columns = taken_apart(serialised)
    tree = tree_of(bare)
    try:
        kind = checked_kind(tree, kinds)
    except OutsideProfile as outside:
        raise WrongCondition(columns.get(outside.node, 1), outside.what, outside.advice) from None
    if kind.name != "bool":
        raise WrongCondition(
            1, f"the condition gives {kind.spoken}", "compare it, so that it is true or false"
        )
    if rounds(tree, questions) > MOST_ROUNDS:
        what = f"it may look at more than {MOST_ROUNDS} rows"
        raise WrongCondition(1, what, "nest fewer exists and all, or give the repeat a smaller most")
    return Condition(text, base64.b64encode(bare).decode(), references(tree))


@lru_cache(maxsize=64)
def _typed(kinds: tuple[tuple[str, str], ...]) -> Any:
    """The language with variables of these kinds; making one costs far more than using it."""
    return environment({name: _BOXES.get(kind, cel.Type.STRING) for name, kind in kinds})


def _check_text(text: str, questions: Sequence[Question]) -> None:
    if not text.strip():
        raise WrongCondition(1, "the condition is empty", "write one, or leave the key out")
    if len(text) > LONGEST:
        raise WrongCondition(LONGEST, f"longer than {LONGEST} characters", "split it over several questions")
    for question in questions:
        if question.id in RESERVED_IDS:
            what = f"a question is called “{question.id}”, a word of the language"
            raise WrongCondition(1, what, "give the question another id")


def _wrong(message: str, text: str) -> WrongCondition:
    """What the type checker says, in the words of this project."""
    found = _PLACE.search(message)
    if not found:
        return WrongCondition(1, "it is too complicated", "make it shorter")
    column, said = max(int(found[2]), 1), found[3].split(" [")[0]
    if undeclared := _UNDECLARED.search(said):
        return _undeclared(column, undeclared[1].split(".")[0], text)
    if sides := _SIDES.search(said):
        sign = sides[1].strip("_").removeprefix("@")
        sign = sign if sign in FUNCTIONS else sign.replace("_", "")
        return WrongCondition(column, f"“{sign}” does not go with {sides[2]}", "use values of one kind")
    for part, what, advice in _SAID:
        if part in said:
            return WrongCondition(column, what, advice)
    return WrongCondition(column, said, "see packs/README.md")


def _undeclared(column: int, name: str, text: str) -> WrongCondition:
    if name in FUNCTIONS:
        takes = ", ".join(FUNCTIONS[name][0])
        return WrongCondition(column, f"“{name}” does not go like this", f"write {name}({takes})")
    if text[column - 1 : column] == "(":
        what = f"“{name}” is outside the profile"
        return WrongCondition(column, what, "see the list of operators and functions in packs/README.md")
    return WrongCondition(column, f"“{name}” is no question", "name a question asked earlier")
