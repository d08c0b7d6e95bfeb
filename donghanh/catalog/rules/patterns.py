"""Patterns that every engine reads alike: Python, Rust, RE2 and JavaScript.

Plain characters, classes written out, groups, alternatives and counts, from ^ to $. No \\d, \\w, \\s
or dot (each engine means other characters by them), nothing that looks around or back. Engines that try one
way after the other could take for ever: no count stands on a group that holds a count, and the ways to read a
text by a pattern, alternatives times counts, are bounded.
"""

from __future__ import annotations

import re

LONGEST = 200
MOST_WAYS = 1_000_000
# What * and + count for: as many ways as a usual text has letters.
ENDLESS = 200
_ESCAPED = set("^$\\.*+?()[]{}|/")
_PLAIN = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -_,:;'\"@#%&=!<>~`")
_COUNT = re.compile(r"[*+?]|\{[0-9]{1,3}(,[0-9]{0,3})?\}")
_CLASS = re.compile(r"\[\^?((?:[^\[\]\\^&~|-]|\\[\^$\\.*+?()\[\]{}|/-])(?:-(?:[^\[\]\\^&~|-]))?)+-?\]")


def pattern_problem(pattern: str) -> str | None:
    """What is wrong with this pattern, or None."""
    if len(pattern) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    if not (pattern.startswith("^") and pattern.endswith("$") and len(pattern) > 2):
        return "it must go from ^ to $"
    problem = _body_problem(pattern[1:-1])
    if problem is None:
        try:
            re.compile(pattern)
        except re.error:
            return "it is not a pattern"
    return problem


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text is what the pattern says."""
    return re.fullmatch(pattern[1:-1], text) is not None


def _body_problem(body: str) -> str | None:
    reader = _Reader()
    at = 0
    while at < len(body):
        step = reader.step(body, at)
        if isinstance(step, str):
            return step
        at += step
    if len(reader.holds_count) > 1:
        return "a bracket is never closed"
    return "there are too many ways to read it" if reader.ways.total > MOST_WAYS else None


class _Ways:
    """In how many ways a text may be read by what was met so far, however it ends."""

    def __init__(self) -> None:
        self._before: list[
            tuple[int, int]
        ] = []  # of each open group around this one: ways, ways of alternatives
        self._here, self._others, self._last = 1, 0, 1

    @property
    def total(self) -> int:
        return self._here + self._others

    def piece(self) -> None:
        """A character or class: one way."""
        self._last = 1

    def group(self, sign: str) -> None:
        """A bracket opens or closes, or another alternative begins."""
        if sign == "(":
            self._before.append((self._here, self._others))
            self._here, self._others = 1, 0
        elif sign == "|":
            self._here, self._others = 1, self.total
        else:
            self._last = self.total
            here, self._others = self._before.pop()
            self._here = here * self._last

    def count(self, count: str) -> None:
        """The last piece comes several times."""
        least, most = _bounds(count)
        once = self._last
        if most is None or (once > 1 and most > ENDLESS):
            times = ENDLESS if once == 1 else MOST_WAYS + 1
        else:
            times = most - least + 1 if once == 1 else sum(once**many for many in range(least, most + 1))
        self._here = self._here // once * max(times, 1)
        self._last = 1


def _bounds(count: str) -> tuple[int, int | None]:
    """How often at least and at most; no end for * and +."""
    if count in "*+?":
        return (1 if count == "+" else 0), (1 if count == "?" else None)
    least, comma, most = count.strip("{}").partition(",")
    return int(least), (int(most) if most else None) if comma else int(least)


class _Reader:
    """Reads a pattern piece by piece. `holds_count`: for each open group, whether a count stands in it."""

    def __init__(self) -> None:
        self.holds_count = [False]
        self.countable = False
        self.counted = False
        self.ways = _Ways()

    def step(self, body: str, at: int) -> int | str:
        """How many characters the piece has, or what is wrong with it."""
        if count := _COUNT.match(body, at):
            return self._count(count.group(), body[at : at + 5])
        self.counted, self.countable = False, True
        self.ways.piece()
        sign = body[at]
        if sign == "[":
            found = _CLASS.match(body, at)
            return (
                found.end() - at
                if found
                else f"the class at “{body[at : at + 8]}” is not written out plainly"
            )
        if sign == "\\":
            pair = body[at : at + 2]
            return 2 if pair[1:] in _ESCAPED else f"“{pair}” is not the same everywhere"
        if sign in "()|":
            return self._group(sign, body[at + 1 : at + 2])
        plain = sign in _PLAIN or (sign.isalpha() and sign > "\x7f")
        return 1 if plain else f"“{sign}” must be escaped or left out"

    def _count(self, count: str, shown: str) -> int | str:
        if not self.countable:
            return f"a count stands alone at “{shown}”"
        if self.counted and count != "?":
            return "a count on a group that holds a count"
        self.holds_count[-1] = True
        self.countable = False
        self.ways.count(count)
        return len(count)

    def _group(self, sign: str, after: str) -> int | str:
        if sign == "(" and after == "?":
            return "a group begins with (?"
        if sign == ")" and len(self.holds_count) == 1:
            return "a bracket closes that was never opened"
        if sign == "|" and len(self.holds_count) == 1:
            return "alternatives stand outside brackets"
        self.ways.group(sign)
        if sign == "(":
            self.holds_count.append(False)
        if sign == ")":
            self.counted = self.holds_count.pop()
            self.holds_count[-1] = self.holds_count[-1] or self.counted
        self.countable = sign == ")"
        return 1
