"""The ward's queue settings, and the series of a point."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from donghanh.kernel.errors import NotFound
from donghanh.places.models import Point
from donghanh.queue.actions.issue import setting_of
from donghanh.queue.actions.setup import save_series, set_queue
from donghanh.queue.models import Series
from donghanh.web.access import for_members, member_of
from donghanh.web.office.forms_queue import QueueForm, SeriesForm
from donghanh.web.office.frame import Act, Row, Table, form_page, used, ward_of
from donghanh.web.office.point_views import point_here

door = for_members("edit_queue")


@door
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """Priority classes and limits; below them the series of all points."""
    ward = ward_of(request)
    form = QueueForm(request.POST or None, setting=setting_of(ward.pk))

    def save(_facts: dict[str, Any]) -> str:
        set_queue(ward, form.classes(), form.limits(), by=member_of(request))
        return _("Saved.")

    series = (
        Series.objects.filter(point__ward=ward)
        .select_related("point")
        .order_by("point__name", "position", "letter")
    )
    language = get_language() or "vi"
    table = Table(
        [_("Series"), _("Point"), _("Daily limit"), _("State")],
        [
            Row(
                f"{one.letter} · {one.name_in(language)}", [one.point.name, str(one.daily_limit or "–"), used(one.is_active)],
                reverse("office_series", args=[one.pk]),
            )
            for one in series
        ],
        _("No series yet: nobody can take a number here. Add the first one."), _("Series of numbers"),
        [
            Act(_("Add a series at %(point)s") % {"point": point.name}, reverse("office_series_add", args=[point.pk]), icon="plus")
            for point in Point.objects.filter(ward=ward, is_active=True).order_by("mobile", "name")
        ],
    )  # fmt: skip
    return form_page(
        request, form, _("Queue"), save, reverse("office_queue"), template="office/queue.html", tables=[table]
    )


@door
@require_http_methods(["GET", "HEAD", "POST"])
def series_add(request: HttpRequest, point: UUID) -> HttpResponse:
    """A new series at a point."""
    return _series_form(request, point_here(request, point), None)


@door
@require_http_methods(["GET", "HEAD", "POST"])
def series(request: HttpRequest, series: UUID) -> HttpResponse:
    """Change a series and what it offers."""
    one = Series.objects.filter(point__ward=ward_of(request), pk=series).select_related("point__ward").first()
    if one is None:
        raise NotFound()
    return _series_form(request, one.point, one)


def _series_form(request: HttpRequest, at: Point, one: Series | None) -> HttpResponse:
    form = SeriesForm(request.POST or None, point=at, series=one)

    def save(facts: dict[str, Any]) -> str:
        save_series(
            at,
            form.facts(),
            counters=facts["counters"],
            procedures=facts["procedures"],
            by=member_of(request),
            series=one,
        )
        return _("Saved.")

    title = _("Series %(letter)s") % {"letter": one.letter} if one else _("Add a series")
    return form_page(request, form, title, save, reverse("office_queue"), lead=at.name)
