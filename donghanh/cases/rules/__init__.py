"""Pure decisions of the room: outcomes, codes, events of the answer journal, prefill, consent, portals."""

from donghanh.cases.rules.outcomes import (
    CaseFinished,
    NeverKept,
    NotForVolunteers,
    UnknownPaper,
    UnknownStep,
    check_account,
    refuse_secrets,
)

__all__ = [
    "CaseFinished", "NeverKept", "NotForVolunteers", "UnknownPaper", "UnknownStep",
    "check_account", "refuse_secrets",
]  # fmt: skip
