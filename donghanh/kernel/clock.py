"""What time it is. One place, so that a demo day and a test can be lived at another hour."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_pretended: ContextVar[datetime | None] = ContextVar("pretended_moment", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _pretended.get() or timezone.now()


def today() -> date:
    """The day on the ward's own calendar (the day turns at its midnight, not at Greenwich's)."""
    return timezone.localtime(now()).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside the block it is `moment`."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)
