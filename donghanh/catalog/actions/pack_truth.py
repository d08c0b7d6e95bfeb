"""Whether a condition of a pack can ever come out otherwise, its hidden questions left out."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from donghanh.catalog.queries.evaluating import EVALUATOR, UNKNOWN
from donghanh.catalog.rules.expressions import Name, tree_of, walk
from donghanh.catalog.rules.guidance import Condition, Question

MOST_COMBINATIONS = 4096
Case = tuple[str, object]


def verdict(
    condition: Condition, questions: Sequence[Question], asked_when: Mapping[str, Condition] | None = None
) -> bool | None:
    """True or False when it comes out so whatever is answered; None when it depends or cannot be told.

    `questions` in the order they are asked; `asked_when` has the conditions of the steps that ask them. Every
    combination of yes/no, choices and states is tried, up to 4096; a question that its own or its step's
    condition hides is not read, as in the guide.
    """
    asked = {question.id: question for question in questions}
    whens = {name: _whens(question, asked_when or {}) for name, question in asked.items()}
    needed = _closure(condition, whens)
    closure = [asked[name] for name in asked if name in needed]
    read = _read_by_value([condition, *(when for question in closure for when in whens[question.id])])
    domains = [_cases(question, question.id in read) for question in closure]
    size = 1
    for domain in domains:
        size *= len(domain)
        if size > MOST_COMBINATIONS:
            return None
    verdicts: set[bool] = set()
    for combination in product(*domains):
        found = _one(condition, list(zip(closure, combination, strict=True)), whens, "today" in read)
        if found is None:
            return None
        verdicts |= found
        if len(verdicts) == 2:
            return None
    return verdicts.pop() if len(verdicts) == 1 else None


def _one(
    condition: Condition,
    cases: Sequence[tuple[Question, Case]],
    whens: Mapping[str, Sequence[Condition]],
    reads_today: bool,
) -> set[bool] | None:
    """What comes out of one combination; None when something not listed could decide it."""
    st: dict[str, str] = {question.id: "absent" for question, _ in cases}
    values: dict[str, object] = {}
    is_open = reads_today
    for question, (state, value) in cases:
        found = {EVALUATOR.evaluate(when, {**values, "st": st}) for when in whens[question.id]}
        if False in found:
            st[question.id] = "hidden"
            continue
        if UNKNOWN in found:
            if is_open:
                return None
            del st[question.id]
            continue
        st[question.id] = state
        if state == "given":
            if value is None:
                is_open = True
            else:
                values[question.id] = value
    held = EVALUATOR.evaluate(condition, {**values, "st": st})
    if held == UNKNOWN:
        return None if is_open else set()
    return {bool(held)}


def _whens(question: Question, asked_when: Mapping[str, Condition]) -> list[Condition]:
    return [when for when in (asked_when.get(question.id), question.when) if when is not None]


def _closure(condition: Condition, whens: Mapping[str, Sequence[Condition]]) -> set[str]:
    found: set[str] = set()
    left = list(condition.refs)
    while left:
        name = left.pop()
        if name in found or name not in whens:
            continue
        found.add(name)
        left += [ref for when in whens[name] for ref in when.refs]
    return found


def _read_by_value(conditions: Sequence[Condition]) -> set[str]:
    return {name for one in conditions for name in _names(one)}


def _names(condition: Condition) -> Iterator[str]:
    for part in walk(tree_of(base64.b64decode(condition.tree))):
        if isinstance(part, Name):
            yield part.name


def _cases(question: Question, is_read: bool) -> list[Case]:
    """Each state with a value: None where there is none, or where the values are too many."""
    values: list[object] = [None]
    if is_read and question.type == "yes_no":
        values = [True, False]
    if is_read and question.type == "choice":
        values = list(question.choices)
    return [("given", value) for value in values] + [(s, None) for s in ("absent", "empty", *question.allow)]
