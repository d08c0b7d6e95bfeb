"""Which point and which days a report is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from donghanh.kernel import clock
from donghanh.kernel.errors import Invalid, NotFound
from donghanh.places.models import Point
from donghanh.teams.models import Member
from donghanh.teams.queries import points_visible_to
from donghanh.web.access import point_of

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Chosen:
    """A point and the first and last day."""

    point: Point
    first: date
    last: date

    @property
    def query(self) -> str:
        """The choice as the end of an address."""
        return urlencode(
            {"point": str(self.point.pk), "day": self.first.isoformat(), "to": self.last.isoformat()}
        )


def chosen_in(request: HttpRequest, member: Member) -> Chosen:
    """What the address asks for; today at the member's point without more.

    Refuses with Invalid for what is no day or too long a stretch, NotFound for another ward's point.
    """
    first = _day(request, "day") or clock.today()
    last = _day(request, "to") or first
    if last < first:
        first, last = last, first
    if last - first > LONGEST:
        raise Invalid(field=_("To day"), problem=_("a report covers a year at most"))
    return Chosen(_point(request, member), first, last)


def _day(request: HttpRequest, name: str) -> date | None:
    written = request.GET.get(name, "")
    if not written:
        return None
    try:
        day = parse_date(written)
    except ValueError:
        day = None
    if day is None:
        raise Invalid(field=_("Day"), problem=_("write it as 2026-11-24"))
    return day


def _point(request: HttpRequest, member: Member) -> Point:
    written = request.GET.get("point", "")
    if not written:
        return point_of(request, member)
    try:
        key = UUID(written)
    except ValueError:
        raise NotFound() from None
    point = points_visible_to(member).select_related("ward").filter(pk=key).first()
    if point is None:
        raise NotFound()
    return point
