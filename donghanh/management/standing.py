"""Only one server, or one restore, at a time on a data folder."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from donghanh.kernel.errors import Refusal


class ServerRuns(Refusal):
    """Another process of ours holds the data folder."""

    message = "A server is running on this data folder. Stop it first. Nothing was changed."


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the data folder's lock; it falls with the process, however that ends.

    Refuses with ServerRuns.
    """
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with (settings.DATA / "server.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            raise ServerRuns() from held
        yield
