"""What a portal may be asked, and which news of a dossier are worth a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from donghanh.kernel.errors import Refusal

# The citizen must do something, or may fetch what they came for.
NEWS = frozenset({"supplement_requested", "payment_requested", "processed", "delivered", "refused"})
# Nothing more is expected from the portal.
ENDED = frozenset({"refused", "stopped", "delivered"})


class UnknownStatus(Refusal):
    """There are ten statuses; this is none of them."""

    message = "“{status}” is none of the ten statuses of a dossier."
    status = 422


@dataclass(frozen=True, slots=True)
class PortalStatus:
    """Where a dossier stands as its portal says."""

    status: str
    due_on: date | None = None


class Portal(Protocol):
    """A portal that holds dossiers. It is only ever asked: nothing is sent to it from here."""

    def status_of(self, code: str) -> PortalStatus | None:
        """Where the dossier of this code stands; None when the portal does not say."""
        ...
