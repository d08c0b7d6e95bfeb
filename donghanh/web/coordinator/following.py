"""What the follow-up screen shows: open dossiers, those late first, and messages that did not arrive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.cases.models import Dossier
from donghanh.cases.models.following import STATUSES
from donghanh.cases.queries.following import READY, Unheard, is_late, late_dossiers, open_dossiers, unheard
from donghanh.cases.queries.portals import PORTALS
from donghanh.catalog.queries import content_of
from donghanh.catalog.rules.texts import text
from donghanh.kernel.models import Errand
from donghanh.teams.rules import may
from donghanh.web import words
from donghanh.web.access import member_of, point_of

A_PAGE = 50
Text = str | Promise

# Icon and tone of each of the ten statuses; the word stands beside them.
SIGNS: dict[str, tuple[str, str]] = {
    "registered": ("send", "plain"),
    "received": ("file-check", "information"),
    "refused": ("circle-x", "wrong"),
    "processing": ("hourglass", "information"),
    "supplement_requested": ("file-x", "wait"),
    "payment_requested": ("wallet", "wait"),
    "withdrawal_requested": ("undo-2", "plain"),
    "stopped": ("circle-pause", "plain"),
    "processed": ("circle-check", "done"),
    "delivered": ("badge-check", "done"),
}
# What the courier wrote down, for somebody who can do something about it.
REASONS: dict[str, Text] = {
    "NotSetUp": _("This channel is not set up on the server. The administrator can do that."),
    "Refused": _("The provider does not take it. Perhaps the number or address is wrong."),
    "Gone": _("The phone’s browser has ended the messages."),
    "AddressClosed": _("No message may be sent to this address."),
    "NotReached": _("The provider could not be reached."),
}
OTHER_REASON = _("Something went wrong on the server. Please tell the administrator.")


@dataclass(frozen=True)
class Row:
    """An open dossier."""

    dossier: Dossier
    portal: str
    status: Text
    icon: str
    tone: str
    is_late: bool
    answers: bool  # its portal can be asked


@dataclass(frozen=True)
class Lost:
    """A message that has not arrived."""

    id: str
    procedure: str
    code: str
    status: Text
    channel: Text
    reason: Text
    again_at: datetime | None  # tried again by itself then; None: it failed for good
    helps: bool


def following_of(request: HttpRequest) -> dict[str, Any]:
    """Everything `coordinator/_dossiers.html` needs; `page` in the address or the form says which fifty."""
    member = member_of(request)
    point = point_of(request, member)
    language = translation.get_language() or "vi"
    own = open_dossiers(member).filter(case__point=point)
    page = Paginator(own, A_PAGE).get_page(request.POST.get("page") or request.GET.get("page"))
    return {
        "member": member,
        "point": point,
        "page": page,
        "rows": [_row(one, language) for one in page],
        "late_count": late_dossiers(point).count(),
        "ready_count": own.filter(status=READY).count(),
        "lost": [_lost(one, language) for one in unheard(point)],
        "statuses": [(code, words.DOSSIER_STATUSES[code]) for code in STATUSES],
        "may_help": may(member.role, "help_case"),
    }


def _row(dossier: Dossier, language: str) -> Row:
    icon, tone = SIGNS[dossier.status]
    return Row(
        dossier=dossier,
        portal=_portal(dossier, language),
        status=words.DOSSIER_STATUSES[dossier.status],
        icon=icon,
        tone=tone,
        is_late=is_late(dossier),
        answers=dossier.portal in PORTALS,
    )


def _portal(dossier: Dossier, language: str) -> str:
    content = content_of(dossier.case.edition_id)
    known = any(portal.id == dossier.portal for portal in content.portals)
    return text(content, f"portals.{dossier.portal}", language) if known else dossier.portal


def _lost(one: Unheard, language: str) -> Lost:
    errand = one.errand
    has_failed = errand.status == Errand.FAILED
    return Lost(
        id=str(errand.pk),
        procedure=one.dossier.case.procedure.name_in(language),
        code=one.dossier.code,
        status=words.DOSSIER_STATUSES[errand.facts["status"]],
        channel=words.CHANNELS[one.kind],
        reason=REASONS.get(errand.last_error, OTHER_REASON),
        again_at=None if has_failed else errand.due_at,
        helps=one.helps,
    )
