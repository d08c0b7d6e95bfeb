"""What may be proposed for questions nobody has answered yet, and from where.

Sources in order: the scanned card, the person's record, an earlier case of the same person, other
answers of this case. Record and earlier case speak of the beneficiary alone, never of whoever sits at
the screen. A proposal is never an answer: the person confirms it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from donghanh.catalog.rules.guidance import Question, Role

Origin = Literal["card", "record", "earlier", "other"]
# What of a person is known, by the person key a question asks for.
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that may be confirmed as the answer to a question."""

    question: str
    role: str
    value: Any
    origin: Origin


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known: the card of one role, record and earlier answers of the beneficiary, and what this
    case says already, by role and key."""

    card: Facts
    card_role: str
    record: Facts
    earlier: Facts
    here: Mapping[tuple[str, str], Any]


def beneficiary_of(roles: Sequence[Role]) -> str:
    """The role the procedure is for; "" when the edition names nobody."""
    return next((role.id for role in roles if role.is_beneficiary), "")


def proposals(
    questions: Iterable[Question], absent: Iterable[str], beneficiary: str, known: Known
) -> list[Proposal]:
    """One proposal at most a question, in the order of the questions, the first source winning."""
    wanted, found = set(absent), []
    for question in questions:
        if question.id not in wanted or question.key is None:
            continue
        role = question.role or ""
        of_beneficiary = role in ("", beneficiary)
        sources: list[tuple[Origin, Any]] = [
            ("card", known.card.get(question.key) if (role or beneficiary) == known.card_role else None),
            ("record", known.record.get(question.key) if of_beneficiary else None),
            ("earlier", known.earlier.get(question.key) if of_beneficiary else None),
            ("other", known.here.get((role, question.key))),
        ]
        for origin, fact in sources:
            value = fitting(question, fact)
            if value is not None:
                found.append(Proposal(question.id, role, value, origin))
                break
    return found


def fitting(question: Question, fact: Any) -> Any:
    """The fact as a value of this question's type, or None where it is none."""
    if fact is None or fact == "":
        return None
    kind = question.type
    if kind == "date":
        return fact if isinstance(fact, str) and _is_day(fact) else None
    if kind == "choice":
        return fact if fact in question.choices else None
    if kind in ("text", "name", "partial_date", "phone", "citizen_id", "area", "address"):
        return fact if isinstance(fact, str) else None
    return None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
