"""What a point's own finished tickets teach, kept in this process for a while."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, DurationField, ExpressionWrapper, F, Sum

from donghanh.kernel import clock
from donghanh.places.models import Point
from donghanh.queue.models import DONE, Offer, Period, Series, Ticket
from donghanh.queue.rules.learning import PRIOR_MINUTES, Learned, Moments

DAYS_LEARNED_FROM = 60
SECONDS_KEPT = 60.0
RATE_WINDOW = timedelta(hours=1)
MOST_KEPT = 4096

Cases = dict[tuple[Hashable, Hashable | None], Moments]
T = TypeVar("T")

_kept: dict[tuple[Any, ...], tuple[float, Any]] = {}
_lock = Lock()


@dataclass(frozen=True)
class Stated:
    """The stated minutes of a point's series and of the procedures it offers."""

    series: dict[UUID, float]
    procedures: dict[UUID, float]

    def of(self, series: UUID, procedure: UUID | None) -> float:
        """The procedure's minutes when it is known, else the series'."""
        if procedure is not None and procedure in self.procedures:
            return self.procedures[procedure]
        return self.series.get(series, PRIOR_MINUTES)


def learned_at(point: Point) -> Learned:
    """Own accurate cases of the last 60 days. Earlier days are read once a day, today's once a minute."""
    today = clock.today()
    earlier = _once(
        ("earlier", point.pk, today),
        86400.0,
        lambda: _cases_of(point, today - timedelta(days=DAYS_LEARNED_FROM), today - timedelta(days=1)),
    )
    return _once(("now", point.pk, today), SECONDS_KEPT, lambda: _with_today(point, today, earlier))


def stated_minutes(point: Point) -> Stated:
    """The priors of a point, read once a minute."""
    return _once(("stated", point.pk), SECONDS_KEPT, lambda: _stated(point))


def forget() -> None:
    """Read everything anew at the next question."""
    with _lock:
        _kept.clear()


def _with_today(point: Point, today: date, earlier: Cases) -> Learned:
    cases = dict(earlier)
    for key, moments in _cases_of(point, today, today).items():
        cases[key] = cases.get(key, Moments()) + moments
    recent = (
        Ticket.objects.filter(
            point=point, day=today, priority__gt=0, issued_at__gte=clock.now() - RATE_WINDOW
        )
        .order_by()
        .values_list("priority")
        .annotate(many=Count("id"))
    )
    minutes = RATE_WINDOW.total_seconds() / 60
    return Learned(cases, {level: many / minutes for level, many in recent})


def _cases_of(point: Point, first: date, last: date) -> Cases:
    """The moments of (series, procedure) over tickets finished with accurate times in these days.

    A counter is kept from the call to the end less the holds: walking counts.
    """
    stated = stated_minutes(point)
    rows = (
        Period.objects.filter(
            ticket__point=point,
            ticket__day__range=(first, last),
            ticket__state=DONE,
            ticket__accurate=True,
            accurate=True,
            kind__in=[Period.WALK, Period.SERVICE],
        )
        .order_by()
        .values_list("ticket_id", "ticket__series_id", "ticket__procedure_id")
        .annotate(busy=Sum(ExpressionWrapper(F("ends_at") - F("starts_at"), output_field=DurationField())))
    )
    cases: Cases = {}
    for _, series, procedure, busy in rows:
        ratio = busy.total_seconds() / 60 / max(stated.of(series, procedure), 1.0)
        key = (series, procedure)
        cases[key] = cases.get(key, Moments()).with_one(ratio)
    return cases


def _stated(point: Point) -> Stated:
    offers = Offer.objects.filter(series__point=point).values_list("procedure_id", "procedure__usual_minutes")
    return Stated(
        {
            pk: float(minutes)
            for pk, minutes in Series.objects.filter(point=point).values_list("pk", "usual_minutes")
        },
        {pk: float(minutes) for pk, minutes in offers},
    )


def _once(key: tuple[Any, ...], seconds: float, read: Callable[[], T]) -> T:
    moment = time.monotonic()
    found = _kept.get(key)
    if found is not None and moment < found[0]:
        value: T = found[1]
        return value
    value = read()
    with _lock:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = (moment + seconds, value)
    return value
