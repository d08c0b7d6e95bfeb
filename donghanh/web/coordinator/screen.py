"""What the live view shows, read from the rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from donghanh.cases.models import Case
from donghanh.cases.queries import helped_on, late_referrals, open_cases
from donghanh.cases.queries.following import late_dossiers, lost_messages
from donghanh.kernel import clock
from donghanh.kernel.models import JournalHead
from donghanh.places.models import Counter, Point
from donghanh.queue.actions.issue import setting_of
from donghanh.queue.models import OPEN_STATES, Ticket
from donghanh.queue.queries.lists import overtaken_at, picked_at, wanting_help
from donghanh.reports.queries.day import day_report
from donghanh.reports.rules.report import DayReport
from donghanh.teams.models import Assignment, Member
from donghanh.teams.queries import calling_for_help, duties_on, on_duty_at, points_visible_to, visible_to
from donghanh.web import words
from donghanh.web.access import member_of, point_of
from donghanh.web.charts import Figure, bars, columns
from donghanh.web.lists import AT_COUNTER, lists_at, what_for

LONG_CASE = timedelta(minutes=45)
MOST_MOVES = 8


@dataclass(frozen=True)
class Seat:
    """A counter: who sits there, whom they serve with what, since when."""

    counter: Counter
    member: Member | None
    ticket: Ticket | None
    what: str
    since: datetime | None
    calls_help: bool
    idle: bool


@dataclass(frozen=True)
class Move:
    """A move that can still be undone."""

    ticket: Ticket
    word: str | Promise
    by: str
    at: datetime


def screen_of(request: HttpRequest) -> dict[str, Any]:
    """Everything `coordinator/_live.html` needs."""
    member = member_of(request)
    point = point_of(request, member)
    language = translation.get_language() or "vi"
    lists = lists_at(point, None, language)
    duty = on_duty_at(point)
    cases = list(open_cases(point))
    seats = _seats(point, duty, cases, language, bool(lists.waiting))
    overtaken = overtaken_at(point, [row.ticket for row in lists.waiting])
    return {
        "member": member,
        "point": point,
        "lists": lists,
        "waiting": [
            (row, [(one.number, words.OVERTAKINGS[one.why]) for one in overtaken[row.ticket.pk]])
            for row in lists.shown
        ],
        "duty": duty,
        "halves": [(words.HALVES[half], came) for half, came in duties_on(point, clock.today()).items()],
        "hall_calls": wanting_help(point),
        "helped": helped_on(point, clock.today()),
        "seats": seats,
        "idle": [one for one in seats if one.idle],
        "calling": [one for one in seats if one.calls_help],
        "late": list(late_referrals(point)),
        "late_dossiers": late_dossiers(point).count(),
        "lost_messages": lost_messages(point),
        "long_cases": [one for one in cases if clock.now() - one.opened_at > LONG_CASE],
        "moves": _moves(point, member),
        "picked": picked_at(point),
        **_figures(day_report(point, clock.today(), language)),
    }


def page_of(request: HttpRequest) -> dict[str, Any]:
    """The view with what only the whole page needs."""
    screen = screen_of(request)
    head = JournalHead.objects.filter(ward=screen["point"].ward_id).values_list("seq", flat=True).first()
    points = points_visible_to(screen["member"]).filter(is_active=True).order_by("mobile", "name")
    return {**screen, "last": head or 0, "points": list(points)}


def left_open(point: Point) -> dict[str, int]:
    """What closing the day would end: tickets and cases."""
    tickets = Ticket.objects.filter(point=point, day=clock.today(), state__in=OPEN_STATES).count()
    return {"tickets": tickets, "cases": open_cases(point).count()}


def _seats(
    point: Point, duty: list[Assignment], cases: list[Case], language: str, somebody_waits: bool
) -> list[Seat]:
    sitting = {one.counter_id: one.member for one in duty if one.counter_id}
    calling = calling_for_help(point)
    serving = Ticket.objects.filter(
        point=point, day=clock.today(), state__in=AT_COUNTER, counter__isnull=False
    ).select_related("series", "procedure", "member")
    by_counter = {one.counter_id: one for one in serving.order_by("-called_at")}
    of_ticket = {one.ticket_id: one for one in cases if one.ticket_id}
    seats = []
    for counter in Counter.objects.filter(point=point, is_active=True).order_by("label"):
        ticket = by_counter.get(counter.pk)
        case = of_ticket.get(ticket.pk) if ticket else None
        member = sitting.get(counter.pk) or (ticket.member if ticket else None)
        what = case.procedure.name_in(language) if case else what_for(ticket, language) if ticket else ""
        since = case.opened_at if case else ticket.last_called_at if ticket else None
        idle = ticket is None and member is not None and somebody_waits
        seats.append(Seat(counter, member, ticket, what, since, str(counter.pk) in calling, idle))
    return seats


def _moves(point: Point, member: Member) -> list[Move]:
    """The last moves that may still be undone, newest first."""
    cutoff = clock.now() - timedelta(minutes=setting_of(point.ward_id).undo_minutes)
    tickets = Ticket.objects.filter(point=point, day=clock.today(), last_move__isnull=False)
    found = []
    for ticket in tickets.select_related("counter"):
        last = ticket.last_move or {}
        moment = parse_datetime(last.get("at", ""))
        if moment is not None and moment >= cutoff:
            found.append((moment, last, ticket))
    found.sort(key=lambda one: one[0], reverse=True)
    names = {str(one.pk): one.full_name for one in visible_to(member)} if found else {}
    return [
        Move(ticket, words.MOVES.get(last["move"], last["move"]), names.get(last["by"], ""), moment)
        for moment, last, ticket in found[:MOST_MOVES]
    ]


def _figures(report: DayReport) -> dict[str, Any]:
    hours = [(f"{int(one.hour)}h", round((one.wait.p50 or 0) / 60)) for one in report.hours]
    slowest = max(hours, key=lambda one: one[1], default=None)
    names = report.names.get("procedure", {})
    counted = sorted(report.cases.by_procedure.items(), key=lambda one: -one[1])
    return {
        "report": report,
        "wait_figure": Figure(
            "wait-by-hour",
            _("Wait by hour of arrival"),
            _("Half waited at most {minutes} minutes in the hour that was slowest, {hour}.").format(
                minutes=slowest[1], hour=slowest[0]
            )
            if slowest
            else _("Nobody has come yet today."),
            _("Hour"),
            _("Minutes waited (median)"),
            columns=columns(hours),
        ),
        "procedure_figure": Figure(
            "by-procedure",
            _("Today by procedure"),
            _("{count} cases were opened today.").format(count=report.cases.opened),
            _("Procedure"),
            _("Cases"),
            bars=bars([(names.get(code, code), many) for code, many in counted]),
        ),
    }
