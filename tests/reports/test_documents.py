"""The workbook, the PDF and the CSV say what the page says."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from openpyxl import load_workbook
from pypdf import PdfReader

from donghanh.reports.documents.pdf import pdf_of
from donghanh.reports.documents.tables import Table, tables_of
from donghanh.reports.documents.workbook import csv_of, workbook_of
from donghanh.reports.queries.day import day_report
from donghanh.reports.rules.report import without_members
from donghanh.web.report.words import report_words
from tests import make
from tests.reports.days import Day
from tests.reports.test_day_report import EIGHT


@pytest.fixture
def report(db):
    day = Day(EIGHT)
    day.live(21, 90)
    return day_report(day.point, EIGHT.date())


def test_the_workbook_opened_again_has_the_same_figures(report):
    tables = tables_of(report, report_words())
    book = load_workbook(io.BytesIO(workbook_of(report, tables)))
    assert len(book.sheetnames) == len(tables) + 1
    for sheet, table in zip(book.worksheets[1:], tables, strict=True):
        read = [list(row) for row in sheet.iter_rows(values_only=True)]
        assert read[0] == list(table.heads)
        assert [tuple(row) for row in read[1:]] == list(table.rows)
        assert sheet.freeze_panes == "B2"


def test_a_word_that_looks_like_a_formula_stays_a_word(report):
    nasty = Table("zone", "=1+1", ("=A1", "@b"), (("=HYPERLINK(1)", 1), ("+84", 2), ("-x", 3), ("@SUM", 4)))
    cells = list(load_workbook(io.BytesIO(workbook_of(report, [nasty]))).worksheets[1].iter_rows())
    assert [cell.data_type for row in cells for cell in row] == ["s", "s", *["s", "n"] * 4]
    assert [row[0].value for row in cells] == ["=A1", "=HYPERLINK(1)", "+84", "-x", "@SUM"]
    read = list(csv.reader(io.StringIO(csv_of([nasty]).lstrip("\ufeff"))))
    assert [row[1] for row in read[1:]] == ["'=HYPERLINK(1)", "'+84", "'-x", "'@SUM"]


def test_the_csv_has_every_figure_once(report):
    tables = tables_of(report, report_words())
    read = list(csv.reader(io.StringIO(csv_of(tables).lstrip("\ufeff"))))
    assert len(read) - 1 == sum(len(table.rows) * (len(table.heads) - 1) for table in tables)


def test_the_pdf_keeps_all_vietnamese_letters_on_at_most_two_pages(report):
    letters = "ẮẰẲẴẶắằẳẵặ ẾỀỂỄỆếềểễệ ỐỒỔỖỘốồổỗộ ỚỜỞỠỢớờởỡợ ỨỪỬỮỰứừửữự Ỳỵỷỹ Đđ Ơơ Ưư"
    named = replace(report, point_name=f"Nhà văn hóa {letters}")
    with translation.override("vi"):
        made = PdfReader(io.BytesIO(pdf_of(named, tables_of(named, report_words()))))
    text = " ".join(page.extract_text() for page in made.pages)
    assert " ".join(f"Nhà văn hóa {letters}".split()) in " ".join(text.split())
    assert "Thủ tục đăng ký kết hôn" in text
    assert report.ward_name in text
    assert "20/11/2026" in text
    assert report.journal.hash[:16] in text
    assert len(made.pages) <= 2


def test_a_pdf_of_a_day_without_anyone_is_one_page(db):
    empty = day_report(make.point(), EIGHT.date())
    assert len(PdfReader(io.BytesIO(pdf_of(empty, tables_of(empty, report_words())))).pages) == 1


def test_readers_outside_the_ward_get_totals_only(report):
    told = without_members(report)
    slugs = [table.slug for table in tables_of(told, report_words(), totals_only=True)]
    assert "member" not in slugs
    assert "zone" not in slugs
    assert told.cases.by_member == {}
    assert set(told.names) == {"procedure", "series"}


def test_the_command_writes_each_format_and_finds_no_difference(report, tmp_path, capsys):
    for form, start in (("json", b"{"), ("xlsx", b"PK"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf")):
        out = tmp_path / f"day.{form}"
        call_command("report", point=report.points[0], date="2026-11-20", format=form, out=out)
        assert out.read_bytes().startswith(start)


def test_the_command_says_what_is_wrong(report, tmp_path):
    with pytest.raises(CommandError, match="not a day"):
        call_command("report", point=report.points[0], date="20.11.2026")
    with pytest.raises(CommandError, match="Say which point"):
        call_command("report", point="Nơi không có")
    with pytest.raises(CommandError, match="needs --out"):
        call_command("report", point=report.points[0], date="2026-11-20", format="pdf")


def test_a_word_in_any_cell_of_the_csv_is_no_formula():
    nasty = Table("x", "T", ("Head", "Value"), (("row", "=1+1"), ("row", -2.5), ("row", None)))
    read = list(csv.reader(io.StringIO(csv_of([nasty]).lstrip("\ufeff"))))
    assert [line[3] for line in read[1:]] == ["'=1+1", "-2.5", ""]
