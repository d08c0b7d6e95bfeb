"""Who may listen to what. Runs in a thread: it asks the database."""

from __future__ import annotations

import re
from importlib import import_module
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections, connection
from django.http import HttpRequest
from django.http.cookie import parse_cookie

from donghanh.kernel.errors import Invalid, NotAllowed, NotFound, Refusal
from donghanh.places.models import Point
from donghanh.queue.models import Ticket
from donghanh.teams.models import Device, Member
from donghanh.teams.queries import points_visible_to
from donghanh.teams.rules import may
from donghanh.web.access import DEVICE_COOKIE, device_by_token
from donghanh.web.sign_in_state import is_over, lacks_second_factor

# What hangs on a wall hears of numbers and counters, not of what a stay was about.
SHOWN_IN_THE_HALL = frozenset({"ticket", "counter", "day", "point"})
SECRET = re.compile(r"[A-Za-z0-9_-]{1,64}")
# Ids of the journal are positive and fit the column.
LARGEST_ID = 2**63 - 1
LONGEST_ID = len(str(LARGEST_ID))


class WhoIsThis(Refusal):
    """Neither a session nor a device's token came with the request."""

    message = "Sign in, or enrol this device, to follow this point."
    status = 401


class Ask(NamedTuple):
    """What a request for a stream says."""

    what: str  # points | tickets
    which: str
    cookies: str
    bearer: str
    last_event_id: str


class Pass(NamedTuple):
    """What an asker may hear."""

    ward: str
    point_id: UUID
    last: int | None
    families: frozenset[str] | None = None
    ticket_id: str = ""


def pass_for(ask: Ask) -> Pass:
    """The pass for a request. Refuses with WhoIsThis, NotAllowed, NotFound, Invalid."""
    _let_go()
    try:
        last = _last(ask.last_event_id)
        return _ticket_pass(ask.which, last) if ask.what == "tickets" else _point_pass(ask, last)
    finally:
        _let_go()


def _let_go() -> None:
    """A worker thread's connection is checked between askers, as Django does between requests."""
    if not connection.in_atomic_block:
        close_old_connections()


def _last(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > LONGEST_ID or int(text) > LARGEST_ID:
        raise Invalid(field="last_event_id", problem="a whole number is needed")
    return int(text)


def _ticket_pass(secret: str, last: int | None) -> Pass:
    """The address itself is the right to it: 120 random bits."""
    if not SECRET.fullmatch(secret):
        raise NotFound()
    ticket = Ticket.objects.filter(secret=secret).values_list("pk", "point_id", "point__ward_id").first()
    if ticket is None:
        raise NotFound()
    return Pass(ticket[2], ticket[1], last, ticket_id=str(ticket[0]))


def _point_pass(ask: Ask, last: int | None) -> Pass:
    cookies = parse_cookie(ask.cookies)
    token = ask.bearer or cookies.get(DEVICE_COOKIE, "")
    device = device_by_token(token) if token else None
    member = None if ask.bearer else _member(cookies.get(settings.SESSION_COOKIE_NAME, ""))
    if device is None and member is None:
        raise WhoIsThis()
    point = Point.objects.filter(pk=_uuid(ask.which)).first()
    if point is None:
        raise NotFound()
    for role, sees in (*_by_device(device, point), *_by_member(member, point)):
        if sees and may(role, "see_board"):
            families = None if may(role, "see_queue") else SHOWN_IN_THE_HALL
            return Pass(point.ward_id, point.pk, last, families)
    if member is not None or (device is not None and device.member is not None):
        # A foreign ward's point does not exist for a member.
        raise NotFound()
    raise NotAllowed(role=device.kind if device else "", verb="see_board")


def _by_device(device: Device | None, point: Point) -> list[tuple[str, bool]]:
    if device is None:
        return []
    if device.member is not None:
        bound = device.point_id in (None, point.pk)
        sees = (
            bound
            and device.member.is_active
            and points_visible_to(device.member).filter(pk=point.pk).exists()
        )
        return [(device.role, sees)]
    return [(device.role, device.point_id == point.pk)]


def _by_member(member: Member | None, point: Point) -> list[tuple[str, bool]]:
    if member is None:
        return []
    return [(member.role, points_visible_to(member).filter(pk=point.pk).exists())]


def _member(session_key: str) -> Member | None:
    if not session_key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    if not isinstance(user, Member) or is_over(request):
        return None
    return None if user.must_change_password or lacks_second_factor(user) else user


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound() from None
