"""The electronic form of a service, made from the edition's map: the portal's own labels, order and complaints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_http_methods

from donghanh.catalog.rules.guidance import PortalField
from donghanh.practice.actions import begin, note_mistakes
from donghanh.practice.queries import Service, service
from donghanh.practice.rules.entering import Entered, entered, option_values
from donghanh.web.practice.lessons import running_attempt
from donghanh.web.practice.visitor import Visitor, account_page, shown
from donghanh.web.practice.words import COMPLAINTS
from donghanh.web.throttle import Throttle, address_of

# A class of forty at one address who each send seven forms an hour; more is no practice.
SENT = Throttle("practice-form", most=300, seconds=3600)


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field as the page draws it."""

    field: PortalField
    value: str
    complaint: str | Promise

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Value, words, chosen."""
        words = self.field.option_labels or {}
        return [(one, words.get(one, one), one == self.value) for one in option_values(self.field)]


@account_page
@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, visitor: Visitor, code: str) -> HttpResponse:
    """Show the form; take it when nothing is to complain about, else show it again with all complaints."""
    wanted = service(code)
    filled = Entered({}, {})
    if request.method == "POST":
        sent = {name: str(value) for name, value in request.POST.items()}
        filled = entered(wanted.form, sent, wanted.questions)
        if not filled.complaints:
            here = address_of(request)
            SENT.check(here)
            SENT.failed(here)
            draft = begin(wanted, account=visitor["account"], owner=visitor["owner"], fields=filled.values)
            return redirect("practice-fee", pk=draft.pk)
        attempt = running_attempt(request, code)
        if attempt is not None:
            note_mistakes(attempt, len(filled.complaints))
    return _form_page(request, visitor, wanted, filled)


def _form_page(request: HttpRequest, visitor: Visitor, wanted: Service, filled: Entered) -> HttpResponse:
    fields = [
        ShownField(
            field,
            filled.values.get(field.name, ""),
            COMPLAINTS.get(filled.complaints.get(field.name, ""), ""),
        )
        for field in wanted.form.fields
    ]
    facts: dict[str, Any] = {
        "code": wanted.procedure.code,
        "name": wanted.procedure.name_in((get_language() or "vi")[:2]),
        "fields": fields,
        "form_id": wanted.form.form.rpartition("#")[2],
        "wrong": [one for one in fields if one.complaint],
        "wrong_words": _how_many(len(filled.complaints)),
    }
    return shown(request, visitor, "form", status=422 if filled.complaints else 200, **facts)


def _how_many(count: int) -> str:
    words = ngettext("{count} field needs another look.", "{count} fields need another look.", count)
    return words.format(count=count)
