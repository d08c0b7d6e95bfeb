"""The day report: as a page, and as files of the same figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from donghanh.kernel.errors import NotFound
from donghanh.reports.documents.pdf import pdf_of
from donghanh.reports.documents.tables import Table, headline, tables_of
from donghanh.reports.documents.workbook import csv_of, origin, workbook_of
from donghanh.reports.queries.day import report_of
from donghanh.reports.rules.report import DayReport, as_json, without_members
from donghanh.teams.models import Member
from donghanh.teams.queries import points_visible_to
from donghanh.web.access import for_members, member_of
from donghanh.web.charts import Download
from donghanh.web.navigation import head_of
from donghanh.web.report.chosen import Chosen, chosen_in
from donghanh.web.report.figures import AS_TABLES, figures_of, promise_words, tiles_of
from donghanh.web.report.words import report_words

FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@for_members("see_report")
def report_page(request: HttpRequest) -> HttpResponse:
    """Words, drawings and tables of one or more days at a point."""
    member = member_of(request)
    chosen = chosen_in(request, member)
    report, tables = _made(chosen, member)
    context: dict[str, Any] = {
        **head_of(request),
        "chosen": chosen,
        "points": points_visible_to(member).select_related("ward").order_by("ward__name", "name"),
        "many_wards": member.ward_id is None or member.role == Member.PROVINCE_OFFICER,
        "report": report,
        "headline": headline(report),
        "origin": origin(report),
        "tiles": tiles_of(report),
        "figures": figures_of(report, tables),
        "tables": [table for table in tables if table.slug in (*AS_TABLES, "hours", "totals")],
        "promise_words": promise_words(report),
        "downloads": _downloads(chosen),
    }
    return render(request, "report/page.html", context)


@for_members("see_report")
def report_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same figures as a file: xlsx, pdf, csv or json."""
    if form not in FORMS:
        raise NotFound()
    member = member_of(request)
    chosen = chosen_in(request, member)
    report, tables = _made(chosen, member)
    response: HttpResponse
    if form == "json":
        response = JsonResponse(as_json(report), json_dumps_params={"ensure_ascii": False})
    else:
        body = {"xlsx": workbook_of, "pdf": pdf_of}[form](report, tables) if form != "csv" else csv_of(tables)
        response = HttpResponse(body, content_type=FORMS[form])
    name = f"dong-hanh-{report.ward}-{chosen.first.isoformat()}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _made(chosen: Chosen, member: Member) -> tuple[DayReport, list[Table]]:
    totals_only = member.role == Member.PROVINCE_OFFICER
    report = report_of([chosen.point], chosen.first, chosen.last, get_language() or "vi")
    if totals_only:
        report = without_members(report)
    return report, tables_of(report, report_words(), totals_only=totals_only)


def _downloads(chosen: Chosen) -> list[Download]:
    labels = {"xlsx": _("Workbook (XLSX)"), "pdf": "PDF", "csv": "CSV", "json": "JSON"}
    return [
        Download(label, f"{reverse('report_file', args=[form])}?{chosen.query}")
        for form, label in labels.items()
    ]
