"""What may stand in tests/*.yaml: answers given, and what the guide must make of them."""

from __future__ import annotations

from typing import Any, Literal

from donghanh.catalog.actions.pack_values import Day, Slug, Strict, Title


class ExpectedIn(Strict):
    """What must come out. `next` and `screens` are compared whole; of the others what is named.

    `errors`: for a question the codes it must have, the id of a check for a check; [] means none.
    """

    next: Title | None = None
    shown: list[Slug] = []
    hidden: list[Slug] = []
    papers: dict[str, Literal["needed", "not_needed", "may_be_needed"]] = {}
    fees: dict[str, Literal["due", "not_due", "may_be_due", "exempt"]] = {}
    eligibility: dict[str, Literal["met", "failed", "unknown"]] = {}
    errors: dict[str, list[str]] = {}
    screens: list[Title] | None = None


class CaseIn(Strict):
    """The whole of tests/NAME.yaml. An answer is a value, or {state: dont_know}."""

    name: Title
    today: Day
    view: Literal["citizen", "member"] = "citizen"
    ticks: list[Slug] = []
    answers: dict[str, Any] = {}
    expect: ExpectedIn
