"""A report as tables with words: the one source of the page, the workbook, the PDF and the CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from donghanh.reports.rules.report import PHASES, Counts, DayReport
from donghanh.reports.rules.spread import Spread

Cell = str | int | float | None
Words = Mapping[str, Mapping[str, str | Promise]]  # kind of code → code → its word


@dataclass(frozen=True)
class Table:
    """Heads and rows; the first column is words, the others are numbers (None: not known)."""

    slug: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not self.rows

    @property
    def labelled(self) -> list[list[tuple[str, Cell]]]:
        """Each cell with its head, row by row."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


def minutes(seconds: float | None) -> float | None:
    """Seconds as minutes to a tenth."""
    return None if seconds is None else round(seconds / 60, 1)


def tables_of(report: DayReport, words: Words, *, totals_only: bool = False) -> list[Table]:
    """All tables of a report. `totals_only` leaves out members and zones, for readers outside the ward."""
    tables = [_totals(report), _phases(report, words), _hours(report), _promises(report)]
    tables += [
        _counts(report, words, slug, title)
        for slug, title in _sections().items()
        if not (totals_only and slug in {"member", "zone"})
    ]
    return tables


def section(report: DayReport, slug: str) -> Counts:
    """The counts behind one section."""
    if slug in {"series", "channel", "origin"}:
        return dict(getattr(report.stays, f"by_{slug}"))
    if slug == "organisation":
        return report.referrals.by_organisation
    return dict(getattr(report.cases, f"by_{slug}"))


def word_of(report: DayReport, words: Words, kind: str, code: str) -> str:
    """The word for a code: of the data, of the house, or the code itself."""
    if code == "unknown":
        return _("Not known")
    return str(report.names.get(kind, {}).get(code) or words.get(kind, {}).get(code) or code)


def headline(report: DayReport) -> str:
    """The day in one or two sentences."""
    if report.is_empty:
        return _("Nobody took a number and no case was opened.")
    said = _("{stays} numbers were given, {served} stays finished, {cases} cases opened.").format(
        stays=report.stays.issued, served=report.stays.served, cases=report.cases.opened
    )
    wait = report.phases["wait"]
    if wait.n:
        said += " " + _(
            "Half of those called waited {p50} minutes or less, four in five {p80} or less."
        ).format(p50=_number(minutes(wait.p50)), p80=_number(minutes(wait.p80)))
    return said


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return str(number_format(value, decimal_pos=0 if value == int(value) else 1))


def _sections() -> dict[str, str]:
    return {
        "procedure": _("Cases by procedure"),
        "sector": _("Cases by sector"),
        "outcome": _("Outcomes"),
        "zone": _("Cases by zone"),
        "member": _("Cases by member"),
        "age_band": _("Cases by age"),
        "sex": _("Cases by sex"),
        "autonomy": _("How people managed"),
        "device": _("Whose device"),
        "account": _("Whose account"),
        "first_time": _("First time here"),
        "series": _("Numbers by series"),
        "channel": _("Numbers by channel"),
        "organisation": _("Referrals by organisation"),
    }


def _counts(report: DayReport, words: Words, slug: str, title: str) -> Table:
    rows = tuple((word_of(report, words, slug, code), many) for code, many in section(report, slug).items())
    return Table(slug, title, (title, _("Count")), rows)


def _totals(report: DayReport) -> Table:
    stays, cases, referrals = report.stays, report.cases, report.referrals
    rows: tuple[tuple[Cell, ...], ...] = (
        (_("Numbers given"), stays.issued),
        (_("Stays finished"), stays.served),
        (_("Left without being helped"), stays.left),
        (_("Still open"), stays.open),
        (_("Ended by the nightly close"), stays.closed),
        (_("Priority numbers"), stays.priority),
        (_("Priority calls"), stays.priority_calls),
        (_("Calls before someone who came earlier"), stays.overtakings),
        (_("Calls out of turn, with a reason"), stays.out_of_turn),
        (_("Stays whose times are not accurate"), stays.inaccurate),
        (_("Cases opened"), cases.opened),
        (_("Cases finished"), cases.finished),
        (_("Cases without a number"), cases.without_ticket),
        (_("Anonymous cases"), cases.anonymous),
        (_("Known persons helped"), cases.persons),
        (_("Cases handed to others"), referrals.sent),
        (_("Of these back"), referrals.returned),
        (_("Of these late"), referrals.late),
    )
    return Table("totals", _("The day in figures"), (_("What"), _("Count")), rows)


def _spread(name: str, spread: Spread) -> tuple[Cell, ...]:
    figures = (spread.mean, spread.p50, spread.p80, spread.p90, spread.max)
    return (name, spread.n, *(minutes(one) for one in figures))


def _phases(report: DayReport, words: Words) -> Table:
    rows = [_spread(word_of(report, words, "phase", phase), report.phases[phase]) for phase in PHASES]
    rows.append(_spread(_("One case, being helped"), report.case_seconds))
    rows.append(_spread(_("Wait of those who left"), report.wait_of_those_who_left))
    heads = (_("Phase (minutes)"), _("Count"), _("Mean"), "p50", "p80", "p90", _("Longest"))
    return Table("phases", _("Times by phase"), heads, tuple(rows))


def _hours(report: DayReport) -> Table:
    rows = tuple(
        (
            f"{one.hour}:00", one.arrivals, one.cases,
            minutes(one.wait.mean), minutes(one.wait.p50), minutes(one.wait.p80), minutes(one.wait.max),
        )
        for one in report.hours
    )  # fmt: skip
    heads = (
        _("Hour"), _("Numbers given"), _("Cases opened"), _("Mean wait"), _("Wait p50"), _("Wait p80"), _("Longest wait"),
    )  # fmt: skip
    return Table("hours", _("Hour by hour (minutes)"), heads, rows)


def _promises(report: DayReport) -> Table:
    basis = {
        "all": _("All"),
        "learned": _("Learned here"),
        "mixed": _("Partly learned"),
        "prior": _("Stated minutes"),
    }
    rows = tuple(
        (basis[one.basis], one.n, _share(one.over_p50, one.n), _share(one.over_p80, one.n), one.at_once)
        for one in report.promises
    )
    heads = (
        _("Announced wait"), _("Ranges told"), _("Waited longer than p50, %"), _("Waited longer than p80, %"),
        _("Told “at once”"),
    )  # fmt: skip
    return Table("promises", _("Did the announced waits hold?"), heads, rows)


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
