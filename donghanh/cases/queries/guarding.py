"""Identity numbers of a case that is over: kept for those who may see a kept one, dots for everybody else.

While a case is open whoever helps needs the number that was read to them, for the form and the portal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from donghanh.cases.models import Case
from donghanh.kernel.text import masked
from donghanh.teams.models import Member
from donghanh.teams.rules import may

_NUMBER = re.compile(r"[0-9]{12}|[0-9]{9}")


def guarded(case: Case, by: Member, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as this member may see them: question → state and value."""
    if case.finished_at is None or may(by.role, "see_id_number"):
        return dict(answers)
    return {question: _dotted(answer) for question, answer in answers.items()}


def _dotted(value: Any) -> Any:
    """The same without identity numbers, in rows of a repeat too."""
    if isinstance(value, str):
        return masked(value) if _NUMBER.fullmatch(value) else value
    if isinstance(value, Mapping):
        return {name: _dotted(part) for name, part in value.items()}
    return [_dotted(part) for part in value] if isinstance(value, list) else value
