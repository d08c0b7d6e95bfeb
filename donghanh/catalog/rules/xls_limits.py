"""Limits of a value as XLSForm writes them in a constraint, and what is left of the constraint."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# Each spelling of a limit, and how it is read.
_LIMITS = (
    ("least", re.compile(r"\.\s*>=\s*(-?[0-9]+)")),
    ("most", re.compile(r"\.\s*<=\s*(-?[0-9]+)")),
    ("longest", re.compile(r"string-length\(\.\)\s*<=\s*([0-9]+)")),
    ("earliest", re.compile(r"\.\s*>=\s*(?:date\('([0-9-]{10})'\)|(today)\(\))")),
    ("latest", re.compile(r"\.\s*<=\s*(?:date\('([0-9-]{10})'\)|(today)\(\))")),
    ("pattern", re.compile(r"regex\(\.,\s*'([^']*)'\)")),
)
_NUMBERS = ("least", "most", "longest")


def limits_in(constraint: str) -> tuple[dict[str, Any], str]:
    """The limits among the pieces joined by “and”, and the other pieces joined again."""
    limits: dict[str, Any] = {}
    left: list[str] = []
    for piece in _pieces(constraint):
        for name, pattern in _LIMITS:
            if name not in limits and (match := pattern.fullmatch(piece)):
                value = next(one for one in match.groups() if one is not None)
                limits[name] = int(value) if name in _NUMBERS else value
                break
        else:
            left.append(piece)
    return limits, " and ".join(left)


def constraint_of(question: Mapping[str, Any]) -> str:
    """The limits of a question as XLSForm writes them."""
    days = {"today": "today()"}
    pieces = {
        "least": ". >= {}",
        "most": ". <= {}",
        "longest": "string-length(.) <= {}",
        "earliest": ". >= {}",
        "latest": ". <= {}",
        "pattern": "regex(., '{}')",
    }
    written = []
    for name, piece in pieces.items():
        value = question.get(name)
        if value is None or (name == "pattern" and "'" in value):
            continue
        if name in ("earliest", "latest"):
            value = days.get(value, f"date('{value}')")
        written.append(piece.format(value))
    return " and ".join(written)


def _pieces(constraint: str) -> list[str]:
    """Split at “and” outside parentheses and quotes; an “or” outside keeps all together."""
    pieces, depth, quoted, start, at = [], 0, "", 0, 0
    while at < len(constraint):
        sign = constraint[at]
        if quoted:
            quoted = "" if sign == quoted else quoted
        elif sign in "'\"":
            quoted = sign
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif not depth and constraint.startswith(" or ", at):
            return [constraint.strip()]
        elif not depth and constraint.startswith(" and ", at):
            pieces.append(constraint[start:at].strip())
            start = at = at + len(" and ")
            continue
        at += 1
    return [*pieces, constraint[start:].strip()]
