"""Writers beside a server: `python -m tests.writers WARD POINT OTHER_POINT WRITERS ENTRIES`.

Each writer is a thread with its own connection; each entry is a transaction of its own, every
third one rolled back, every fourth of another point of the same ward.
"""

from __future__ import annotations

import os
import sys
import threading
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
django.setup()

from django.db import connection  # noqa: E402

from donghanh.kernel import journal  # noqa: E402
from donghanh.kernel.errors import Refusal  # noqa: E402
from donghanh.kernel.journal import House, action  # noqa: E402


@action
def happen(ward: str, point: UUID, writer: int, number: int, *, fails: bool) -> None:
    """One entry, kept or rolled back."""
    journal.write(
        "ticket.call",
        ward=ward,
        by=House(),
        subject="ticket",
        subject_id=f"{writer}-{number}",
        point_id=point,
    )
    if fails:
        raise Refusal("rolled back")


def write_many(ward: str, points: list[UUID], writer: int, entries: int) -> None:
    """One writer's entries."""
    for number in range(entries):
        point = points[1] if number % 4 == 3 else points[0]
        try:
            happen(ward, point, writer, number, fails=number % 3 == 2)
        except Refusal:
            continue
    connection.close()


if __name__ == "__main__":
    ward, *points = sys.argv[1:4]
    writers, entries = int(sys.argv[4]), int(sys.argv[5])
    threads = [
        threading.Thread(target=write_many, args=(ward, [UUID(one) for one in points], writer, entries))
        for writer in range(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
