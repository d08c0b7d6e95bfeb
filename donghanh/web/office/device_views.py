"""Devices of the ward: add, give a code, revoke."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donghanh.kernel.errors import NotFound, Refusal
from donghanh.teams.actions import devices
from donghanh.teams.models import Device
from donghanh.teams.rules import may
from donghanh.web.access import for_members, member_of
from donghanh.web.addresses import address_of
from donghanh.web.office.forms_members import KINDS_OF_DEVICE, DeviceForm
from donghanh.web.office.frame import Act, Chip, Row, Table, form_page, page, ward_of, went_well, went_wrong
from donghanh.web.office.token_views import tokens_of
from donghanh.web.recheck import rechecked

door = for_members("enrol_device")
KINDS = dict(KINDS_OF_DEVICE)


@door
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All devices of the ward: in use first. Below them, for officers, the tokens of scripts."""
    found = Device.objects.filter(ward=ward_of(request), member__isnull=True).select_related("point")
    table = Table(
        [_("Device"), _("Kind"), _("Point"), _("State"), _("Last seen")],
        [_row(one) for one in found.order_by("revoked_at", "name")],
        _("No device yet. Add the tablet at the entrance first."),
    )
    acts = [Act(_("Add a device"), reverse("office_device_add"), icon="plus")]
    tables = [table]
    if may(member_of(request).role, "revoke_token"):
        tables.append(tokens_of(ward_of(request)))
    return page(request, "office/listing.html", _("Devices"), tables=tables, acts=acts)


def _row(one: Device) -> Row:
    acts = []
    if one.revoked_at is None:
        acts = [
            Act(_("New code"), reverse("office_device_code", args=[one.pk]), post=True),
            Act(
                _("Take out of use"), reverse("office_device_revoke", args=[one.pk]), danger=True, slug=f"revoke-{one.pk}",
                sure=_("The device stops working at once. To use it again, add it as a new one."),
            ),
        ]  # fmt: skip
    seen = date_format(localtime(one.last_seen_at), "SHORT_DATETIME_FORMAT") if one.last_seen_at else "–"
    return Row(
        one.name,
        [KINDS.get(one.kind, one.kind), one.point.name if one.point else "", _state(one), seen],
        acts=acts,
    )


def _state(one: Device) -> Chip:
    if one.revoked_at is not None:
        return Chip(_("taken out of use"), "circle-x", "plain")
    if one.enrolled_at is None:
        return Chip(_("waits for its code"), "hourglass", "wait")
    return Chip(_("set up"), "circle-check", "done")


@door
@rechecked
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new device; its code is on the next page."""
    form = DeviceForm(request.POST or None, ward=ward_of(request), initial={"kind": "kiosk"})

    def save(facts: dict[str, Any]) -> HttpResponse:
        given = devices.add_device(
            facts["point"], kind=facts["kind"], name=facts["name"], by=member_of(request)
        )
        return _code_page(request, given)

    return form_page(
        request, form, _("Add a device"), save, reverse("office_devices"), action_label=_("Get the code")
    )


@door
@rechecked
@require_POST
def code(request: HttpRequest, device: UUID) -> HttpResponse:
    """A fresh code for a device."""
    try:
        return _code_page(request, devices.give_code(_one(request, device), by=member_of(request)))
    except Refusal as refused:
        return went_wrong(request, refused, reverse("office_devices"))


@door
@rechecked
@require_POST
def revoke(request: HttpRequest, device: UUID) -> HttpResponse:
    """Dead at once."""
    one = _one(request, device)
    devices.revoke_device(one, by=member_of(request))
    return went_well(request, _("“%(name)s” is out of use.") % {"name": one.name}, reverse("office_devices"))


def _code_page(request: HttpRequest, given: devices.CodeGiven) -> HttpResponse:
    address = address_of(request, "enrol")
    return page(
        request, "office/device_code.html", given.device.name, code=devices.grouped(given.code), address=address,
        picture=segno.make_qr(f"{address}?code={given.code}", error="m").svg_data_uri(border=2, scale=5),
        minutes=devices.CODE_MINUTES, back=reverse("office_devices"),
    )  # fmt: skip


def _one(request: HttpRequest, device: UUID) -> Device:
    one = (
        Device.objects.filter(ward=ward_of(request), member__isnull=True, pk=device)
        .select_related("point")
        .first()
    )
    if one is None:
        raise NotFound()
    return one
