"""The guide at the desk: where its plan and its answers are."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from donghanh.cases.models import Case
from donghanh.catalog.queries import content_of, edition_mark
from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.texts import text
from donghanh.web.qr import qr_svg
from donghanh.web.version import version

# Nobody touches the desk for ten minutes: the answers are covered, and none is lost.
COVERED_AFTER_SECONDS = 600


@dataclass(frozen=True)
class PrintedForm:
    """A declaration, filled from the answers, to be printed."""

    name: str
    url: str


@dataclass(frozen=True)
class Guided:
    """What `<dh-guide>` needs, what is printed from the answers, and the code of the case to scan at another desk."""

    plan: str
    case: str
    has_portals: bool
    forms: tuple[PrintedForm, ...]
    qr: SafeString
    idle: int = COVERED_AFTER_SECONDS


def guided(case: Case, language: str) -> Guided | None:
    """The guide of a case whose edition asks questions, else nothing: the desk then tells the steps."""
    content = content_of(case.edition_id)
    if not content.questions:
        return None
    address = reverse("guide-plan", args=[edition_mark(case.edition_id)[1], language])
    return Guided(
        plan=f"{address}?v={version()}",
        case=reverse("guide-answers", args=[case.pk]).removesuffix("answers"),
        has_portals=bool(content.portal_maps),
        forms=_forms(case, content, language),
        qr=qr_svg(case.code),
    )


def _forms(case: Case, content: EditionContent, language: str) -> tuple[PrintedForm, ...]:
    return tuple(
        PrintedForm(text(content, f"forms.{form.id}", language), reverse("form-pdf", args=[case.pk, form.id]))
        for form in content.forms
    )
