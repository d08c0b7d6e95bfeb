"""The report of a day or of several, counted from tickets, periods and cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from donghanh.catalog.models import Procedure
from donghanh.kernel import clock
from donghanh.kernel.models import JournalEntry, JournalHead
from donghanh.places.models import Point, Zone
from donghanh.queue.models import Series
from donghanh.reports.queries.rows import Stay, cases_of, local_hour, per_hour, referrals_of, stays_of
from donghanh.reports.rules.counting import FirstWait, Told, overtakings, promises, tally
from donghanh.reports.rules.report import PHASES, Cases, Chain, DayReport, HourOf, Referrals, Stays
from donghanh.reports.rules.spread import Spread, spread_of
from donghanh.teams.models import Member


def day_report(point: Point, day: date, language: str = "vi") -> DayReport:
    """The report of one day at one point."""
    return report_of([point], day, day, language)


def report_of(points: Sequence[Point], first: date, last: date, language: str = "vi") -> DayReport:
    """The report of points of one ward over the days from `first` to `last`, both included."""
    stays = stays_of(points, first, last)
    cases = cases_of(points, first, last)
    ward = points[0].ward
    return DayReport(
        ward=ward.code,
        ward_name=ward.name,
        province_name=ward.province_name,
        points=tuple(str(point.pk) for point in points),
        point_name=", ".join(point.name for point in points),
        first_day=first,
        last_day=last,
        made_at=clock.now(),
        journal=_chain(ward.code),
        stays=_stays(stays, _out_of_turn(stays)),
        cases=_cases(cases),
        phases={phase: _phase(stays, phase) for phase in PHASES},
        wait_of_those_who_left=_left(stays),
        case_seconds=spread_of(
            one["seconds"] for one in cases if one["accurate"] and one["seconds"] is not None
        ),
        hours=_hours(stays, [one["opened_at"] for one in cases]),
        promises=promises(_told(stays)),
        referrals=_referrals(referrals_of(points, first, last)),
        names=_names(points, cases, language),
    )


def _chain(ward: str) -> Chain:
    head = JournalHead.objects.filter(ward=ward).first()
    return Chain(head.seq, head.hash) if head else Chain()


def _stays(stays: list[Stay], out_of_turn: int) -> Stays:
    called = [one for one in stays if one.was_called]
    states = [one.state for one in stays]
    ended = {state: states.count(state) for state in ("done", "gone", "closed")}
    return Stays(
        issued=len(stays),
        served=ended["done"],
        left=ended["gone"],
        closed=ended["closed"],
        open=len(stays) - sum(ended.values()),
        priority=sum(one.priority > 0 for one in stays),
        inaccurate=sum(not one.accurate for one in stays),
        calls=len(called),
        priority_calls=sum(one.priority > 0 for one in called),
        overtakings=overtakings(_first_waits(stays)),
        out_of_turn=out_of_turn,
        by_series=tally(one.letter for one in stays),
        by_hour=per_hour([one.issued_at for one in stays]),
        by_channel=tally(one.channel for one in stays),
        by_origin=tally(one.origin for one in stays),
    )


def _out_of_turn(stays: list[Stay]) -> int:
    """Calls picked from the list: the journal alone knows them."""
    ids = [str(one.id) for one in stays]
    found = 0
    for start in range(0, len(ids), 500):
        found += JournalEntry.objects.filter(
            subject_id__in=ids[start : start + 500],
            verb="ticket.call",
            facts_json__contains='"out_of_turn":true',
        ).count()
    return found


def _cases(cases: list[dict[str, Any]]) -> Cases:
    first_time = {True: "first", False: "again", None: None}
    known = [one["person_id"] for one in cases if one["person_id"]]
    finished = [one for one in cases if one["finished_at"]]

    def count(column: str, rows: list[dict[str, Any]] = cases) -> dict[str, int]:
        return tally(str(one[column]) if one[column] else None for one in rows)

    return Cases(
        opened=len(cases),
        finished=len(finished),
        open=len(cases) - len(finished),
        without_ticket=sum(one["ticket_id"] is None for one in cases),
        anonymous=len(cases) - len(known),
        persons=len(set(known)),
        inaccurate=sum(not one["accurate"] for one in cases),
        by_procedure=count("procedure__code"),
        by_sector=count("procedure__sector"),
        by_zone=count("zone_id"),
        by_member=count("opened_by_id"),
        by_age_band=count("age_band"),
        by_sex=count("sex"),
        by_hour=per_hour([one["opened_at"] for one in cases]),
        by_outcome=count("outcome", finished),
        by_autonomy=count("autonomy", finished),
        by_device=count("device", finished),
        by_account=count("account", finished),
        by_first_time=tally(first_time[one["first_time"]] for one in finished),
    )


def _phase(stays: list[Stay], phase: str) -> Spread:
    times = (one.seconds_in(phase) for one in stays if one.was_called)
    return spread_of(seconds for seconds in times if seconds is not None)


def _left(stays: list[Stay]) -> Spread:
    times = (one.seconds_in("wait") for one in stays if one.state == "gone" and not one.was_called)
    return spread_of(seconds for seconds in times if seconds is not None)


def _hours(stays: list[Stay], opened: list[datetime]) -> tuple[HourOf, ...]:
    arrivals, cases = per_hour([one.issued_at for one in stays]), per_hour(opened)
    seen = sorted({*arrivals, *cases})
    # Hours without anyone between the first and the last are shown as empty, not left out.
    hours = [f"{hour:02d}" for hour in range(int(seen[0]), int(seen[-1]) + 1)] if seen else []
    return tuple(
        HourOf(
            hour,
            arrivals.get(hour, 0),
            cases.get(hour, 0),
            _phase([one for one in stays if local_hour(one.issued_at) == hour], "wait"),
        )
        for hour in hours
    )


def _first_waits(stays: list[Stay]) -> list[FirstWait]:
    return [
        FirstWait(
            one.id, one.issued_at, first.ends_at, len(one.stretches) > 1 and one.stretches[1].kind == "walk"
        )
        for one in stays
        for first in one.stretches[:1]
    ]


def _told(stays: list[Stay]) -> list[Told]:
    return [
        Told(one.wait_p50, one.wait_p80, one.wait_basis, (first.ends_at - first.starts_at).total_seconds())
        for one in stays
        if one.was_called and one.wait_p50 is not None and one.wait_p80 is not None
        for first in one.stretches[:1]
        if first.accurate and first.ends_at is not None
    ]


def _referrals(rows: list[dict[str, Any]]) -> Referrals:
    return Referrals(
        sent=len(rows),
        returned=sum(one["returned_at"] is not None for one in rows),
        late=sum(one["returned_at"] is None and one["due_on"] < clock.today() for one in rows),
        by_organisation=tally(one["organisation__name"] for one in rows),
    )


def _names(points: Sequence[Point], cases: list[dict[str, Any]], language: str) -> dict[str, dict[str, str]]:
    procedures = Procedure.objects.filter(code__in={one["procedure__code"] for one in cases})
    zones = Zone.objects.filter(pk__in={one["zone_id"] for one in cases if one["zone_id"]})
    members = Member.objects.filter(pk__in={one["opened_by_id"] for one in cases})
    series = Series.objects.filter(point__in=points).order_by("letter")
    return {
        "procedure": {one.code: one.name_in(language) for one in procedures},
        "zone": {str(one.pk): str(one) for one in zones},
        "member": {str(one.pk): one.full_name for one in members},
        "series": {one.letter: one.name_in(language) for one in series},
    }
