"""Organisations of the ward."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from donghanh.kernel.errors import NotFound
from donghanh.teams.actions.organisations import save_organisation
from donghanh.teams.models import Organisation
from donghanh.web.access import for_members, member_of
from donghanh.web.office.forms_members import OrganisationForm
from donghanh.web.office.frame import Act, Row, Table, form_page, page, used, ward_of
from donghanh.web.words import ORGANISATIONS

door = for_members("edit_places")


@door
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All organisations of the ward."""
    found = Organisation.objects.filter(ward=ward_of(request)).order_by("-is_active", "name")
    table = Table(
        [_("Name"), _("Kind"), _("Contact"), _("State")],
        [
            Row(
                one.name,
                [ORGANISATIONS[one.kind], one.contact, used(one.is_active)],
                reverse("office_organisation", args=[one.pk]),
            )
            for one in found
        ],
        _("No organisation yet. Add the ward office, the youth union, the police."),
    )
    acts = [Act(_("Add an organisation"), reverse("office_organisation_add"), icon="plus")]
    return page(request, "office/listing.html", _("Organisations"), tables=[table], acts=acts)


@door
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new organisation."""
    return _form(request, None)


@door
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Change one."""
    one = Organisation.objects.filter(ward=ward_of(request), pk=organisation).first()
    if one is None:
        raise NotFound()
    return _form(request, one)


def _form(request: HttpRequest, one: Organisation | None) -> HttpResponse:
    known = (
        {"name": one.name, "kind": one.kind, "contact": one.contact, "is_active": one.is_active}
        if one
        else None
    )
    form = OrganisationForm(request.POST or None, initial=known)

    def save(facts: dict[str, Any]) -> str:
        save_organisation(ward_of(request), **facts, by=member_of(request), organisation=one)
        return _("Saved.")

    return form_page(
        request, form, one.name if one else _("Add an organisation"), save, reverse("office_organisations")
    )
