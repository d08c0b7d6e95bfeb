"""The raw database's own rate: one-row inserts, each committed with the server's durability.

`python -m benchmarks.commits SECONDS`, in the server's environment, prints commits a second.
"""

from __future__ import annotations

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
django.setup()

from django.db import connection  # noqa: E402


def commit_rate(seconds: float) -> float:
    """Commits a second on one connection, through the driver alone."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS raw_commits (id integer, text varchar(200))")
        raw = cursor.cursor
        mark = "?" if connection.vendor == "sqlite" else "%s"
        if connection.vendor == "sqlite":
            connection.connection.isolation_level = None
        count, began = 0, time.perf_counter()
        while time.perf_counter() - began < seconds:
            _insert(raw, mark, count)
            count += 1
        rate = count / (time.perf_counter() - began)
        cursor.execute("DROP TABLE raw_commits")
    return rate


def _insert(raw: object, mark: str, count: int) -> None:
    # Django's connections are in autocommit: each statement is a transaction of its own.
    raw.execute(f"INSERT INTO raw_commits VALUES ({mark}, {mark})", (count, "x" * 100))  # type: ignore[attr-defined]


if __name__ == "__main__":
    print(commit_rate(float(sys.argv[1])))
