"""From a filled form to a dossier code."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from donghanh.kernel import clock
from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import action
from donghanh.practice.actions.moves import forget_old
from donghanh.practice.models import DRAFT, PracticeDossier, PracticeMove
from donghanh.practice.queries.services import Service, fee_of
from donghanh.practice.rules.stories import dossier_code, due_day, story_for

USUAL_DAYS = 5
# Files to choose from. No real file is ever taken.
PRETEND_FILES = ("giay-to-mau-1.jpg", "giay-to-mau-2.pdf", "anh-mau-3.jpg")


class PaperMissing(Refusal):
    """A practice dossier needs a (pretended) paper before it is sent."""

    message = "Please choose a practice file for the papers first."
    status = 422


class AlreadySubmitted(Refusal):
    """A practice dossier was submitted before; nothing is sent twice."""

    message = "This practice dossier was submitted already ({code})."


@action
def begin(service: Service, *, account: str, owner: str, fields: Mapping[str, str]) -> PracticeDossier:
    """Keep a checked form as a draft; another draft of the same browser and edition gives way to it."""
    forget_old(clock.now())
    PracticeDossier.objects.filter(owner=owner, edition=service.edition_id, status=DRAFT).delete()
    return PracticeDossier.objects.create(
        owner=owner, account=account, edition_id=service.edition_id, fields=dict(fields),
        fee=fee_of(service.content), begun_at=clock.now(),
    )  # fmt: skip


@action
def settle_fee(dossier: PracticeDossier, *, now: bool) -> None:
    """Pretend to pay now, or leave it for later. Refuses with AlreadySubmitted."""
    _draft_of(dossier)
    PracticeDossier.objects.filter(pk=dossier.pk, status=DRAFT).update(paid_at=clock.now() if now else None)


@action
def attach(dossier: PracticeDossier, *, file: str) -> None:
    """Put a pretended file beside the form. Refuses with PaperMissing, AlreadySubmitted."""
    _draft_of(dossier)
    if file not in PRETEND_FILES:
        raise PaperMissing()
    PracticeDossier.objects.filter(pk=dossier.pk, status=DRAFT).update(file_name=file)


@action
def submit(dossier: PracticeDossier, service: Service, *, wished: str = "") -> PracticeDossier:
    """Give it a code and an appointment; `wished` is the story a trainer asked for.

    Refuses with PaperMissing, AlreadySubmitted.
    """
    _draft_of(dossier)
    dossier.refresh_from_db()
    if service.content.papers and not dossier.file_name:
        raise PaperMissing()
    today, number = clock.today(), _free_number()
    limit = service.content.time_limit
    days = limit.days if limit.kind == "working_days" and limit.days else USUAL_DAYS
    unpaid = bool(dossier.fee) and dossier.paid_at is None
    facts = {
        "code": dossier_code(number, today),
        "status": "registered",
        "story": story_for(number, wished=wished, unpaid=unpaid),
        "submitted_at": clock.now(),
        "due_on": due_day(today, days),
    }
    if not PracticeDossier.objects.filter(pk=dossier.pk, status=DRAFT).update(**facts):
        raise AlreadySubmitted(code="")
    PracticeMove.objects.create(dossier=dossier, status="registered", at=clock.now())
    dossier.refresh_from_db()
    return dossier


def _draft_of(dossier: PracticeDossier) -> None:
    if dossier.status != DRAFT:
        raise AlreadySubmitted(code=dossier.code)


def _free_number() -> int:
    today = clock.today()
    while True:
        number = secrets.randbelow(1_000_000)
        if not PracticeDossier.objects.filter(code=dossier_code(number, today)).exists():
            return number
