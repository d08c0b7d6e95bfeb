"""`donghanh report`: the day's report as a file, and whether it equals the journal."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from donghanh.kernel import clock
from donghanh.places.models import Point
from donghanh.reports.documents.pdf import pdf_of
from donghanh.reports.documents.tables import tables_of
from donghanh.reports.documents.workbook import csv_of, workbook_of
from donghanh.reports.queries.day import day_report
from donghanh.reports.queries.recomputed import differences
from donghanh.reports.rules.report import DayReport, as_json
from donghanh.web.report.words import report_words


class Command(BaseCommand):
    """Write the report of a day; exit 1 when it differs from what the journal says."""

    help = "Write the report of a day (json, csv, xlsx or pdf) and compare it with the journal."

    def add_arguments(self, parser: CommandParser) -> None:
        """Point and day have defaults; files go to --out."""
        parser.add_argument(
            "--point", default="", help="id or name of the point; without it the only fixed one"
        )
        parser.add_argument("--date", default="", help="such as 2026-11-24; without it today")
        parser.add_argument("--format", choices=["json", "csv", "xlsx", "pdf"], default="json")
        parser.add_argument("--language", choices=["vi", "en", "fr"], default="vi")
        parser.add_argument(
            "--out", type=Path, help="file to write; json and csv go to the screen without it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make, compare, write."""
        point, day = _point(options["point"]), _day(options["date"])
        with translation.override(options["language"]):
            report = day_report(point, day, options["language"])
            body = _written(report, options["format"])
        if options["out"]:
            options["out"].write_bytes(body)
            self.stderr.write(f"{point.name}, {day}: {options['out']} ({len(body)} bytes)")
        elif options["format"] in ("json", "csv"):
            self.stdout.write(body.decode())
        else:
            raise CommandError(f"--format {options['format']} needs --out FILE.")
        if wrong := differences(point, day, report):
            for name, (shown, told) in wrong.items():
                self.stderr.write(self.style.ERROR(f"{name}: report {shown}, journal {told}"))
            sys.exit(1)


def _written(report: DayReport, form: str) -> bytes:
    if form == "json":
        return json.dumps(as_json(report), ensure_ascii=False, indent=1).encode()
    tables = tables_of(report, report_words())
    if form == "csv":
        return csv_of(tables).encode()
    return workbook_of(report, tables) if form == "xlsx" else pdf_of(report, tables)


def _point(asked: str) -> Point:
    points = Point.objects.select_related("ward").filter(is_active=True)
    if asked:
        try:
            points = points.filter(pk=UUID(asked))
        except ValueError:
            points = points.filter(name=asked)
    else:
        points = points.filter(mobile=False)
    found = list(points.order_by("name")[:20])
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{one.name} ({one.pk})" for one in found or Point.objects.order_by("name")[:20])
    raise CommandError(f"Say which point with --point ID. Known: {known or 'none yet'}")


def _day(written: str) -> date:
    if not written:
        return clock.today()
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise CommandError(f"“{written}” is not a day. Write it as 2026-11-24.") from None
