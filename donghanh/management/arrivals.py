"""A day of arrivals read from a CSV: all of it, or a refusal that names file, line and what to do."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from donghanh.kernel.errors import Refusal

NEEDED = ("arrived_at", "kind", "service_seconds", "priority")
SERVED, GONE = frozenset({"", "AGENT"}), frozenset({"HANG", "PHANTOM"})
LONGEST_SECONDS = 24 * 3600
# The columns of the public call-centre record: there 0 and 1 are regular and 2 is high.
CALL_CENTRE_COLUMN = "vru_seconds"
CALL_CENTRE_LEVELS = {0: 0, 1: 0, 2: 1}
MOST_LEVEL = 9


class WrongCsv(Refusal):
    """The file of arrivals cannot be read as one; nothing was sent."""

    message = "{file}, line {line}: {problem}"
    status = 422


@dataclass(frozen=True)
class Coming:
    """One arrival: when (seconds of the day), for what, how long it takes; or how soon they leave."""

    at: float
    kind: str
    priority: int
    service_seconds: float | None  # None: goes without being served
    leaves_after: float | None = None


def read_arrivals(
    file: Path, *, day: str = "", limit: int | None = None, levels: Mapping[int, int] | None = None
) -> list[Coming]:
    """The arrivals of a file in order of time; more columns than needed are left aside.

    `day` keeps the rows of one day where the file has a `day` column. Refuses with WrongCsv.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise WrongCsv(file=file, line=0, problem="there is no such file. Check the path.") from None
    except (UnicodeDecodeError, OSError):
        raise WrongCsv(
            file=file, line=1, problem="it is not text in UTF-8. Save it as “CSV UTF-8”."
        ) from None
    rows = csv.DictReader(text.splitlines())
    heads = [(name or "").strip() for name in rows.fieldnames or []]
    rows.fieldnames = heads
    if missing := [name for name in NEEDED if name not in heads]:
        problem = f"the column {', '.join(missing)} is missing. The first line must name {', '.join(NEEDED)}."
        raise WrongCsv(file=file, line=1, problem=problem)
    if day and "day" not in heads:
        raise WrongCsv(file=file, line=1, problem="there is no column “day” to choose from. Leave --day out.")
    if not day and "day" in heads:
        days = {row["day"] for row in csv.DictReader(text.splitlines(), fieldnames=heads)} - {"day", None}
        if len(days) > 1:
            raise WrongCsv(
                file=file,
                line=2,
                problem=f"there are {len(days)} days. Choose one, such as --day {min(days)}.",
            )
    known = levels if levels is not None else (CALL_CENTRE_LEVELS if CALL_CENTRE_COLUMN in heads else None)
    found = [_read(file, rows.line_num, row, known) for row in rows if not day or row["day"] == day]
    if not found:
        raise WrongCsv(file=file, line=2, problem="there is no arrival" + (f" on {day}." if day else "."))
    return sorted(found, key=lambda one: one.at)[:limit]


def _read(file: Path, line: int, row: dict[str, str | None], levels: Mapping[int, int] | None) -> Coming:
    def wrong(problem: str) -> WrongCsv:
        return WrongCsv(file=file, line=line, problem=problem)

    def number(name: str, most: float) -> float:
        written = (row.get(name) or "").strip()
        try:
            value = float(written or 0)
        except ValueError:
            value = -1.0
        if not 0 <= value <= most:
            raise wrong(f"{name} is “{written}”. Write a number from 0 to {most:g}.")
        return value

    if None in row or None in row.values():
        raise wrong(f"it has not as many columns as the first line ({len([n for n in row if n])}).")
    outcome = (row.get("outcome") or "").strip().upper()
    if outcome not in SERVED | GONE:
        raise wrong(f"outcome is “{outcome}”. Known are AGENT, HANG and PHANTOM.")
    level = int(number("priority", MOST_LEVEL))
    if levels is not None and level not in levels:
        raise wrong(f"priority {level} is in no level. Say which with --levels, such as 0:0,1:0,2:1.")
    at, service = _moment(wrong, row), number("service_seconds", LONGEST_SECONDS)
    priority = levels[level] if levels is not None else level
    kind = (row["kind"] or "").strip()
    if not kind:
        raise wrong("kind is empty. Write any word, a series’ letter or a procedure’s code.")
    if outcome in GONE:
        return Coming(at, kind, priority, None, number("wait_seconds", LONGEST_SECONDS))
    if service <= 0 and not outcome:
        raise wrong("service_seconds is 0. Write how long the help took, or outcome HANG for one who left.")
    return Coming(at, kind, priority, service)


def _moment(wrong: Callable[[str], WrongCsv], row: dict[str, str | None]) -> float:
    written = (row["arrived_at"] or "").strip()
    for shape in ("%H:%M:%S", "%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"):
        try:
            moment = datetime.strptime(written, shape)
        except ValueError:
            continue
        return moment.hour * 3600 + moment.minute * 60 + moment.second
    raise wrong(f"arrived_at is “{written}”. Write 07:05:00 or 2026-11-24T07:05:00.")
