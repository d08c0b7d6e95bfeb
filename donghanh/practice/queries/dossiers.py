"""Practice dossiers: a browser's own ones, and where one stands at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from donghanh.kernel import clock
from donghanh.kernel.errors import NotFound
from donghanh.practice.models import DRAFT, Attempt, PracticeDossier
from donghanh.practice.rules.stories import KEPT_FOR, MAY_WITHDRAW, WAITS, Move, as_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a submitted practice dossier stands: one of the ten statuses, and how it came there."""

    code: str
    status: str
    since: datetime
    due_on: date | None
    moves: tuple[Move, ...]

    @property
    def waits_for(self) -> str:
        """What the citizen must do for it to go on: supplement, pay, or nothing."""
        return WAITS.get(self.status, "")

    @property
    def may_withdraw(self) -> bool:
        """Whether it may still be taken back."""
        return self.status in MAY_WITHDRAW


def own_dossiers(owner: str) -> list[PracticeDossier]:
    """The submitted dossiers of one browser that are not a day old, the latest first."""
    if not owner:
        return []
    kept = PracticeDossier.objects.filter(owner=owner, begun_at__gt=clock.now() - KEPT_FOR)
    return list(kept.exclude(status=DRAFT).select_related("edition__procedure").order_by("-submitted_at"))


def own_dossier(pk: UUID, owner: str) -> PracticeDossier:
    """One dossier or draft of this browser. Refuses with NotFound, also when it is a day old."""
    found = (
        PracticeDossier.objects.filter(pk=pk, owner=owner or "-", begun_at__gt=clock.now() - KEPT_FOR)
        .select_related("edition__procedure")
        .first()
    )
    if found is None:
        raise NotFound()
    return found


def moves_of(dossier: PracticeDossier) -> tuple[Move, ...]:
    """The moves that are written down, oldest first."""
    return tuple(Move(one.status, one.at) for one in dossier.moves.order_by("at", "id"))


def standing_of(dossier: PracticeDossier) -> Standing:
    """Where it stands now; what the schedule has brought meanwhile counts, written down or not."""
    moves = as_of(dossier.story, moves_of(dossier), clock.now())
    return Standing(dossier.code or "", moves[-1].status, moves[-1].at, dossier.due_on, moves)


def status_of(code: str) -> Standing | None:
    """Where the practice dossier of that code stands; None when there is none (any more)."""
    kept = PracticeDossier.objects.filter(code=code.strip().upper(), begun_at__gt=clock.now() - KEPT_FOR)
    dossier = kept.exclude(status=DRAFT).first()
    return standing_of(dossier) if dossier else None


def something_kept() -> bool:
    """Whether anything lies here that a day or two years may make due for deletion."""
    return PracticeDossier.objects.exists() or Attempt.objects.exists()
