"""A member begins a lesson, makes mistakes, hands it in."""

from __future__ import annotations

from donghanh.kernel import clock
from donghanh.kernel.journal import action
from donghanh.practice.models import Attempt, PracticeDossier
from donghanh.practice.queries.services import Service, card_for
from donghanh.practice.rules.lessons import wrong_fields

LONGEST_SECONDS = 24 * 3600


@action
def begin_lesson(service: Service, *, member_id: str) -> Attempt:
    """Begin anew; an attempt left open before is forgotten."""
    lesson = service.procedure.code
    Attempt.objects.filter(member_id=member_id, lesson=lesson, ended_at__isnull=True).delete()
    return Attempt.objects.create(
        member_id=member_id, lesson=lesson, edition_id=service.edition_id, begun_at=clock.now()
    )


@action
def note_mistakes(attempt: Attempt, count: int) -> None:
    """The form came back with so many complaints."""
    attempt.mistakes = min(attempt.mistakes + count, 999)
    Attempt.objects.filter(pk=attempt.pk, ended_at__isnull=True).update(mistakes=attempt.mistakes)


@action
def end_lesson(attempt: Attempt, service: Service, dossier: PracticeDossier) -> Attempt:
    """Compare what was submitted with the card: passed when every field is as the card says."""
    wrong = wrong_fields(card_for(service), dossier.fields)
    seconds = int((clock.now() - attempt.begun_at).total_seconds())
    ended = Attempt.objects.filter(pk=attempt.pk, ended_at__isnull=True).update(
        ended_at=clock.now(), seconds=min(seconds, LONGEST_SECONDS), wrong_fields=list(wrong),
        mistakes=attempt.mistakes + len(wrong), passed=not wrong,
    )  # fmt: skip
    attempt.refresh_from_db()
    assert ended or attempt.ended_at
    return attempt
