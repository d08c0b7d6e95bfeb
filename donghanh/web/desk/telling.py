"""Whom to tell when the result is there: the agreement read out, a channel, an address, and the end of it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from donghanh.cases.actions.consents import agree, take_back
from donghanh.cases.actions.following import TELLING, add_contact, end_contact
from donghanh.cases.actions.telling import PUSH
from donghanh.cases.models import Contact
from donghanh.cases.queries.channels import channels
from donghanh.kernel.errors import Invalid, NotFound
from donghanh.web.access import member_of
from donghanh.web.desk.answers import at_desk, case_for, shown
from donghanh.web.desk.told import PHONES


@at_desk("help_case")
def consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The person agrees to be told about this case, or takes it back: then every address is erased."""
    member = member_of(request)
    case = case_for(member, pk)
    if request.POST.get("withdraw") == "1":
        take_back(case, TELLING, by=member)
        return shown(request, _("Taken back. The addresses are erased."), opened="dossier")
    agree(
        case,
        TELLING,
        by=member,
        text_hash=request.POST.get("hash", ""),
        method=request.POST.get("method", "spoken_with_witness"),
        language=request.POST.get("language", "vi"),
        strokes=_strokes(request.POST.get("strokes", "")),
    )
    return shown(request, _("The consent is written down."), opened="dossier")


@at_desk("help_case")
def contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep where the person wants to be told."""
    member = member_of(request)
    case = case_for(member, pk)
    kind = request.POST.get("kind", "")
    if kind not in channels() or kind == PUSH:
        raise Invalid(field="kind", problem=", ".join(channels()))
    address = request.POST.get("phone" if kind in PHONES else "address", "")
    add_contact(case, kind=kind, address=address, by=member, language=request.POST.get("language", "vi"))
    return shown(request, _("Kept. A message goes there when the result is ready."), opened="dossier")


@at_desk("help_case")
def end(request: HttpRequest, pk: UUID, contact_id: UUID) -> HttpResponse:
    """The person wants no messages there any more."""
    member = member_of(request)
    case = case_for(member, pk)
    found = Contact.objects.filter(case=case, pk=contact_id).select_related("case").first()
    if found is None:
        raise NotFound()
    end_contact(found, by=member)
    return shown(request, _("Ended. The address is erased."), opened="dossier")


def _strokes(sent: str) -> list[list[list[int]]]:
    """The strokes of a signature as the page sends them: [[[x, y], …], …]. Refuses with Invalid."""
    if not sent:
        return []
    try:
        read: Any = json.loads(sent)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, list) or not all(
        isinstance(stroke, list) and all(isinstance(point, list) for point in stroke) for stroke in read
    ):
        raise Invalid(field="strokes", problem="[[[x, y], …], …]")
    return read
