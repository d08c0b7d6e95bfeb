"""Tokens of scripts: which are out, and taking one back. They are given on the command line alone."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from donghanh.kernel.errors import NotFound
from donghanh.places.models import Ward
from donghanh.teams.actions.tokens import revoke_token
from donghanh.teams.models import Device
from donghanh.web.access import for_members, member_of
from donghanh.web.office.frame import Act, Chip, Row, Table, ward_of, went_well
from donghanh.web.recheck import rechecked
from donghanh.web.words import ROLES


def tokens_of(ward: Ward) -> Table:
    """The tokens of a ward's scripts: in use first."""
    found = Device.objects.filter(ward=ward, kind=Device.SCRIPT).select_related("point", "member")
    return Table(
        [_("Token"), _("Role"), _("Point"), _("State"), _("Given")],
        [_row(one) for one in found.order_by("revoked_at", "name", "enrolled_at")],
        _("No script has a token here."), _("Tokens of scripts"),
    )  # fmt: skip


def _row(one: Device) -> Row:
    acts = []
    if one.revoked_at is None:
        acts = [
            Act(
                _("Take the token back"), reverse("office_token_revoke", args=[one.pk]), danger=True, slug=f"revoke-{one.pk}",
                sure=_("The script that uses it stops working at once."),
            )
        ]  # fmt: skip
        state = Chip(_("in use"), "circle-check", "done")
    else:
        state = Chip(_("taken back"), "circle-x", "plain")
    given = date_format(localtime(one.enrolled_at), "SHORT_DATETIME_FORMAT") if one.enrolled_at else "–"
    where = one.point.name if one.point else _("the whole ward")
    return Row(one.name, [ROLES.get(one.role, one.role), where, state, given], acts=acts)


@for_members("revoke_token")
@rechecked
@require_POST
def revoke(request: HttpRequest, token: UUID) -> HttpResponse:
    """Dead at once, this one alone."""
    one = (
        Device.objects.filter(ward=ward_of(request), kind=Device.SCRIPT, pk=token)
        .select_related("member")
        .first()
    )
    if one is None:
        raise NotFound()
    revoke_token(one, by=member_of(request))
    return went_well(
        request,
        _("The token “%(name)s” does not work any more.") % {"name": one.name},
        reverse("office_devices"),
    )
