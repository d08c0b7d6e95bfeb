"""Errands: side effects posted with their cause and delivered later, each by its key once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from donghanh.kernel import clock, journal
from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.models import Errand

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=30)

Courier = Callable[[dict[str, Any]], None]


class Hopeless(Exception):
    """No further attempt can help: the errand has failed at once."""


class NotBefore(Exception):
    """The errand is for later, and this was no attempt: at night nobody's phone rings."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        super().__init__(moment.isoformat())


class NotFailed(Refusal):
    """An errand that is still on its way, or was carried, needs nobody's help."""

    message = "This is on its way, or has arrived already."


def post(kind: str, key: str, *, ward: str = "", due_at: datetime | None = None, **facts: Any) -> bool:
    """Post an errand; the same key again changes nothing. True when it is new."""
    moment = clock.now()
    _, is_new = Errand.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "ward": ward,
            "facts": facts,
            "due_at": due_at or moment,
            "posted_at": moment,
        },
    )
    return is_new


def withdraw(key_begins: str) -> int:
    """Take back the waiting errands whose keys begin so: their cause was undone. How many had gone already."""
    mine = Errand.objects.filter(key__startswith=key_begins)
    mine.filter(status=Errand.WAITING).delete()
    return mine.filter(status=Errand.DONE).count()


@action
def try_again(errand: Errand, *, by: Actor) -> None:
    """A failed errand goes out once more, with all its attempts. Refuses with NotFailed."""
    _leave_failed(
        errand, by, "errand.again", status=Errand.WAITING, attempts=0, ended_at=None, due_at=clock.now()
    )


@action
def settle(errand: Errand, *, by: Actor) -> None:
    """A failed errand was seen to in another way and is closed; its reason stays. Refuses with NotFailed."""
    _leave_failed(errand, by, "errand.settle", status=Errand.DONE, ended_at=clock.now())


def _leave_failed(errand: Errand, by: Actor, verb: str, **changes: Any) -> None:
    if not Errand.objects.filter(pk=errand.pk, status=Errand.FAILED).update(**changes):
        raise NotFailed()
    journal.write(
        verb, ward=errand.ward, by=by, subject="errand", subject_id=errand.pk, facts={"kind": errand.kind}
    )


def deliver_due(couriers: Mapping[str, Courier], *, most: int = 100) -> int:
    """Deliver what is due, each errand claimed first so that two workers never carry one. How many went."""
    delivered = 0
    due = Errand.objects.filter(status=Errand.WAITING, due_at__lte=clock.now()).order_by("due_at")
    for errand in due[:most]:
        pause = FIRST_PAUSE * 2 ** min(errand.attempts, 8)
        claimed = Errand.objects.filter(pk=errand.pk, status=Errand.WAITING, attempts=errand.attempts).update(
            attempts=F("attempts") + 1, due_at=clock.now() + pause
        )
        if claimed:
            delivered += _carry(errand, couriers)
    return delivered


def _carry(errand: Errand, couriers: Mapping[str, Courier]) -> int:
    try:
        couriers[errand.kind](errand.facts)
    except NotBefore as later:
        Errand.objects.filter(pk=errand.pk).update(due_at=later.moment, attempts=errand.attempts)
        return 0
    except Exception as failure:  # the outermost loop of the worker: one bad errand must not stop the rest
        logger.warning("errand %s of kind %s failed: %s", errand.pk, errand.kind, type(failure).__name__)
        last = isinstance(failure, Hopeless) or errand.attempts + 1 >= MOST_ATTEMPTS
        Errand.objects.filter(pk=errand.pk).update(
            last_error=type(failure).__name__,
            status=Errand.FAILED if last else Errand.WAITING,
            ended_at=clock.now() if last else None,
        )
        return 0
    Errand.objects.filter(pk=errand.pk).update(status=Errand.DONE, ended_at=clock.now(), last_error="")
    return 1
