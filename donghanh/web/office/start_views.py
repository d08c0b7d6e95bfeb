"""The office's first page: what needs a hand, and which ward it is about."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from donghanh.catalog.models import Procedure
from donghanh.kernel.errors import NotFound
from donghanh.places.models import Counter, OpeningHours, Point, Ward
from donghanh.queue.models import Series
from donghanh.teams.models import Device, Member
from donghanh.teams.queries import wards_visible_to
from donghanh.teams.rules import may
from donghanh.web.access import for_members, member_of
from donghanh.web.office.frame import Act, Chip, Row, Table, page, ward_of
from donghanh.web.office.look_views import look as look_page

door = for_members("edit_members")


@door
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """How far the ward is set up, each line with the way there."""
    member, ward = member_of(request), ward_of(request)
    rows = [
        Row(
            label,
            [
                str(count),
                Chip(_("ready"), "circle-check", "done") if count else Chip(_("to do"), "circle", "wait"),
            ],
            reverse(name),
        )
        for verb, label, name, count in _counted(ward)
        if may(member.role, verb)
    ]
    table = Table([_("What"), _("How many"), _("State")], rows, "")
    others = wards_visible_to(member).exclude(pk=ward.pk).order_by("code")[:200]
    acts = [Act(_("All components"), reverse("office_look"), icon="eye")]
    return page(
        request, "office/start.html", _("Office"), lead=f"{ward.name}, {ward.province_name}", tables=[table],
        wards=others, acts=acts,
    )  # fmt: skip


def _counted(ward: Ward) -> list[tuple[str, str, str, int]]:
    """Verb, label, address and how many there are, of all that a ward needs."""
    active = {"ward": ward, "is_active": True}
    at_points = {"point__ward": ward, "is_active": True}
    hours = OpeningHours.objects.filter(point__ward=ward).count()
    published = Procedure.objects.filter(current__isnull=False).count()
    return [
        ("edit_members", _("Members"), "office_members", Member.objects.filter(**active).count()),
        ("edit_places", _("Points"), "office_points", Point.objects.filter(**active).count()),
        ("edit_places", _("Counters"), "office_points", Counter.objects.filter(**at_points).count()),
        ("edit_places", _("Opening hours"), "office_points", hours),
        ("edit_queue", _("Series of numbers"), "office_queue", Series.objects.filter(**at_points).count()),
        ("publish_procedure", _("Procedures"), "office_procedures", published),
        ("enrol_device", _("Devices"), "office_devices", _devices(ward.pk)),
    ]


def _devices(ward: str) -> int:
    return Device.objects.filter(
        ward=ward, member__isnull=True, revoked_at__isnull=True, enrolled_at__isnull=False
    ).count()


@door
@require_POST
def choose_ward(request: HttpRequest) -> HttpResponse:
    """An administrator turns to another ward."""
    ward = wards_visible_to(member_of(request)).filter(pk=request.POST.get("ward", "")).first()
    if ward is None:
        raise NotFound()
    request.session["ward"] = ward.pk
    return redirect("office")


@door
@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return look_page(request)
