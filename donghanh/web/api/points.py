"""Points: what stands there, what the board shows, what the day was."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Path, Query, Router

from donghanh.catalog.queries import published
from donghanh.kernel import clock
from donghanh.kernel.models import JournalHead
from donghanh.places.models import Counter, Point
from donghanh.queue.models import ABSENT, CALLED, RECALLED, Offer, Series, Ticket
from donghanh.queue.queries.announced import stand_of
from donghanh.reports.queries.day import day_report
from donghanh.reports.rules.report import as_json, without_members
from donghanh.teams.models import Member
from donghanh.web.api import answered
from donghanh.web.api.doors import asker_of
from donghanh.web.api.kinds import Day, Id
from donghanh.web.api.once import plain
from donghanh.web.api.shown import called_shown, counter_shown, point_shown, series_shown, wait_shown

router = Router(tags=["points"])

RECENT = 6
Ward = Annotated[str | None, Query(pattern=r"^[0-9]{5}$", examples=["31153"])]


@router.get("/points", response=list[answered.PointShown])
def points(request: HttpRequest, ward: Ward = None) -> HttpResponse:
    """The points the asker may see, of one ward or of all."""
    asker = asker_of(request)
    asker.needs("see_board", "see_queue")
    seen = asker.points().order_by("ward_id", "mobile", "name")
    if ward is not None:
        seen = seen.filter(ward_id=ward)
    return plain(200, [point_shown(one) for one in seen])


@router.get("/points/{point_id}/counters", response=list[answered.CounterShown])
def counters(request: HttpRequest, point_id: Annotated[Id, Path()]) -> HttpResponse:
    """The counters in use, by label."""
    found = _point(request, point_id, "see_board", "see_queue")
    rows = Counter.objects.filter(point=found, is_active=True)
    return plain(
        200, [counter_shown(one) for one in sorted(rows, key=lambda one: (len(one.label), one.label))]
    )


@router.get("/points/{point_id}/series", response=list[answered.SeriesShown])
def series(request: HttpRequest, point_id: Annotated[Id, Path()]) -> HttpResponse:
    """The letters of tickets given here, in the order of the kiosk."""
    found = _point(request, point_id, "see_board", "see_queue", "issue")
    rows = Series.objects.filter(point=found, is_active=True).order_by("position", "letter")
    return plain(200, [series_shown(one, language()) for one in rows])


@router.get("/procedures", response=list[answered.ProcedureShown])
def procedures(request: HttpRequest, point: Annotated[Id | None, Query()] = None) -> HttpResponse:
    """The published procedures, with the series that offer them at a point; all when none is named."""
    asker = asker_of(request)
    asker.needs("see_queue", "issue", "see_board")
    rows = published().select_related("current").defer("current__content_json")
    letters: dict[UUID, list[str]] = {}
    if point is not None:
        place = asker.found(Point.objects.all(), "", pk=point)
        offers = Offer.objects.filter(series__point=place, series__is_active=True).order_by(
            "series__position"
        )
        for procedure_id, letter in offers.values_list("procedure_id", "series__letter"):
            letters.setdefault(procedure_id, []).append(letter)
        rows = rows.filter(pk__in=letters)
    return plain(
        200,
        [
            {
                "id": str(one.pk), "code": one.code, "name": one.name_in(language()), "kind": one.kind,
                "sector": one.sector, "edition": one.current.number if one.current else 0,
                "series": letters.get(one.pk, []),
            }
            for one in rows
        ],
    )  # fmt: skip


@router.get("/points/{point_id}/board", response=answered.BoardShown)
def board(request: HttpRequest, point_id: Annotated[Id, Path()]) -> HttpResponse:
    """What the hall sees now; numbers and counters only."""
    found = _point(request, point_id, "see_board")
    # The head first: what happens between the two reads is told again by the stream, never lost.
    head = JournalHead.objects.filter(ward=found.ward_id).values_list("seq", flat=True).first()
    today = Ticket.objects.filter(point=found, day=clock.today()).select_related("counter")
    last = list(today.filter(called_at__isnull=False).order_by("-last_called_at", "-pk")[: 4 * RECENT])
    called = today.filter(state__in=[CALLED, RECALLED]).order_by("-last_called_at", "-pk")
    recent = [one for one in last if one.counter_id and one.state not in {CALLED, RECALLED, ABSENT}]
    absent = today.filter(state=ABSENT).order_by("last_called_at")
    newcomer = Ticket(point=found, day=clock.today(), ranks_at=clock.now())
    stand = stand_of(newcomer, found)
    return plain(
        200,
        {
            "point": str(found.pk), "name": found.name, "called": called_shown(called),
            "recent": called_shown(recent[:RECENT]), "absent": [one.number for one in absent],
            "waiting": stand.ahead, "wait": wait_shown(stand.wait), "last_event_id": head or 0,
        },
    )  # fmt: skip


@router.get("/points/{point_id}/days/{day}/report", response=answered.Report)
def report(
    request: HttpRequest, point_id: Annotated[Id, Path()], day: Annotated[Day, Path()]
) -> HttpResponse:
    """The report of a day: stays, cases, waits and durations."""
    found = _point(request, point_id, "see_report")
    made = day_report(found, day, language())
    if asker_of(request).role == Member.PROVINCE_OFFICER:  # outside the ward: totals only
        made = without_members(made)
    return plain(200, as_json(made))


def language() -> str:
    """The language of this request."""
    return get_language() or "vi"


def _point(request: HttpRequest, pk: UUID, *verbs: str) -> Point:
    asker = asker_of(request)
    asker.needs(*verbs)
    return asker.found(Point.objects.select_related("ward"), "", pk=pk)
