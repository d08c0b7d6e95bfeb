"""Conditions and answers that grow at random from a seed: every part of the profile, typed, over tests/twins/cases.py."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from tests.twins.cases import QUESTIONS

DAYS = (
    "1900-02-28",
    "1999-12-31",
    "2000-02-29",
    "2004-02-29",
    "2023-02-28",
    "2024-02-29",
    "2026-11-24",
    "9999-12-31",
)
NUMBERS = (-9007199254740991, -1, 0, 1, 2, 7, 60, 8000, 9007199254740991)
TEXTS = ("", "a", "Ngô", "H'Hen Niê", "Đỗ Ễ", "😀", "x", "AB12")
PARTIALS = ("1945", "1945-03", "1945-03-31", "2000-02-29")
PATTERNS = ("^[A-Z]{2}[0-9]+$", "^[a-zô]*$", "^(a|x|ữ)?$", "^[^0-9]+$")
STATES = ("absent", "empty", "given", "dont_know", "not_applicable", "hidden")
PRESENT = 0.7


class Grower:
    """Grows expressions of a kind; `row` is the variable of a row in whose test they stand."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def truth(self, depth: int, row: str = "") -> str:
        """A condition."""
        choices: list[Callable[[int, str], str]] = [self._leaf]
        if depth > 0:
            choices += [self._joined, self._joined, self._negated, self._compared, self._either, self._leaf]
            choices += [] if row else [self._over_rows, self._over_rows, self._over_choices]
        return self.random.choice(choices)(depth - 1, row)

    def number(self, depth: int, row: str = "") -> str:
        """A whole number."""
        kinds = [
            "n",
            "m",
            "cost",
            str(self.random.choice(NUMBERS)),
            "size(name)",
            "size(needs)",
            "size(kids)",
        ]
        if row:
            kinds += [f"{row}.age", f"{row}.age", f"size({row}.likes)"]
        if depth <= 0:
            return self.random.choice(kinds)
        left, right = self.number(depth - 1, row), self.number(depth - 1, row)
        kinds += [f"({left} {sign} {right})" for sign in "+-*"]
        kinds += [f"age_on({self.day(depth - 1, row)}, {self.day(depth - 1, row)})"] * 2
        kinds += [f"days_between({self.day(depth - 1, row)}, {self.day(depth - 1, row)})"]
        kinds += [f"({self.truth(0, row)} ? {left} : {right})", f"-({left})"]
        if not row:
            kinds += [f"kids.filter(k, {self.truth(depth - 1, 'k')}).size()"] * 2
        return self.random.choice(kinds)

    def day(self, depth: int, row: str = "") -> str:
        """A day."""
        kinds = ["born", "wed", "today", f"'{self.random.choice(DAYS)}'", "first_day(since)"]
        kinds += [f"{row}.born"] * 2 if row else []
        if depth > 0:
            count = self.random.choice(("n", str(self.random.randint(-40, 400)), "9007199254740991"))
            kinds += [f"add_days({self.day(depth - 1, row)}, {count})"]
            kinds += [f"add_months({self.day(depth - 1, row)}, {count})"]
        return self.random.choice(kinds)

    def text(self, row: str = "") -> str:
        """A text."""
        names = ["name", "note"] + ([f"{row}.name"] * 2 if row else [])
        return self.random.choice(names)

    def answers(self) -> dict[str, Any]:
        """Answers of which some are not there, with the states of those."""
        values: dict[str, Any] = {}
        st: dict[str, Any] = {}
        for question in QUESTIONS:
            if self.random.random() < PRESENT:
                values[question.id] = self._value(question)
            else:
                st[question.id] = self.random.choice((*STATES[:2], *STATES[3:], None))
        return {**values, "st": st}

    def _value(self, question: Any) -> Any:
        pick = self.random.choice
        if question.type == "repeat":
            return [
                {one.id: self._value(one) for one in question.fields if self.random.random() < PRESENT}
                for _ in range(self.random.randrange(4))
            ]
        if question.type == "choices":
            return [one for one in question.choices if self.random.random() < 0.5]
        of_type = {
            "yes_no": (True, False),
            "integer": NUMBERS,
            "money": NUMBERS[2:],
            "choice": question.choices,
        }
        of_type |= {"date": DAYS, "partial_date": PARTIALS}
        return pick(of_type.get(question.type) or TEXTS)

    def _leaf(self, depth: int, row: str) -> str:
        pick = self.random.choice
        sex = f"{row}.sex" if row else "sex"
        leaves = ["yes", "free", "true", "false", f"{sex} == 'male'", f"{sex} in ['male', 'female']"]
        leaves += [f"st.{pick(QUESTIONS).id} {pick(('==', '!='))} '{pick(STATES)}'" for _ in range(2)]
        leaves += [
            f"{self.text(row)}.startsWith('{pick(('', 'N', 'Đ', '😀'))}')",
            "'x' in needs",
            "note in needs",
        ]
        leaves += [f"{self.text(row)}.matches('{pick(PATTERNS)}')", f"{self.text(row)} == {self.text(row)}"]
        leaves += [f"n in [{pick(NUMBERS)}, {pick(NUMBERS)}]", f"since == '{pick(PARTIALS)}'"]
        return pick(leaves + ([f"{row}.school", f"'a' in {row}.likes"] * 2 if row else []))

    def _joined(self, depth: int, row: str) -> str:
        return f"({self.truth(depth, row)} {self.random.choice(('&&', '||'))} {self.truth(depth, row)})"

    def _negated(self, depth: int, row: str) -> str:
        return f"!({self.truth(depth, row)})"

    def _either(self, depth: int, row: str) -> str:
        return f"({self.truth(depth, row)} ? {self.truth(depth, row)} : {self.truth(depth, row)})"

    def _compared(self, depth: int, row: str) -> str:
        side = self.random.choice((self.number, self.day))
        sign = self.random.choice(("==", "!=", "<", "<=", ">", ">="))
        return f"({side(depth, row)} {sign} {side(depth, row)})"

    def _over_rows(self, depth: int, row: str) -> str:
        return f"kids.{self.random.choice(('exists', 'all', 'exists_one'))}(k, {self.truth(depth, 'k')})"

    def _over_choices(self, depth: int, row: str) -> str:
        macro = self.random.choice(("exists", "all", "exists_one"))
        return f"needs.{macro}(one, one {self.random.choice(('==', '!='))} '{self.random.choice('xyz')}')"
