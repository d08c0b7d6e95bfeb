"""What a condition says about the answers at hand: true, false, or unknown.

One engine on each side runs the same tree: here cel-expr-python, in the browser @bufbuild/cel. An
answer that is not there is left out of the bindings; reading it is an error of the engine, which
“and” and “or” absorb when their other side decides. What is left of errors is unknown.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Literal

from cel_expr_python import cel

from donghanh.catalog.rules import calendar
from donghanh.catalog.rules.expressions import parsed_expr
from donghanh.catalog.rules.guidance import Condition

UNKNOWN: Final = "unknown"
Verdict = bool | Literal["unknown"]

_TYPES = {"day": cel.Type.STRING, "partial": cel.Type.STRING, "int": cel.Type.INT}


def environment(variables: Mapping[str, Any]) -> Any:
    """The language with our functions and these variables."""
    functions = [
        cel.FunctionDecl(
            name,
            [
                cel.Overload(
                    f"{name}_{'_'.join(wanted)}",
                    return_type=_TYPES[result],
                    parameters=[_TYPES[kind] for kind in wanted],
                    is_member=False,
                    impl=getattr(calendar, name),
                )
            ],
        )
        for name, (wanted, result) in calendar.FUNCTIONS.items()
    ]
    return cel.NewEnv(variables=variables, functions=functions)


_ENGINE = environment({})


@lru_cache(maxsize=8192)
def _expression(tree: str) -> Any:
    return _ENGINE.deserialize(parsed_expr(base64.b64decode(tree)))


class Evaluator:
    """Evaluates conditions. One for all threads: what it keeps between calls never changes."""

    def evaluate(self, condition: Condition | Mapping[str, Any], bindings: Mapping[str, Any]) -> Verdict:
        """True, false or UNKNOWN. `condition` is one of an edition, or of a plan: {"tree", "refs"}.

        Of the bindings only what the condition reads is handed over: the values of its questions,
        `st` as the map of states, and `today`.
        """
        tree, refs = _parts(condition)
        st = bindings["st"]
        read = {name: bindings[name] for name in (*refs, "today") if name in bindings}
        read["st"] = {name: st[name] for name in refs if name in st}
        try:
            value = _expression(tree).eval(_ENGINE.Activation(read)).value()
        except RuntimeError:  # the engine gave up: it says nothing about the answers, and harms no case
            return UNKNOWN
        return value if isinstance(value, bool) else UNKNOWN


def _parts(condition: Condition | Mapping[str, Any]) -> tuple[str, Sequence[str]]:
    if isinstance(condition, Condition):
        return condition.tree, condition.refs
    return condition["tree"], condition["refs"]


EVALUATOR: Final = Evaluator()
