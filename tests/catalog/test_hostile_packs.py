"""Packs and workbooks of strangers that mean to make somebody's machine work for ever: refused before anything runs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from donghanh.catalog.actions.compiling import WrongCondition, compile_condition
from donghanh.catalog.actions.pack_forms import _wrong_read
from donghanh.catalog.actions.pack_media import read_media
from donghanh.catalog.actions.xlsform import WrongSheet, read_xlsform
from donghanh.catalog.queries.evaluating import EVALUATOR, UNKNOWN
from donghanh.catalog.rules.patterns import pattern_problem
from tests.cases.editions import question

pytestmark = pytest.mark.pure

ROWS = question(
    "r", "repeat", most=50, fields=(question("a", "integer"), question("l", "choices", choices=("x", "y")))
)
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.mark.parametrize(
    "text",
    [
        "r.exists(a, r.all(b, r.exists(c, a.a == b.a && b.a == c.a)))",
        " || ".join(["r.all(a, r.all(b, a.a == b.a))"] * 4),
        "r.filter(a, r.exists(b, a.a == b.a)).exists(c, r.filter(d, d.a == c.a).exists(e, r.all(f, f.a == e.a)))",
        "r.exists(a, a.l.exists(x, r.exists(y, r.exists(z, x == 'x' && y.a == z.a))))",
    ],
)
def test_a_condition_that_looks_at_too_many_rows_is_refused(text):
    with pytest.raises(WrongCondition, match="more than 8000 rows"):
        compile_condition(text, [ROWS])


def test_a_condition_over_each_pair_of_rows_may_stand_and_holds_for_full_ones():
    made = compile_condition("r.all(a, a.l.exists(x, x == 'y') || r.exists(b, a.a == b.a))", [ROWS])
    rows = [{"a": number, "l": ["x", "y"]} for number in range(50)]
    assert EVALUATOR.evaluate(made, {"r": rows, "st": {"r": "given"}, "today": "2026-11-24"}) is True


def test_an_engine_that_gives_up_says_unknown_and_harms_no_case():
    made = compile_condition("r.all(a, r.all(b, a.a == b.a))", [ROWS])
    bindings = {"r": [{"a": 1}] * 400, "st": {"r": "given"}, "today": "2026-11-24"}
    assert EVALUATOR.evaluate(made, bindings) == UNKNOWN


@pytest.mark.parametrize(
    "pattern",
    [
        "^(a|a)*$", "^(a|aa)+$", "^" + "a?" * 30 + "a" * 30 + "$", "^" + "(a|a)" * 30 + "$", "^(a|a){30}$",
        "^a*a*a*a*$", "^[a-z]{0,99}[a-z]{0,99}[a-z]{0,99}[a-z]{0,99}b$", "^((a|b)|(a|c))*$", "^(a|a){1,}$",
    ],
)  # fmt: skip
def test_a_pattern_with_too_many_ways_is_refused(pattern):
    assert pattern_problem(pattern) == "there are too many ways to read it"
    assert _wrong_read(pattern[1:-1]) == "there are too many ways to read it"


@pytest.mark.parametrize(
    "pattern",
    [
        "^[0-9]{2}[A-Z]-[0-9]{4,5}$", "^(0[1-9]|[12][0-9]|3[01])$", "^[A-Z]+-[0-9]*$", "^(ab|cd)?x{999}$",
        "^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,24}$",
    ],
)  # fmt: skip
def test_a_pattern_of_a_number_plate_or_a_mail_address_may_stand(pattern):
    assert pattern_problem(pattern) is None


def test_what_is_read_on_a_portal_may_hold_a_slash():
    assert _wrong_read("[0-9]{2}/[0-9]{2}/[0-9]{4}") is None
    assert _wrong_read("[A-Z0-9.]+-[0-9]{6}-[0-9]{6}") is None


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<script>alert(1)</script>", "<script> is not allowed"),
        ('<g onload="alert(1)"/>', "onload is not allowed"),
        ('<use href="https://example.org/x.svg#a"/>', "href is not allowed"),
        ('<a href="javascript:alert(1)"><path/></a>', "href is not allowed"),
        ('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>', "is not allowed"),
        ('<rect fill="url(https://example.org/x)"/>', "fill is not allowed"),
        ("<style>*{background:url(//x)}</style>", "<style> is not allowed"),
        ('<use href="#a"/>' * 17, "more than 16 <use>"),
    ],
)
def test_a_picture_that_acts_or_grows_is_refused(tmp_path: Path, inside: str, what: str):
    (tmp_path / "media").mkdir()
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    (tmp_path / "media" / "steps.send.svg").write_text(svg, "utf-8")
    _, problems = read_media(tmp_path, ["media/steps.send.svg"])
    assert any(what in problem.what for problem in problems), problems


def book(part: str, body: bytes) -> bytes:
    """A workbook of one question, one of whose parts is another one."""
    made, written, changed = Workbook(), io.BytesIO(), io.BytesIO()
    sheet = made.active
    assert sheet is not None
    sheet.title = "survey"
    sheet.append(["type", "name", "label"])
    made.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), part}:
            new.writestr(name, body if name == part else old.read(name))
    return changed.getvalue()


@pytest.mark.parametrize(
    ("part", "body", "what"),
    [
        ("xl/sharedStrings.xml", b" " * 51_000_000, "unfolds to more than 50 MB"),
        ("xl/workbook.xml", b"<a", "this is no workbook"),
        ("xl/worksheets/sheet1.xml", b"<a", "this is no workbook"),
        ("[Content_Types].xml", b"", "this is no workbook"),
        (
            "xl/worksheets/sheet1.xml",
            f'<!DOCTYPE a [<!ENTITY a "{"x" * 1000}">'.encode()
            + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (b"%d" % (n - 1) if n > 1 else b"") * 10) for n in range(1, 9))
            + f']><worksheet {NS}><sheetData><row><c t="inlineStr"><is><t>&a8;</t></is></c></row></sheetData></worksheet>'.encode(),
            "this is no workbook",
        ),
    ],
)  # fmt: skip
def test_a_workbook_that_swells_or_breaks_is_refused(part: str, body: bytes, what: str):
    with pytest.raises(WrongSheet, match=what):
        read_xlsform(book(part, body))


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"x" * 6_000_000])
def test_what_is_no_workbook_at_all_is_refused(body: bytes):
    with pytest.raises(WrongSheet):
        read_xlsform(body)
