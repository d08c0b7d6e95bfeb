"""Who asks the API: the bearer of a token, or the member of a session. And which rows they may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from donghanh.kernel.errors import NotAllowed, NotFound, Refusal
from donghanh.places.models import Point
from donghanh.teams.models import Device, Member
from donghanh.teams.queries import points_visible_to
from donghanh.teams.rules import may, require
from donghanh.web.access import device_by_token

Row = TypeVar("Row", bound=Model)

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SEES_MANY_WARDS = frozenset({Member.PROVINCE_OFFICER, Member.ADMINISTRATOR})
LONGEST_TOKEN = 200


class SignInNeeded(Refusal):
    """No token and no session came with the request, or they are not valid any more."""

    message = "Send a valid bearer token, or sign in."
    status = 401


class CsrfFailed(Refusal):
    """A session's request that changes something must carry the page's own token."""

    message = "The request did not come from a page of this product. Load the page again."
    status = 403


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a member (by session or script), or a device of a point."""

    id: str
    role: str
    member: Member | None
    device: Device | None

    @property
    def actor(self) -> Member | Device:
        """Who stands in the journal."""
        actor = self.member or self.device
        assert actor is not None
        return actor

    def as_member(self, verb: str) -> Member:
        """The member who acts. Refuses with NotAllowed for a device and for a role without the verb."""
        require(self.role, verb)
        if self.member is None:
            raise NotAllowed(role=self.role, verb=verb)
        return self.member

    def needs(self, *verbs: str) -> None:
        """Refuse with NotAllowed unless the role carries one of the verbs."""
        if not any(may(self.role, verb) for verb in verbs):
            raise NotAllowed(role=self.role, verb=verbs[0])

    def points(self) -> QuerySet[Point]:
        """The points the asker may see."""
        return self.seen(Point.objects.all(), "")

    def seen(self, rows: QuerySet[Row], point: str) -> QuerySet[Row]:
        """Those of the rows whose point (a look-up path, "" for points themselves) the asker may see.

        The same points as `points_visible_to`, as conditions on a join that the rows need anyway.
        """
        at = f"{point}__" if point else ""
        limits = Q()
        if self.device is not None and self.device.point_id is not None:
            limits &= Q(**{f"{at}pk": self.device.point_id})
        if self.member is None:
            return rows.filter(limits) if limits else rows.none()
        if self.member.role in SEES_MANY_WARDS:
            return rows.filter(limits, **{f"{at}pk__in": points_visible_to(self.member)})
        return rows.filter(limits, **{f"{at}ward_id": self.member.ward_id})

    def sees(self, point: Point) -> bool:
        """Whether the point is among `points`."""
        if self.device is not None and self.device.point_id is not None and self.device.point_id != point.pk:
            return False
        if self.member is None:
            return self.device is not None and self.device.point_id is not None
        if self.member.role in SEES_MANY_WARDS:
            return points_visible_to(self.member).filter(pk=point.pk).exists()
        return point.ward_id == self.member.ward_id

    def found(self, rows: QuerySet[Row], point: str, **by: Any) -> Row:
        """The one row among those the asker may see. Refuses with NotFound."""
        row = self.seen(rows, point).filter(**by).first()
        if row is None:
            raise NotFound()
        return row


class Token(HttpBearer):
    """A device's or a script's token. A bad one is refused at once and never falls back to a session."""

    def __call__(self, request: HttpRequest) -> Asker | None:
        """The asker behind the header; None without one. Refuses with SignInNeeded."""
        header = request.META.get("HTTP_AUTHORIZATION", "")
        return self.authenticate(request, header) if header else None

    def authenticate(self, request: HttpRequest, token: str) -> Asker:
        """One query. Refuses with SignInNeeded."""
        scheme, _, secret = token.partition(" ")
        secret = secret.strip()
        if scheme.lower() != "bearer" or not secret or len(secret) > LONGEST_TOKEN:
            raise SignInNeeded()
        device = device_by_token(secret)
        if device is None or (device.kind == Device.SCRIPT and device.member is None):
            raise SignInNeeded()
        if device.member is not None and not device.member.is_active:
            raise SignInNeeded()
        return Asker(str(device.pk), device.role, device.member, device)


class Session(APIKeyCookie):
    """A signed-in member's session; what changes something needs the CSRF token too."""

    param_name = "sessionid"

    def __call__(self, request: HttpRequest) -> Asker | None:
        """The asker of the session; None without one. Refuses with CsrfFailed."""
        return self.authenticate(request, "")

    def authenticate(self, request: HttpRequest, key: str | None) -> Asker | None:
        """The member whom the sign-in machinery has found."""
        member = getattr(request, "user", None)
        if not isinstance(member, Member):
            return None
        if request.method not in SAFE and check_csrf(request) is not None:
            raise CsrfFailed()
        return Asker(str(member.pk), member.role, member, None)


def asker_of(request: HttpRequest) -> Asker:
    """Who asks; the door has put them there."""
    asker: Asker = request.auth  # type: ignore[attr-defined]
    return asker
