"""Points with their counters, hours and series."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from donghanh.kernel.errors import NotFound
from donghanh.places.actions.hours import set_hours
from donghanh.places.actions.points import save_counter, save_point
from donghanh.places.models import Counter, OpeningHours, Point
from donghanh.queue.models import Series
from donghanh.web.access import for_members, member_of
from donghanh.web.office.forms_places import CounterForm, HoursForm, PointForm
from donghanh.web.office.frame import Act, Row, Table, form_page, page, used, ward_of
from donghanh.web.words import POINT_KINDS, WEEKDAYS

door = for_members("edit_places")


@door
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All points of the ward."""
    found = (
        Point.objects.filter(ward=ward_of(request))
        .prefetch_related("counters")
        .order_by("-is_active", "mobile", "name")
    )
    table = Table(
        [_("Point"), _("Kind"), _("Counters"), _("State")],
        [
            Row(
                one.name,
                [
                    POINT_KINDS[one.kind],
                    ", ".join(c.label for c in one.counters.all() if c.is_active),
                    used(one.is_active),
                ],
                reverse("office_point", args=[one.pk]),
            )
            for one in found
        ],
        _("No point yet. Add the centre first."),
    )
    acts = [Act(_("Add a point"), reverse("office_point_add"), icon="plus")]
    return page(request, "office/listing.html", _("Points and counters"), tables=[table], acts=acts)


@door
@require_safe
def point(request: HttpRequest, point: UUID) -> HttpResponse:
    """One point: counters, hours, series."""
    one = point_here(request, point)
    acts = [
        Act(_("Change the point"), reverse("office_point_edit", args=[one.pk]), icon="pencil"),
        Act(_("Opening hours"), reverse("office_hours", args=[one.pk]), icon="clock"),
    ]
    return page(
        request, "office/listing.html", one.name, lead=f"{POINT_KINDS[one.kind]} · {one.address}".strip(" ·"),
        tables=[_counters(one), _hours(one), _series(one)], acts=acts, back=reverse("office_points"),
    )  # fmt: skip


def _counters(one: Point) -> Table:
    rows = [
        Row(
            counter.label,
            [counter.name, used(counter.is_active)],
            reverse("office_counter", args=[counter.pk]),
        )
        for counter in one.counters.order_by("label")
    ]
    acts = [Act(_("Add a counter"), reverse("office_counter_add", args=[one.pk]), icon="plus")]
    return Table([_("Counter"), _("Name"), _("State")], rows, _("No counter yet."), _("Counters"), acts)


def _hours(one: Point) -> Table:
    week: dict[int, list[str]] = {}
    for row in OpeningHours.objects.filter(point=one).order_by("weekday", "opens"):
        week.setdefault(row.weekday, []).append(f"{row.opens:%H:%M}–{row.closes:%H:%M}")
    rows = [Row(str(WEEKDAYS[weekday]), [", ".join(spans)]) for weekday, spans in sorted(week.items())]
    return Table(
        [_("Day"), _("Open")],
        rows,
        _("No opening hours: the point is open when a counter is open."),
        _("Opening hours"),
    )


def _series(one: Point) -> Table:
    language = get_language() or "vi"
    rows = [
        Row(
            f"{series.letter} · {series.name_in(language)}",
            [str(series.procedures.count()), str(series.daily_limit or "–"), used(series.is_active)],
            reverse("office_series", args=[series.pk]),
        )
        for series in Series.objects.filter(point=one).order_by("position", "letter")
    ]
    acts = [Act(_("Add a series"), reverse("office_series_add", args=[one.pk]), icon="plus")]
    return Table(
        [_("Series"), _("Procedures"), _("Daily limit"), _("State")], rows,
        _("No series yet: nobody can take a number here. Add the first one."), _("Series of numbers"), acts,
    )  # fmt: skip


@door
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new point."""
    return _point_form(request, None)


@door
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, point: UUID) -> HttpResponse:
    """Change a point."""
    return _point_form(request, point_here(request, point))


def _point_form(request: HttpRequest, one: Point | None) -> HttpResponse:
    ward = ward_of(request)
    names = ("name", "kind", "mobile", "address", "zone", "is_active")
    form = PointForm(
        request.POST or None, ward=ward, initial={n: getattr(one, n) for n in names} if one else None
    )

    def save(facts: dict[str, Any]) -> str:
        save_point(ward, **facts, by=member_of(request), point=one)
        return _("Saved.")

    back = reverse("office_point", args=[one.pk]) if one else reverse("office_points")
    return form_page(request, form, one.name if one else _("Add a point"), save, back)


@door
@require_http_methods(["GET", "HEAD", "POST"])
def counter_add(request: HttpRequest, point: UUID) -> HttpResponse:
    """A new counter."""
    return _counter_form(request, point_here(request, point), None)


@door
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest, counter: UUID) -> HttpResponse:
    """Change a counter."""
    one = Counter.objects.filter(point__ward=ward_of(request), pk=counter).select_related("point").first()
    if one is None:
        raise NotFound()
    return _counter_form(request, one.point, one)


def _counter_form(request: HttpRequest, at: Point, one: Counter | None) -> HttpResponse:
    known = {"label": one.label, "name": one.name, "is_active": one.is_active} if one else None
    form = CounterForm(request.POST or None, initial=known)

    def save(facts: dict[str, Any]) -> str:
        save_counter(at, **facts, by=member_of(request), counter=one)
        return _("Saved.")

    title = _("Counter %(label)s") % {"label": one.label} if one else _("Add a counter")
    return form_page(request, form, title, save, reverse("office_point", args=[at.pk]), lead=at.name)


@door
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest, point: UUID) -> HttpResponse:
    """The week of a point."""
    one = point_here(request, point)
    form = HoursForm(request.POST or None, point=one)

    def save(_facts: dict[str, Any]) -> str:
        set_hours(one, form.week(), by=member_of(request))
        return _("Saved.")

    back = reverse("office_point", args=[one.pk])
    return form_page(
        request, form, _("Opening hours"), save, back, template="office/hours.html", lead=one.name
    )


def point_here(request: HttpRequest, point: UUID) -> Point:
    """The point of that id in the ward of this office. Refuses with NotFound."""
    one = Point.objects.filter(ward=ward_of(request), pk=point).select_related("ward").first()
    if one is None:
        raise NotFound()
    return one
