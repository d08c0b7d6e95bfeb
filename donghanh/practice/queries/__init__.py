"""Reads of the practice portal: its services, a browser's own dossiers, where one stands, a member's attempts."""

from donghanh.practice.queries.dossiers import (
    Standing,
    moves_of,
    own_dossier,
    own_dossiers,
    something_kept,
    standing_of,
    status_of,
)
from donghanh.practice.queries.services import (
    Service,
    attempts_of,
    card_for,
    fee_of,
    open_attempt,
    service,
    services,
)

__all__ = [
    "Service", "Standing", "attempts_of", "card_for", "fee_of", "moves_of", "open_attempt", "own_dossier",
    "own_dossiers", "service", "services", "something_kept", "standing_of", "status_of",
]  # fmt: skip
