"""One suite, two databases: SQLite, or PostgreSQL with DONGHANH_TEST_DATABASE=postgresql.

At any hour: DONGHANH_TEST_HOUR=00:05 runs it as if the ward's clock stood there, for around midnight
"ten minutes ago" is yesterday.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, time

import pytest
from django.utils import timezone

from donghanh.kernel import clock

HOUR = os.environ.get("DONGHANH_TEST_HOUR", "")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test may use the database, except those marked `pure` or `browser`."""
    for item in items:
        if not any(item.get_closest_marker(name) for name in ("pure", "browser", "django_db")):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(autouse=True)
def _at_the_hour_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Move the clock of this process, which goes on from there; servers of their own keep the real one."""
    if not HOUR:
        return
    asked, real = time.fromisoformat(HOUR), timezone.now
    here = timezone.localtime()
    moved = here.replace(hour=asked.hour, minute=asked.minute, second=0, microsecond=0) - here
    monkeypatch.setattr(timezone, "now", lambda: real() + moved)


@pytest.fixture
def midday() -> Iterator[None]:
    """Today at eleven, standing still: for tests in which "half an hour ago" must be of the same day."""
    with clock.at(timezone.localtime().replace(hour=11, minute=0, second=0, microsecond=0).astimezone(UTC)):
        yield
