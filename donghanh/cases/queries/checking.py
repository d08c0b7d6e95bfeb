"""Values of answers, checked by the same rules that the browser checks them by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from donghanh.cases.rules.events import Fault, ValueCheck
from donghanh.catalog.rules.guidance import Question
from donghanh.catalog.rules.values import errors_in

_LIMITS = ("least", "most", "longest", "earliest", "latest", "pattern", "key")


def value_check(today: date) -> ValueCheck:
    """A check of kept values on this day: the first fault of a value, or None."""
    day = today.isoformat()

    def check(question: Question, value: Any) -> Fault | None:
        found = errors_in(as_asked(question), value, day)
        return Fault(found[0][1], found[0][0]) if found else None

    return check


@lru_cache(maxsize=4096)
def as_asked(question: Question) -> Mapping[str, Any]:
    """A question as the values' rules read it, which is as in a plan."""
    asked: dict[str, Any] = {
        "id": question.id,
        "type": question.type,
        "required": question.required,
        "allow": list(question.allow),
        "choices": list(question.choices),
        "fields": [as_asked(field) for field in question.fields],
    }
    for limit in _LIMITS:
        if (value := getattr(question, limit)) is not None:
            asked[limit] = value
    return asked
