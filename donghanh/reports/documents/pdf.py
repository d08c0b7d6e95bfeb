"""A report as PDF/A, set by typst from the same tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from donghanh.reports.documents.tables import Table, headline
from donghanh.reports.documents.workbook import origin
from donghanh.reports.rules.report import DayReport

FOLDER = Path(__file__).resolve().parent
# Two columns of short tables; these take the whole width.
WIDE = ("phases", "hours", "promises")
MOST_ROWS = 12


def pdf_of(report: DayReport, tables: list[Table]) -> bytes:
    """The report on at most two pages for an ordinary day, archivable (PDF/A-2b)."""
    first, last = f"{report.first_day:%d/%m/%Y}", f"{report.last_day:%d/%m/%Y}"
    told: dict[str, Any] = {
        "language": (get_language() or "vi")[:2],
        "title": _("Report of the support point"),
        "ward": f"{report.ward_name}, {report.province_name}",
        "point": report.point_name,
        "days": first if first == last else f"{first} – {last}",
        "headline": headline(report),
        "origin": origin(report),
        "wide": [_plain(table) for table in tables if table.slug in WIDE and table.rows],
        "narrow": [_plain(table) for table in tables if table.slug not in WIDE and table.rows],
    }
    # No compiler object is kept: it may not leave the thread that made it.
    return typst.compile(
        str(FOLDER / "day.typ"),
        root=str(FOLDER),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(told, ensure_ascii=False)},
        pdf_standards="a-2b",
    )


def _plain(table: Table) -> dict[str, Any]:
    rows = [list(row) for row in table.rows[: MOST_ROWS if table.slug not in ("totals", "hours") else None]]
    left = len(table.rows) - len(rows)
    if left:
        rest = sum(row[1] for row in table.rows[len(rows) :] if isinstance(row[1], int))
        rows.append([_("Others ({count})").format(count=left), rest, *[None] * (len(table.heads) - 2)])
    bars = len(table.heads) == 2 and table.slug != "totals"
    return {"title": table.title, "heads": list(table.heads), "rows": rows, "bars": bars}
