"""The figures of a day once more, from the journal's entries alone.

A separate path on purpose: it reads no ticket, no period and no case, and shares no counting with
the screen but the percentile rule. What the journal does not hold (zone, age band, sex) is not here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from donghanh.kernel.models import JournalEntry
from donghanh.places.models import Point
from donghanh.reports.queries.rows import span_of
from donghanh.reports.rules.report import DayReport
from donghanh.reports.rules.spread import Spread, spread_of

PHASE_OF = {
    "waiting": "wait", "called": "walk", "recalled": "walk", "serving": "service",
    "held": "hold", "parked": "park", "absent": "away",
}  # fmt: skip


@dataclass
class _Life:
    """A ticket as the journal tells it."""

    issued_at: datetime
    series: str
    priority: int
    state: str
    since: datetime
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    broken: set[str] = field(default_factory=set)  # phases cut off by the nightly close
    called: bool = False
    out_of_turn: int = 0


@dataclass
class _Help:
    """A case as the journal tells it."""

    opened_at: datetime
    procedure: str
    member: str
    outcome: str = ""
    traits: tuple[str, str, str] = ("", "", "")
    seconds: int | None = None
    accurate: bool = True


def recomputed(point: Point, day: date) -> dict[str, Any]:
    """Counts and spreads of a day by the names they have in `comparable(day_report(…))`."""
    lives, helps = _read(point, day)
    states = Counter(one.state for one in lives)
    ended = states["done"] + states["gone"] + states["closed"]
    finished = [one for one in helps if one.outcome]
    return {
        "issued": len(lives),
        "served": states["done"],
        "left": states["gone"],
        "closed": states["closed"],
        "open": len(lives) - ended,
        "priority": sum(one.priority > 0 for one in lives),
        "calls": sum(one.called for one in lives),
        "priority_calls": sum(one.called and one.priority > 0 for one in lives),
        "out_of_turn": sum(one.out_of_turn for one in lives),
        "by_series": _counted(one.series for one in lives),
        "arrivals_by_hour": _counted(_hour(one.issued_at) for one in lives),
        "phases": {phase: _spread(lives, phase) for phase in ("wait", "walk", "service", "hold")},
        "opened": len(helps),
        "finished": len(finished),
        "by_procedure": _counted(one.procedure for one in helps),
        "by_member": _counted(one.member for one in helps),
        "cases_by_hour": _counted(_hour(one.opened_at) for one in helps),
        "by_outcome": _counted(one.outcome for one in finished),
        "by_autonomy": _counted(one.traits[0] for one in finished),
        "by_device": _counted(one.traits[1] for one in finished),
        "by_account": _counted(one.traits[2] for one in finished),
        "case_seconds": spread_of(
            one.seconds for one in finished if one.accurate and one.seconds is not None
        ),
    }


def comparable(report: DayReport) -> dict[str, Any]:
    """The same figures as the screen shows them."""
    stays, cases = report.stays, report.cases
    return {
        "issued": stays.issued,
        "served": stays.served,
        "left": stays.left,
        "closed": stays.closed,
        "open": stays.open,
        "priority": stays.priority,
        "calls": stays.calls,
        "priority_calls": stays.priority_calls,
        "out_of_turn": stays.out_of_turn,
        "by_series": stays.by_series,
        "arrivals_by_hour": stays.by_hour,
        "phases": report.phases,
        "opened": cases.opened,
        "finished": cases.finished,
        "by_procedure": cases.by_procedure,
        "by_member": cases.by_member,
        "cases_by_hour": cases.by_hour,
        "by_outcome": cases.by_outcome,
        "by_autonomy": cases.by_autonomy,
        "by_device": cases.by_device,
        "by_account": cases.by_account,
        "case_seconds": report.case_seconds,
    }


def differences(point: Point, day: date, report: DayReport) -> dict[str, tuple[Any, Any]]:
    """Where the screen and the journal disagree: name → (screen, journal). Empty when all is well."""
    shown, told = comparable(report), recomputed(point, day)
    return {name: (shown[name], told[name]) for name in shown if shown[name] != told[name]}


def _read(point: Point, day: date) -> tuple[list[_Life], list[_Help]]:
    """All tickets issued and cases opened on the day, followed to the journal's end."""
    start, end = span_of(day, day)
    lives: dict[str, _Life] = {}
    helps: dict[str, _Help] = {}
    entries = JournalEntry.objects.filter(ward=point.ward_id, point_id=point.pk, at__gte=start).order_by(
        "seq"
    )
    for entry in entries.iterator(chunk_size=2000):
        if entry.subject == "ticket":
            _ticket(lives, entry, entry.at < end)
        elif entry.subject == "case":
            _case(helps, entry, entry.at < end)
    return list(lives.values()), list(helps.values())


def _ticket(lives: dict[str, _Life], entry: JournalEntry, of_the_day: bool) -> None:
    facts, key = entry.facts, entry.subject_id
    if entry.verb == "ticket.issue":
        if of_the_day:
            lives[key] = _Life(entry.at, facts["series"], facts["priority"], facts["state"], entry.at)
        return
    life = lives.get(key)
    if life is None or "state" not in facts:
        return
    before = PHASE_OF.get(life.state)
    moment = max(entry.at, life.since)
    if entry.verb == "ticket.close" and before:
        life.broken.add(before)
    # From an undone end the ticket goes on where it had ended; else the phase before ends here.
    if before is not None:
        life.seconds[before] += (moment - life.since).total_seconds()
        life.since = moment
    life.state = facts["state"]
    life.called = life.called or PHASE_OF.get(life.state) in {"walk", "service"}
    life.out_of_turn += bool(facts.get("out_of_turn"))


def _case(helps: dict[str, _Help], entry: JournalEntry, of_the_day: bool) -> None:
    facts, key = entry.facts, entry.subject_id
    if entry.verb == "case.open":
        if of_the_day:
            helps[key] = _Help(entry.at, facts["procedure"], entry.by_id)
        return
    one = helps.get(key)
    if one is None:
        return
    if entry.verb == "case.finish":
        one.outcome, one.seconds = facts["outcome"], facts["seconds"]
        one.traits = (facts["autonomy"], facts["device"], facts["account"])
    elif entry.verb == "case.reopen":
        one.outcome, one.seconds = "", None
    elif entry.verb == "case.close":
        one.outcome, one.seconds, one.accurate = facts["outcome"], None, False


def _spread(lives: list[_Life], phase: str) -> Spread:
    return spread_of(
        one.seconds[phase]
        for one in lives
        if one.called
        and phase in one.seconds
        and phase not in one.broken
        and PHASE_OF.get(one.state) != phase
    )


def _counted(keys: Iterable[str]) -> dict[str, int]:
    return dict(Counter(key or "unknown" for key in keys))


def _hour(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H}"
