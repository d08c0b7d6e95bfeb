"""Bearer tokens for scripts and for devices that enrol by a command instead of a code."""

from __future__ import annotations

import hashlib
import secrets
from typing import NamedTuple

from donghanh.kernel import clock, journal
from donghanh.kernel.errors import Invalid, NotFound
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.text import nfc
from donghanh.places.models import Point, Ward
from donghanh.teams.models import Device, Member
from donghanh.teams.queries import wards_visible_to
from donghanh.teams.rules import require

TOKEN_BYTES = 32
OF_A_POINT = (Device.KIOSK, Device.BOARD)
ROLES = (*Member.ROLES, *OF_A_POINT)
# The country's own chain, for those who belong to no ward.
COUNTRY = "00000"


class Given(NamedTuple):
    """A device and its token. The token is shown once; only its hash is kept."""

    device: Device
    token: str


@action
def give_token(
    role: str, *, by: Actor, ward: Ward | None = None, point: Point | None = None, name: str = ""
) -> Given:
    """A token for a script that acts as a service member of its ward, or for a kiosk or board of a point.

    Refuses with Invalid for an unknown role, and when the ward or the point that the role needs is missing.
    """
    if role not in ROLES:
        raise Invalid(field="role", problem=", ".join(ROLES))
    if role in OF_A_POINT:
        if point is None:
            raise Invalid(field="point", problem="a kiosk or a board stands at a point")
        return _given(Device(kind=role, name=_named(name, role), ward_id=point.ward_id, point=point), by)
    place = ward or (point.ward if point else None)
    if place is None:
        raise Invalid(field="ward", problem="a script acts in a ward")
    member = _service_member(role, place)
    device = Device(
        kind=Device.SCRIPT, name=_named(name, member.username), ward=place, member=member, point=point
    )
    return _given(device, by)


@action
def revoke_token(token: Device, *, by: Actor) -> None:
    """The script that bears it is a stranger from its next request on. Refuses with NotAllowed, NotFound."""
    if isinstance(by, Member):
        require(by.role, "revoke_token")
        if not wards_visible_to(by).filter(pk=token.ward_id).exists():
            raise NotFound()
    if Device.objects.filter(pk=token.pk, kind=Device.SCRIPT, revoked_at__isnull=True).update(
        revoked_at=clock.now(), token_hash=""
    ):
        journal.write(
            "token.revoke", ward=token.ward_id or COUNTRY, by=by, subject="device", subject_id=token.pk,
            point_id=token.point_id, facts={"role": token.role},
        )  # fmt: skip


def _service_member(role: str, ward: Ward) -> Member:
    """The member a script acts as. It has no password that anyone could type, no badge and no PIN."""
    of_province = role == Member.PROVINCE_OFFICER
    username = f"script-{role.replace('_', '-')}-{ward.pk}"
    member, is_new = Member.objects.get_or_create(
        username=username,
        defaults={
            "full_name": f"Script ({role}, {ward.pk})",
            "role": role,
            "ward": None if of_province else ward,
            "province_code": ward.province_code if of_province else "",
        },
    )
    if is_new:
        member.set_unusable_password()
        Member.objects.filter(pk=member.pk).update(password=member.password)
    if not member.is_active:
        raise Invalid(field="role", problem=f"{username} is deactivated; reactivate it in the office first")
    return member


def _given(device: Device, by: Actor) -> Given:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    device.token_hash = hashlib.sha256(token.encode()).hexdigest()
    device.enrolled_at = clock.now()
    device.save(force_insert=True)
    journal.write(
        "token.give", ward=device.ward_id or COUNTRY, by=by, subject="device", subject_id=device.pk,
        point_id=device.point_id, facts={"kind": device.kind, "role": device.role},
    )  # fmt: skip
    return Given(device, token)


def _named(name: str, otherwise: str) -> str:
    return nfc(name)[:80] or otherwise
