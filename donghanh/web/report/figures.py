"""The drawings of a report's page, from the same tables as its files."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import localize
from django.utils.translation import gettext as _

from donghanh.reports.documents.tables import Table, minutes
from donghanh.reports.rules.report import DayReport
from donghanh.web.charts import Figure, bars, columns

# Tables with more than one column of numbers stay tables; single counts are drawn.
AS_TABLES = ("phases", "promises")


@dataclass(frozen=True)
class Tile:
    """One number with its word."""

    label: str
    value: str


def tiles_of(report: DayReport) -> list[Tile]:
    """The figures asked for first."""
    wait, case = report.phases["wait"], report.case_seconds
    return [
        Tile(_("Numbers given"), str(report.stays.issued)),
        Tile(_("Cases opened"), str(report.cases.opened)),
        Tile(_("Typical wait, minutes"), _shown(minutes(wait.p50))),
        Tile(_("Four in five waited at most, minutes"), _shown(minutes(wait.p80))),
        Tile(_("Typical help, minutes"), _shown(minutes(case.p50))),
    ]


def figures_of(report: DayReport, tables: list[Table]) -> list[Figure]:
    """Arrivals by hour, then a drawing for each count that has rows."""
    by_slug = {table.slug: table for table in tables}
    drawn = [_hours(by_slug["hours"], report)]
    for table in tables:
        if table.slug in (*AS_TABLES, "hours", "totals") or table.is_empty:
            continue
        rows = [(str(row[0]), float(row[1] or 0)) for row in table.rows]
        whole = [(label, int(value)) for label, value in rows]
        drawn.append(
            Figure(table.slug, table.title, _words(whole), table.heads[0], table.heads[1], bars=bars(whole))
        )
    return drawn


def promise_words(report: DayReport) -> str:
    """What came of the announced waits, in a sentence."""
    told = report.promises[0]
    if not told.n:
        return _("No range was announced and then lived through in these days.")
    return _(
        "Of {n} people who were told a range, {over} waited longer than its upper end. One in five is meant."
    ).format(n=told.n, over=told.over_p80)


def _hours(table: Table, report: DayReport) -> Figure:
    rows = [(str(row[0])[:2].lstrip("0") or "0", int(row[1] or 0)) for row in table.rows]
    if rows:
        busiest = max(report.hours, key=lambda one: one.arrivals)
        words = _("Most came between {from_hour} and {to_hour} o’clock: {count}.").format(
            from_hour=int(busiest.hour), to_hour=int(busiest.hour) + 1, count=busiest.arrivals
        )
    else:
        words = _("Nobody came.")
    return Figure("hours", _("When people came"), words, _("Hour"), _("Numbers given"), columns=columns(rows))


def _words(rows: list[tuple[str, int]]) -> str:
    total = sum(row[1] for row in rows)
    label, most = max(rows, key=lambda row: row[1])
    if label == _("Not known"):
        return _("Not recorded for {count} of {total}.").format(count=most, total=total)
    return _("Most often: {label}, {count} of {total}.").format(label=label, count=most, total=total)


def _shown(value: float | None) -> str:
    return "–" if value is None else str(localize(value))
