"""Devices of a point: a one-time code makes a browser a kiosk, a board or a desk."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils.crypto import salted_hmac

from donghanh.kernel import clock, journal
from donghanh.kernel.errors import Invalid, NotFound, Refusal
from donghanh.kernel.journal import Actor, House, action
from donghanh.kernel.text import nfc
from donghanh.places.models import Point
from donghanh.teams.models import Device, Member
from donghanh.teams.queries import points_visible_to

# Without 0 1 I O Q U Z, which are misread or mistyped on a tablet.
CODE_LETTERS = "ABCDEFGHJKLMNPRSTVWXY23456789"
CODE_LENGTH = 8
CODE_MINUTES = 15
TOKEN_BYTES = 32
ENROLLED_KINDS = (Device.KIOSK, Device.BOARD, Device.DESK)


class WrongCode(Refusal):
    """The code is unknown, used, or older than its quarter of an hour."""

    message = (
        "This code does not work. Codes hold for 15 minutes and work once: ask the office for a new one."
    )
    status = 422


class DeviceRevoked(Refusal):
    """A revoked device is not brought back; a new one is added."""

    message = "This device was taken out of use. Add a new one."


class CodeGiven(NamedTuple):
    """A device and its one-time code, to be shown once."""

    device: Device
    code: str


class Enrolled(NamedTuple):
    """A device and its token, to be kept in its cookie."""

    device: Device
    token: str


@action
def add_device(point: Point, *, kind: str, name: str, by: Actor) -> CodeGiven:
    """A device to be, and the code that makes a browser it."""
    _may_see(by, point)
    if kind not in ENROLLED_KINDS:
        raise Invalid(field="kind", problem=", ".join(ENROLLED_KINDS))
    device = Device.objects.create(kind=kind, name=nfc(name)[:80] or kind, ward=point.ward, point=point)
    _note("device.add", device, by, kind=kind)
    return give_code(device, by=by)


@action
def give_code(device: Device, *, by: Actor, code: str = "", minutes: int = CODE_MINUTES) -> CodeGiven:
    """A fresh one-time code; an older one stops working. A code may be given by the demo."""
    if device.point is not None:
        _may_see(by, device.point)
    fresh = code or "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    until = clock.now() + timedelta(minutes=minutes)
    if not Device.objects.filter(pk=device.pk, revoked_at__isnull=True).update(
        code_hash=_hash(tidy_code(fresh)), code_expires_at=until
    ):
        raise DeviceRevoked()
    device.refresh_from_db()
    _note("device.give_code", device, by)
    return CodeGiven(device, fresh)


@action
def enrol(code: str) -> Enrolled:
    """Make whoever typed the code this device. Refuses with WrongCode.

    In the demo a code may be used again, and all who use it are the same device.
    """
    now, digest = clock.now(), _hash(tidy_code(code))
    device = Device.objects.filter(
        code_hash=digest, code_expires_at__gt=now, revoked_at__isnull=True
    ).select_related("point").first()  # fmt: skip
    if device is None:
        raise WrongCode()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    if settings.DEMO:
        token = salted_hmac("donghanh.demo.device", str(device.pk)).hexdigest()
    fresh = {"token_hash": _hash(token), "enrolled_at": now, "last_seen_at": now}
    if not settings.DEMO:
        fresh["code_hash"] = ""
    # Guarded: of two browsers with one code, one wins.
    if not Device.objects.filter(pk=device.pk, code_hash=digest, revoked_at__isnull=True).update(**fresh):
        raise WrongCode()
    device.refresh_from_db()
    _note("device.enrol", device, device)
    return Enrolled(device, token)


@action
def revoke_device(device: Device, *, by: Actor) -> None:
    """The device's cookie is dead at once."""
    if device.point is not None:
        _may_see(by, device.point)
    if Device.objects.filter(pk=device.pk, revoked_at__isnull=True).update(
        revoked_at=clock.now(), code_hash="", token_hash=""
    ):
        _note("device.revoke", device, by)


def tidy_code(code: str) -> str:
    """As kept: capital letters without the blanks and dashes people type."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def grouped(code: str) -> str:
    """As shown: K7PM 2XAB."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _may_see(by: Actor, point: Point) -> None:
    if isinstance(by, Member) and not points_visible_to(by).filter(pk=point.pk).exists():
        raise NotFound()
    assert isinstance(by, (Member, House, Device))


def _note(verb: str, device: Device, by: Actor, **facts: object) -> None:
    journal.write(
        verb, ward=device.ward_id or "00000", by=by, subject="device", subject_id=device.pk,
        point_id=device.point_id, facts=dict(facts),
    )  # fmt: skip
