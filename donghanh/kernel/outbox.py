"""Errands: side effects posted with their cause and delivered later, each by its key once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from donghanh.kernel import clock
from donghanh.kernel.models import Errand

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=30)

Courier = Callable[[dict[str, Any]], None]


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
    except Exception as failure:  # the outermost loop of the worker: one bad errand must not stop the rest
        logger.warning("errand %s of kind %s failed: %s", errand.pk, errand.kind, type(failure).__name__)
        last = errand.attempts + 1 >= MOST_ATTEMPTS
        Errand.objects.filter(pk=errand.pk).update(
            last_error=type(failure).__name__,
            status=Errand.FAILED if last else Errand.WAITING,
            ended_at=clock.now() if last else None,
        )
        return 0
    Errand.objects.filter(pk=errand.pk).update(status=Errand.DONE, ended_at=clock.now(), last_error="")
    return 1
