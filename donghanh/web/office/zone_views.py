"""The ward's own zones."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from donghanh.kernel.errors import NotFound
from donghanh.places.actions.zones import add_zones, edit_zone
from donghanh.places.models import Zone
from donghanh.web.access import for_members, member_of
from donghanh.web.office.forms_places import ZoneForm, ZonesForm
from donghanh.web.office.frame import Act, Row, Table, form_page, page, used, ward_of

door = for_members("edit_places")


@door
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All zones."""
    found = Zone.objects.filter(ward=ward_of(request)).order_by("-is_active", "name")
    rows = [Row(str(one), [used(one.is_active)], reverse("office_zone", args=[one.pk])) for one in found]
    table = Table([_("Zone"), _("State")], rows, _("No zone yet. Add all of them at once, one a line."))
    acts = [Act(_("Add zones"), reverse("office_zone_add"), icon="plus")]
    return page(request, "office/listing.html", _("Zones"), tables=[table], acts=acts)


@door
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Several at once."""

    def save(facts: dict[str, Any]) -> str:
        names = facts["names"].splitlines()
        add_zones(ward_of(request), label=facts["label"], names=names, by=member_of(request))
        return _("Saved.")

    return form_page(request, ZonesForm(request.POST or None), _("Add zones"), save, reverse("office_zones"))


@door
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, zone: UUID) -> HttpResponse:
    """Change one."""
    one = Zone.objects.filter(ward=ward_of(request), pk=zone).first()
    if one is None:
        raise NotFound()
    form = ZoneForm(
        request.POST or None, initial={"label": one.label, "name": one.name, "is_active": one.is_active}
    )

    def save(facts: dict[str, Any]) -> str:
        edit_zone(one, **facts, by=member_of(request))
        return _("Saved.")

    return form_page(request, form, str(one), save, reverse("office_zones"))
