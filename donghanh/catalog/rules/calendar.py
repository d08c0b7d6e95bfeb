"""Days as conditions count them: ISO texts in, ISO texts or whole numbers out.

The twin is static/js/guide/calendar.js; both are held to tests/twins/conditions.json.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PARTIAL = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def day_of(text: str) -> date:
    """The day written YYYY-MM-DD. Raises ValueError for anything else."""
    if not _DAY.fullmatch(text):
        raise ValueError("not a day")
    return date.fromisoformat(text)


def is_day(text: object) -> bool:
    """Whether this is a day of the calendar written YYYY-MM-DD."""
    try:
        return isinstance(text, str) and bool(day_of(text))
    except ValueError:
        return False


def is_partial_day(text: object) -> bool:
    """Whether this is a year, a month of a year or a day of the calendar."""
    if not isinstance(text, str) or not _PARTIAL.fullmatch(text):
        return False
    return is_day(first_day(text))


def first_day(partial: str) -> str:
    """The first day that a year or a month may mean: where a law counts a birth year from 1 January."""
    return partial + "-01-01"[len(partial) - 4 :] if len(partial) < 10 else partial


def age_on(born: str, day: str) -> int:
    """Full years from birth to that day; who is born on 29 February is a year older on 1 March."""
    first, last = day_of(born), day_of(day)
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def days_between(first: str, last: str) -> int:
    """How many days later `last` is than `first`."""
    return (day_of(last) - day_of(first)).days


def add_days(day: str, count: int) -> str:
    """The day that many days later. Raises an error beyond the years 1 to 9999."""
    return (day_of(day) + timedelta(days=count)).isoformat()


def add_months(day: str, count: int) -> str:
    """The same day that many months later, or the last day of a shorter month. Raises an error beyond the years 1 to 9999."""
    start = day_of(day)
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).isoformat()


# Name → the kinds of its arguments and of its result, as conditions know them.
FUNCTIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "age_on": (("day", "day"), "int"),
    "days_between": (("day", "day"), "int"),
    "add_days": (("day", "int"), "day"),
    "add_months": (("day", "int"), "day"),
    "first_day": (("partial",), "day"),
}
