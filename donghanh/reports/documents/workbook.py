"""A report as an XLSX workbook, one sheet a table, and as CSV."""

from __future__ import annotations

import csv
import io

import xlsxwriter
from django.utils.translation import gettext as _

from donghanh.reports.documents.tables import Cell, Table, headline
from donghanh.reports.rules.report import DayReport

SHEET_NAME_LENGTH = 31
RISKY = ("=", "+", "-", "@", "\t", "\r")


def workbook_of(report: DayReport, tables: list[Table]) -> bytes:
    """The workbook. Words are written as text whatever they begin with, numbers as numbers."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": f"{report.ward_name} – {report.point_name} – {_days(report)}"})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        title = book.add_format({"bold": True, "font_size": 14})
        cover = book.add_worksheet(_("Report")[:SHEET_NAME_LENGTH])
        cover.set_column(0, 0, 100)
        lines = (
            f"{report.ward_name}, {report.province_name}",
            report.point_name,
            _days(report),
            headline(report),
            origin(report),
        )
        for row, line in enumerate(lines):
            cover.write_string(row, 0, line, title if not row else None)
        for number, table in enumerate(tables, 1):
            sheet = book.add_worksheet(_sheet_name(number, table.title))
            sheet.freeze_panes(1, 1)
            for column, name in enumerate(table.heads):
                sheet.write_string(0, column, name, head)
                widest = max([len(name), *(len(str(line[column])) for line in table.rows)])
                sheet.set_column(column, column, min(max(widest + 2, 12 if column else 28), 70))
            for row, cells in enumerate(table.rows, 1):
                for column, cell in enumerate(cells):
                    _write(sheet, row, column, cell)
    return buffer.getvalue()


def csv_of(tables: list[Table]) -> str:
    """All tables as one long CSV: table, row, column, value. With a mark that spreadsheets read as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_("Table"), _("Row"), _("Column"), _("Value")])
    for table in tables:
        for cells in table.rows:
            for name, cell in zip(table.heads[1:], cells[1:], strict=True):
                writer.writerow([_safe(table.title), _safe(str(cells[0])), _safe(name), _value(cell)])
    return "\ufeff" + text.getvalue()


def origin(report: DayReport) -> str:
    """Where the figures come from."""
    return _(
        "Made by Đồng Hành from the journal up to entry {seq}, hash {hash}. Percentiles: nearest rank."
    ).format(seq=report.journal.seq, hash=report.journal.hash[:16] or "–")


def _days(report: DayReport) -> str:
    first, last = f"{report.first_day:%d/%m/%Y}", f"{report.last_day:%d/%m/%Y}"
    return first if first == last else f"{first} – {last}"


def _sheet_name(number: int, title: str) -> str:
    clean = "".join(" " if letter in "[]:*?/\\" else letter for letter in title).strip("' ")
    return f"{number} {clean}"[:SHEET_NAME_LENGTH].rstrip()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell) -> None:
    if cell is None:
        sheet.write_blank(row, column, None)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell)
    else:
        sheet.write_number(row, column, cell)


def _value(cell: Cell) -> str | float:
    if cell is None:
        return ""
    return _safe(cell) if isinstance(cell, str) else cell


def _safe(text: str) -> str:
    # CSV has no types: an apostrophe keeps a spreadsheet from reading a word as a formula.
    return f"'{text}" if text.startswith(RISKY) else text
