"""How often a condition looks at a row at most, so that no pack makes a phone or the server count for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from donghanh.catalog.rules.expressions import Macro, Name, Selected, Tree, children
from donghanh.catalog.rules.guidance import Question

# The server's engine stops at ten thousand rounds; the browser's never would.
MOST_ROUNDS = 8_000
# A list that says no number itself, like values.MOST_ROWS.
USUAL_ROWS = 50

Sizes = Mapping[str, Question]


def rounds(tree: Tree, questions: Sequence[Question]) -> int:
    """The rounds of all exists, all, exists_one and filter together, with every repeat and list full."""
    return _rounds(tree, {one.id: one for one in questions})


def _rounds(tree: Tree, known: Sizes) -> int:
    if not isinstance(tree, Macro):
        return sum(_rounds(part, known) for part in children(tree))
    over = _listed(tree.of, known)
    inside = {**known, tree.variable: over} if over is not None else known
    return _rounds(tree.of, known) + _longest(over) * (1 + _rounds(tree.body, inside))


def _listed(of: Tree, known: Sizes) -> Question | None:
    """The repeat or list of choices that is gone through; a filter has at most what it filters."""
    match of:
        case Macro(of=inner):
            return _listed(inner, known)
        case Name(name=name):
            return known.get(name)
        case Selected(of=Name(name=row), name=name) if row in known:
            return next((field for field in known[row].fields if field.id == name), None)
    return None


def _longest(over: Question | None) -> int:
    if over is None:
        return USUAL_ROWS
    if over.type == "choices":
        return len(over.choices)
    return USUAL_ROWS if over.most is None else over.most
