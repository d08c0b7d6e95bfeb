"""Days off: national holidays, the ward's own word on single days, closures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donghanh.kernel import clock
from donghanh.kernel.errors import NotFound
from donghanh.places.actions import hours
from donghanh.places.models import Closure, DayOverride
from donghanh.places.queries.calendar import vietnamese_calendar
from donghanh.web.access import for_members, member_of
from donghanh.web.office.forms_places import ClosureForm, DayForm
from donghanh.web.office.frame import Act, Chip, Row, Table, form_page, page, ward_of, went_well

door = for_members("edit_places")


@door
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Closures, own days, and the holidays of this year and the next."""
    acts = [
        Act(_("Add a closure"), reverse("office_closure_add"), icon="door-closed"),
        Act(_("Set a day"), reverse("office_day_add"), icon="calendar"),
    ]
    return page(
        request, "office/listing.html", _("Days off"), tables=[_closures(request), _days(request), _national()], acts=acts,
        lead=_("Due dates count these days; kiosks and boards follow them."),
    )  # fmt: skip


def _closures(request: HttpRequest) -> Table:
    found = (
        Closure.objects.filter(ward=ward_of(request), ends_on__gte=clock.today())
        .select_related("point")
        .order_by("starts_on")
    )
    rows = [
        Row(
            f"{_said(one.starts_on)} – {_said(one.ends_on)}", [one.point.name if one.point else _("the whole ward"), one.reason],
            acts=[Act(_("Remove"), reverse("office_closure_remove", args=[one.pk]), post=True)],
        )
        for one in found
    ]  # fmt: skip
    return Table([_("Days"), _("Where"), _("Reason")], rows, _("No closure ahead."), _("Closures"))


def _days(request: HttpRequest) -> Table:
    found = DayOverride.objects.filter(
        ward=ward_of(request), day__gte=clock.today().replace(month=1, day=1)
    ).order_by("day")
    rows = [
        Row(
            _said(one.day), [_kind(one.works), one.reason],
            acts=[Act(_("Remove"), reverse("office_day_remove", args=[one.pk]), post=True)],
        )
        for one in found
    ]  # fmt: skip
    return Table(
        [_("Day"), _("Holds as"), _("Reason")],
        rows,
        _("No day of its own: the national calendar holds."),
        _("The ward’s own days"),
    )


def _national() -> Table:
    year = clock.today().year
    named, worked = vietnamese_calendar([year, year + 1])
    days = [(day, name, False) for day, name in named.items()] + [(day, "", True) for day in worked]
    rows = [Row(_said(day), [_kind(works), name]) for day, name, works in sorted(days)]
    return Table(
        [_("Day"), _("Holds as"), _("Holiday")],
        rows,
        "",
        _("National holidays %(year)s and %(next)s") % {"year": year, "next": year + 1},
    )


@door
@require_http_methods(["GET", "HEAD", "POST"])
def closure_add(request: HttpRequest) -> HttpResponse:
    """Shut a point or the ward for some days."""
    ward = ward_of(request)
    form = ClosureForm(request.POST or None, ward=ward)

    def save(facts: dict[str, Any]) -> str:
        hours.add_closure(ward, **facts, by=member_of(request))
        return _("Saved.")

    return form_page(request, form, _("Add a closure"), save, reverse("office_calendar"))


@door
@require_POST
def closure_remove(request: HttpRequest, closure: UUID) -> HttpResponse:
    """Open again."""
    one = Closure.objects.filter(ward=ward_of(request), pk=closure).first()
    if one is None:
        raise NotFound()
    hours.remove_closure(one, by=member_of(request))
    return went_well(request, _("Removed."), reverse("office_calendar"))


@door
@require_http_methods(["GET", "HEAD", "POST"])
def day_add(request: HttpRequest) -> HttpResponse:
    """The ward's own word on a day."""
    ward = ward_of(request)

    def save(facts: dict[str, Any]) -> str:
        works = facts["works"] == "yes"
        hours.set_day(ward, day=facts["day"], works=works, reason=facts["reason"], by=member_of(request))
        return _("Saved.")

    return form_page(request, DayForm(request.POST or None), _("Set a day"), save, reverse("office_calendar"))


@door
@require_POST
def day_remove(request: HttpRequest, override: UUID) -> HttpResponse:
    """The national calendar holds again."""
    one = DayOverride.objects.filter(ward=ward_of(request), pk=override).first()
    if one is None:
        raise NotFound()
    hours.unset_day(one, by=member_of(request))
    return went_well(request, _("Removed."), reverse("office_calendar"))


def _said(day: Any) -> str:
    return date_format(day, "D, j.n.Y")


def _kind(works: bool) -> Chip:
    return Chip(_("worked"), "circle-check", "done") if works else Chip(_("free"), "moon", "information")
