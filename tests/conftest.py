"""One suite, two databases: SQLite, or PostgreSQL with DONGHANH_TEST_DATABASE=postgresql."""

from __future__ import annotations

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test may use the database, except those marked `pure` or `browser`."""
    for item in items:
        if not any(item.get_closest_marker(name) for name in ("pure", "browser", "django_db")):
            item.add_marker(pytest.mark.django_db)
