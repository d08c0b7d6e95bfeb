"""How practice dossiers go on: by the schedule, by a press of "time passes", by the citizen; and their end."""

from __future__ import annotations

from datetime import datetime

from donghanh.kernel import clock
from donghanh.kernel.journal import action
from donghanh.practice.models import DRAFT, Attempt, PracticeDossier, PracticeMove
from donghanh.practice.queries.dossiers import moves_of
from donghanh.practice.rules.stories import (
    ENDS,
    KEPT_FOR,
    TRAINED_FOR,
    Move,
    NotNow,
    after_the_citizen,
    as_of,
    next_move,
)


@action
def let_time_pass(dossier: PracticeDossier) -> str:
    """Bring the next status now; the status it came to. Refuses with NotNow at the end or where the
    citizen must act."""
    moves = _caught_up(dossier)
    following = next_move(dossier.story, moves)
    if following is None:
        raise NotNow(status=moves[-1].status)
    return _moved(dossier, Move(following.status, _after(moves)))


@action
def act(dossier: PracticeDossier, what: str) -> str:
    """The citizen supplements, pays or withdraws; the status it came to. Refuses with NotNow."""
    moves = _caught_up(dossier)
    following = after_the_citizen(dossier.story, moves, what, _after(moves))
    if what == "pay":
        PracticeDossier.objects.filter(pk=dossier.pk).update(paid_at=clock.now())
    return _moved(dossier, following)


@action
def advance_due(now: datetime) -> int:
    """Write down what the schedule has brought; how many dossiers moved. Repeating it is harmless."""
    open_ones = PracticeDossier.objects.exclude(status__in=[DRAFT, *ENDS])
    return sum(_catch_up(dossier, now) for dossier in open_ones)


@action
def forget_old(now: datetime) -> int:
    """Delete all that was typed a day ago or earlier, and attempts of two years; how many dossiers and drafts."""
    Attempt.objects.filter(begun_at__lte=now - TRAINED_FOR).delete()
    old = PracticeDossier.objects.filter(begun_at__lte=now - KEPT_FOR)
    return sum(1 for dossier in old if dossier.delete())


def _caught_up(dossier: PracticeDossier) -> tuple[Move, ...]:
    if dossier.status == DRAFT:
        raise NotNow(status=DRAFT)
    _catch_up(dossier, clock.now())
    return moves_of(dossier)


def _catch_up(dossier: PracticeDossier, now: datetime) -> bool:
    before = moves_of(dossier)
    fresh = as_of(dossier.story, before, now)[len(before) :]
    for move in fresh:
        _moved(dossier, move)
    return bool(fresh)


def _moved(dossier: PracticeDossier, move: Move) -> str:
    PracticeMove.objects.create(dossier=dossier, status=move.status, at=move.at)
    PracticeDossier.objects.filter(pk=dossier.pk).update(status=move.status)
    dossier.status = move.status
    return move.status


def _after(moves: tuple[Move, ...]) -> datetime:
    """Now, but never before the last move."""
    return max(clock.now(), moves[-1].at)
