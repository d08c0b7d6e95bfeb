"""What the practice portal offers: every procedure whose current edition maps itself to it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from donghanh.catalog.models import Edition, Procedure
from donghanh.catalog.queries import content_of
from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.guidance import PortalMap, Question
from donghanh.kernel import clock
from donghanh.kernel.errors import NotFound
from donghanh.practice.models import Attempt
from donghanh.practice.rules.entering import practice_map
from donghanh.practice.rules.lessons import CardLine, card_of


@dataclass(frozen=True, slots=True)
class Service:
    """A procedure on the practice portal, with the edition and the form it uses."""

    procedure: Procedure
    edition_id: UUID
    content: EditionContent
    form: PortalMap

    @property
    def questions(self) -> dict[str, Question]:
        """The edition's questions by id."""
        return {question.id: question for question in self.content.questions}


def services() -> list[Service]:
    """All that can be practised, by name."""
    procedures = Procedure.objects.filter(current__isnull=False).order_by("name_key")
    found = (_service_of(procedure) for procedure in procedures)
    return [one for one in found if one is not None]


def service(code: str, edition_id: UUID | None = None) -> Service:
    """The service of a procedure, in its current edition or a given one. Refuses with NotFound."""
    procedure = Procedure.objects.filter(code=code, current__isnull=False).first()
    found = _service_of(procedure, edition_id) if procedure else None
    if found is None:
        raise NotFound()
    return found


def service_of(edition: Edition) -> Service:
    """The service an edition stands for."""
    return service(edition.procedure.code, edition.pk)


def _service_of(procedure: Procedure, edition_id: UUID | None = None) -> Service | None:
    edition = edition_id or procedure.current_id
    assert edition is not None
    content = content_of(edition)
    form = practice_map(content)
    return Service(procedure, edition, content, form) if form else None


def fee_of(content: EditionContent) -> int | None:
    """What is paid online, in đồng: fees that hang on no condition; None when an amount is not known."""
    online = [fee for fee in content.fees if "online" in fee.channels and fee.when is None]
    if any(fee.amount is None for fee in online):
        return None
    return sum(fee.amount or 0 for fee in online)


def card_for(one: Service) -> tuple[CardLine, ...]:
    """The card of a lesson, as of today."""
    return card_of(one.content, one.form, clock.today())


def open_attempt(member_id: str, lesson: str) -> Attempt | None:
    """The attempt a member is at, if any."""
    return (
        Attempt.objects.filter(member_id=member_id, lesson=lesson, ended_at__isnull=True)
        .order_by("-begun_at")
        .first()
    )


def attempts_of(member_id: str) -> list[Attempt]:
    """A member's ended attempts, the latest first."""
    return list(
        Attempt.objects.filter(member_id=member_id, ended_at__isnull=False).order_by("-ended_at")[:50]
    )
