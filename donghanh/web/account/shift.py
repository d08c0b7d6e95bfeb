"""The session of a half day begins at sign-in; `sign_in_state` tells when it has ended."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from donghanh.kernel import clock
from donghanh.kernel.errors import NotFound
from donghanh.places.models import OpeningHours
from donghanh.places.rules.days import Span
from donghanh.teams.models import Member
from donghanh.web.access import point_of
from donghanh.web.account.session_end import session_end
from donghanh.web.sign_in_state import ENDS_AT


def begin(request: HttpRequest, member: Member) -> None:
    """Write into the session when it ends."""
    now = timezone.localtime(clock.now())
    request.session[ENDS_AT] = session_end(now, _hours(request, member, now)).isoformat()


def _hours(request: HttpRequest, member: Member, now: datetime) -> list[Span]:
    try:
        point = point_of(request, member)
    except NotFound:
        return []
    rows = OpeningHours.objects.filter(point=point, weekday=now.weekday())
    return [Span(row.opens, row.closes) for row in rows]
