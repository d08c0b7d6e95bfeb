"""Events of the answer journal: what one says, when it is refused, what holds in the end.

Absent, empty, “don't know” and “not applicable” are four things. Nothing sent changes nothing: only an
event of state `absent` clears. An undo is one more event that brings back what held before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from donghanh.cases.rules.outcomes import tells_secret
from donghanh.catalog.rules.guidance import Question

State = Literal["given", "empty", "dont_know", "not_applicable", "absent"]
OPEN = frozenset({"dont_know", "not_applicable"})
LONGEST_RAW = 4000
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Event:
    """One answer as it was made, or the undo of one (`undoes`, then nothing else counts)."""

    id: UUID
    question: str = ""
    state: State = "absent"
    value: Any = None
    raw: str = ""
    reason: str = ""
    source: str = "typed"
    origin: str = ""
    hand: str = "member"
    words: str = "own"
    device: str = ""
    at: datetime | None = None
    edition: str = ""
    confirmed: bool = True
    undoes: UUID | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an event is refused; `field` names the place inside a repeat, like 0.name."""

    code: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one event: applied, duplicate (it was here before) or refused with a code."""

    id: str
    outcome: Literal["applied", "duplicate", "refused"]
    code: str = ""
    field: str = ""


class Kept(Protocol):
    """A kept event as far as undoing looks at it."""

    @property
    def pk(self) -> UUID: ...
    @property
    def undoes(self) -> UUID | None: ...


# Checks a JSON value of a question: the first fault, or None.
ValueCheck = Callable[[Question, Any], Fault | None]


def fault_of(
    event: Event, question: Question | None, *, edition: str, has_consent: bool, check: ValueCheck
) -> Fault | None:
    """Why this event cannot be applied to a case on this edition, or None.

    A clear is always taken: who may say something may take it back, consent or not.
    """
    if question is None:
        return Fault("unknown-question")
    if event.edition and event.edition != edition:
        return Fault("other-edition")
    if event.state == "absent":
        return None
    if not has_consent and question.privacy != "none":
        return Fault("consent-needed")
    if event.state in OPEN and event.state not in question.allow:
        return Fault("not-open")
    if len(event.raw) > LONGEST_RAW or len(event.reason) > LONGEST_REASON:
        return Fault("too_long")
    if tells_secret(event.raw) or tells_secret(event.reason):
        return Fault("secret")
    return check(question, event.value) if event.state == "given" else None


def standing(events: Iterable[Kept]) -> list[Kept]:
    """The events of one question that are not undone, oldest first; the last one holds."""
    stack: list[Kept] = []
    for event in events:
        if event.undoes is None:
            stack.append(event)
        elif stack and stack[-1].pk == event.undoes:
            stack.pop()
    return stack


def still_fits(then: Question | None, now: Question, value: Any) -> bool:
    """Whether an answer given to `then` is one to `now`: same type, and every choice still there.

    An answer whose question is not known any more is taken as one of the same type.
    """
    if then is not None and then.type != now.type:
        return False
    if now.type == "choice":
        return value in now.choices
    if now.type == "choices":
        return isinstance(value, list) and set(value) <= set(now.choices)
    if now.type == "repeat":
        return _rows_fit(then, now, value)
    return True


def in_order(question: Question, value: Any) -> Any:
    """A fitting value as the question keeps it: several choices stand in its order, which an edition may change."""
    if question.type == "choices":
        return [one for one in question.choices if one in value]
    if question.type == "repeat":
        fields = {field.id: field for field in question.fields}
        return [{name: _part_in_order(fields[name], part) for name, part in row.items()} for row in value]
    return value


def _part_in_order(field: Question, part: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**part, "value": in_order(field, part["value"])} if part.get("state") == "given" else part


def _rows_fit(then: Question | None, now: Question, rows: Any) -> bool:
    before = {field.id: field for field in then.fields} if then is not None else {}
    fields: Mapping[str, Question] = {field.id: field for field in now.fields}
    return isinstance(rows, list) and all(
        name in fields and (part.get("state") != "given" or _field_fits(before.get(name), fields[name], part))
        for row in rows
        for name, part in row.items()
    )


def _field_fits(then: Question | None, now: Question, part: Mapping[str, Any]) -> bool:
    return still_fits(then, now, part.get("value"))
