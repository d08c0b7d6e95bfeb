"""Each address × each role × own and foreign ward, as `access_matrix.txt` says. An address without a row fails."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import transaction

from tests.house.access_world import ROLES, World, addresses, asked, build, has_rows

FILE = Path(__file__).with_name("access_matrix.txt")
NONE = "-"


class Row(NamedTuple):
    """One line of the table."""

    method: str
    pattern: str
    own: str
    foreign: str
    body: str

    def __str__(self) -> str:
        return f"{self.method:4} {self.pattern:60} {self.own} {self.foreign} {self.body}".rstrip()


def rows() -> list[Row]:
    """The table."""
    lines = [line for line in FILE.read_text().splitlines() if line.strip() and not line.startswith("#")]
    return [_row(line) for line in lines]


def _row(line: str) -> Row:
    method, pattern, own, foreign, *body = line.split(maxsplit=4)
    return Row(method, "" if pattern == "(home)" else pattern, own, foreign, *body or [""])


def test_every_address_has_a_row_and_every_row_an_address():
    known = {row.pattern for row in rows()}
    found = set(addresses())
    missing = sorted(found - known)
    with transaction.atomic():
        skeleton = "\n".join(str(measured(build(), pattern)) for pattern in missing) if missing else ""
        transaction.set_rollback(True)
    assert not missing, (
        f"Check each against teams/rules.py, then add it to {FILE.name} (measured now):\n{skeleton}"
    )
    assert sorted(known - found) == [], "rows of addresses that are gone"


def test_the_table_says_all_it_must():
    wrong = [
        str(row)
        for row in rows()
        if len(row.own) != len(ROLES)
        or not set(row.own) <= set("+LEux0")
        or (row.foreign == NONE) is has_rows(row.pattern, row.body)
        or (row.foreign != NONE and len(row.foreign) != len(ROLES))
    ]
    assert wrong == [], (
        "eight signs for the own ward, and eight for a foreign one where address or body names a row"
    )


@pytest.mark.parametrize("role", ROLES)
def test_the_doors_open_as_the_table_says(role):
    world, place = build(), ROLES.index(role)
    wrong = []
    for row in rows():
        for whose, signs, where in (("own", row.own, world.own), ("foreign", row.foreign, world.foreign)):
            if signs == NONE:
                continue
            got = asked(world, role, row.method, row.pattern, row.body, where)
            if got != signs[place]:
                wrong.append(
                    f"{row.method} {row.pattern or '(home)'} {whose}: {signs[place]} expected, {got} given"
                )
    assert wrong == []


def measured(world: World, pattern: str, method: str = "GET", body: str = "") -> Row:
    """A row as the product answers now: a draft to be checked, never a truth."""
    if method == "GET" and asked(world, "officer", "GET", pattern, body, world.own) == "m":
        method = "POST"
    own = "".join(asked(world, role, method, pattern, body, world.own) for role in ROLES)
    foreign = NONE
    if has_rows(pattern, body):
        foreign = "".join(asked(world, role, method, pattern, body, world.foreign) for role in ROLES)
    return Row(method, pattern or "(home)", own, foreign, body)
