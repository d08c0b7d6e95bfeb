"""Members from a CSV file: all of them or none, with every problem named by line and column."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.text import nfc
from donghanh.places.models import Ward
from donghanh.teams.actions.appointing import may_appoint
from donghanh.teams.actions.members import PHONE, USERNAME, MemberFacts, Welcome, add_member
from donghanh.teams.models import Member, Organisation

COLUMNS = ("username", "full_name", "role", "organisation", "phone", "skills")
NEEDED = ("username", "full_name", "role")
MOST_ROWS = 500
SHOWN = 30


class WrongMemberFile(Refusal):
    """The file is wrong; nothing was written. `problems` names file, line, column and what to do."""

    message = "The file has problems, nothing was taken over: {problems}"
    status = 422

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems[:SHOWN]), problems=problems)


@dataclass(frozen=True)
class Line:
    """One line of the file."""

    file: str
    number: int
    cells: dict[str, str]

    def problem(self, column: str, what: str, advice: str) -> str:
        """file, line, column: what is wrong. What to do."""
        return f"{self.file}, line {self.number}, column {column}: {what}. {advice}."


@action
def add_members_from(ward: Ward, content: bytes, *, file: str, by: Actor) -> list[Welcome]:
    """Add every member of the file. Refuses with WrongMemberFile, or MayNotAppoint."""
    organisations = {one.name: one for one in Organisation.objects.filter(ward=ward, is_active=True)}
    lines = _lines(content, file)
    problems: list[str] = []
    seen: dict[str, int] = {}
    for line in lines:
        problems += _problems(line, seen, organisations)
    taken = Member.objects.filter(username__in=seen).values_list("username", flat=True)
    problems += [
        f"{file}, line {seen[name]}, column username: “{name}” is taken. Choose another name."
        for name in taken
    ]
    if problems:
        raise WrongMemberFile(problems)
    for line in lines:
        may_appoint(by, line.cells["role"], ward)
    return [add_member(ward, _facts(line, organisations), by=by) for line in lines]


def _lines(content: bytes, file: str) -> list[Line]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        at = content[: broken.start].count(b"\n") + 1
        raise WrongMemberFile([f"{file}, line {at}: not UTF-8. Save the file as “CSV UTF-8”."]) from broken
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as broken:
        raise WrongMemberFile(
            [f"{file}, line {reader.line_num}: {broken}. Export it as CSV again."]
        ) from broken
    if not rows:
        raise WrongMemberFile([f"{file}, line 1: the file is empty. Its first line is {','.join(COLUMNS)}."])
    head = [cell.strip().lower() for cell in rows[0][1]]
    _check_head(head, file)
    if len(rows) == 1:
        raise WrongMemberFile([f"{file}, line 2: there is no member. Write one member a line."])
    if len(rows) - 1 > MOST_ROWS:
        raise WrongMemberFile(
            [f"{file}, line {rows[MOST_ROWS + 1][0]}: more than {MOST_ROWS} lines. Split the file."]
        )
    return [_line(file, number, head, row) for number, row in rows[1:]]


def _check_head(head: list[str], file: str) -> None:
    problems = [f"{file}, line 1: column {name} is missing. Add it." for name in NEEDED if name not in head]
    problems += [
        f"{file}, line 1, column {name or '?'}: unknown column. Use {', '.join(COLUMNS)}."
        for name in head
        if name not in COLUMNS
    ]
    if len(set(head)) < len(head):
        problems.append(f"{file}, line 1: a column stands twice. Keep one.")
    if problems:
        raise WrongMemberFile(problems)


def _line(file: str, number: int, head: list[str], row: list[str]) -> Line:
    if len(row) > len(head):
        raise WrongMemberFile(
            [
                f"{file}, line {number}: {len(row)} cells under {len(head)} columns. Put texts with commas in quotes."
            ]
        )
    cells = {name: nfc(cell) for name, cell in zip(head, row, strict=False)}
    full = {name: cells.get(name, "") for name in COLUMNS}
    return Line(file, number, {**full, "username": full["username"].lower(), "role": full["role"].lower()})


def _problems(line: Line, seen: dict[str, int], organisations: dict[str, Organisation]) -> list[str]:
    cells, found = line.cells, []
    name = cells["username"]
    if not USERNAME.match(name):
        found.append(
            line.problem("username", f"“{name}” is no sign-in name", "Use 3 to 60 of a–z, 0–9, . _ -")
        )
    elif name in seen:
        found.append(
            line.problem("username", f"“{name}” stands in line {seen[name]} too", "Give each member one line")
        )
    else:
        seen[name] = line.number
    if not 1 <= len(cells["full_name"]) <= 120:
        found.append(line.problem("full_name", "the name is empty or too long", "Write 1 to 120 characters"))
    if cells["role"] not in Member.ROLES:
        found.append(
            line.problem("role", f"“{cells['role']}” is no role", f"Use one of {', '.join(Member.ROLES)}")
        )
    if cells["organisation"] and cells["organisation"] not in organisations:
        found.append(
            line.problem(
                "organisation", f"“{cells['organisation']}” is not known here", "Add it in the office first"
            )
        )
    if cells["phone"] and not PHONE.match(cells["phone"].replace(" ", "")):
        found.append(line.problem("phone", "this is no phone number", "Write 8 to 14 digits"))
    return found


def _facts(line: Line, organisations: dict[str, Organisation]) -> MemberFacts:
    cells = line.cells
    return MemberFacts(
        username=cells["username"], full_name=cells["full_name"], role=cells["role"],
        organisation=organisations.get(cells["organisation"]), phone=cells["phone"],
        skills=tuple(cells["skills"].split()),
    )  # fmt: skip
