"""The portals this house can ask: only the practice portal answers by itself."""

from __future__ import annotations

from collections.abc import Mapping

from donghanh.cases.rules.portals import Portal, PortalStatus
from donghanh.practice.queries import status_of as practice_status


class Manual:
    """A portal nobody can ask: a member looks there and writes down what it says."""

    def status_of(self, code: str) -> PortalStatus | None:
        """Nothing: what is known stands in the dossier already."""
        return None


class Practice:
    """The practice portal of this installation."""

    def status_of(self, code: str) -> PortalStatus | None:
        """Where the practice dossier stands; None once it is forgotten."""
        standing = practice_status(code)
        return PortalStatus(standing.status, standing.due_on) if standing else None


# Those that answer by themselves; every other portal is followed by hand.
PORTALS: Mapping[str, Portal] = {"practice": Practice()}


def portal_of(name: str) -> Portal:
    """The portal of that name; one that cannot be asked is followed by hand."""
    return PORTALS.get(name, Manual())
