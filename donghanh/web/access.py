"""Who is asking: a signed-in member, or a device of a point. Every view passes one of these doors."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db.models import CharField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from donghanh.kernel.errors import NotFound
from donghanh.kernel.prepared import Prepared, Slot
from donghanh.places.models import Counter, Point
from donghanh.teams.models import Device, Member
from donghanh.teams.queries import points_visible_to
from donghanh.teams.rules import require

DEVICE_COOKIE = "donghanh_device"

# Asked at every request of a device or a script.
_BY_TOKEN = Prepared(
    lambda: Device.objects.filter(
        token_hash=Slot("token", CharField()), revoked_at__isnull=True
    ).select_related("point__ward", "member__ward")
)

View = TypeVar("View", bound=Callable[..., HttpResponse])


def for_members(verb: str) -> Callable[[View], View]:
    """Open to signed-in members whose role carries the verb; others get a sign-in page or a 403."""

    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            require(member_of(request).role, verb)
            return view(request, *args, **kwargs)

        guarded.door = f"member:{verb}"  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return door


def for_devices(*kinds: str) -> Callable[[View], View]:
    """Open to enrolled devices of these kinds, and to members who may look at a kiosk or board.

    The view gets the point as its second argument. An unknown device is sent to enrolment.
    """

    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            device = device_of(request)
            if device is not None and device.kind in kinds and device.point is not None:
                return view(request, device.point, *args, **kwargs)
            if request.user.is_authenticated:
                member = member_of(request)
                require(member.role, "see_board")
                return view(request, point_of(request, member), *args, **kwargs)
            return redirect("enrol")

        guarded.door = "device:" + ",".join(kinds)  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return door


def for_everyone(view: View) -> View:
    """Open to all: no personal data, or an unguessable address."""
    view.door = "everyone"  # type: ignore[attr-defined]
    return view


def member_of(request: HttpRequest) -> Member:
    """The signed-in member."""
    member = request.user
    assert isinstance(member, Member)
    return member


def device_of(request: HttpRequest) -> Device | None:
    """The enrolled device behind the cookie, if it is still one."""
    token = request.COOKIES.get(DEVICE_COOKIE, "")
    return device_by_token(token) if token else None


def device_by_token(token: str) -> Device | None:
    """The device or script that a token belongs to; None when unknown or revoked. One query."""
    return _BY_TOKEN.first(token=token_hash(token))


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def point_of(request: HttpRequest, member: Member) -> Point:
    """The point a member works at in this session: the chosen one, else the first they may see.

    Refuses with NotFound when there is none.
    """
    points = points_visible_to(member).filter(is_active=True).select_related("ward")
    chosen = request.session.get("point", "")
    point = points.filter(pk=UUID(chosen)).first() if chosen else None
    point = point or points.order_by("mobile", "name").first()
    if point is None:
        raise NotFound()
    return point


def counter_of(request: HttpRequest, point: Point) -> Counter | None:
    """The counter a member sits at in this session, if it is one of this point."""
    chosen = request.session.get("counter", "")
    if not chosen:
        return None
    return (
        Counter.objects.filter(pk=UUID(chosen), point=point, is_active=True).select_related("point").first()
    )
