"""Clients that are enrolled devices."""

from __future__ import annotations

from django.test import Client

from donghanh.kernel import clock
from donghanh.places.models import Point
from donghanh.teams.models import Device
from donghanh.web.access import DEVICE_COOKIE, token_hash


def device(kind: str, at: Point) -> Device:
    """An enrolled device of a point; its token is its name."""
    return Device.objects.create(
        kind=kind,
        name=f"{kind}-{at.pk}",
        ward=at.ward,
        point=at,
        token_hash=token_hash(f"{kind}-{at.pk}"),
        enrolled_at=clock.now(),
    )


def client_of(kind: str, at: Point, language: str = "vi") -> Client:
    """A browser on such a device."""
    client = Client()
    client.cookies[DEVICE_COOKIE] = device(kind, at).name
    client.cookies["donghanh_language"] = language
    return client
