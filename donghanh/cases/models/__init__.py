"""The tables of the room, by what they serve."""

from donghanh.cases.models.answering import (
    Answer,
    Authorisation,
    CaseConsent,
    HandOver,
    Rebase,
)
from donghanh.cases.models.following import Contact, Dossier, DossierStatus
from donghanh.cases.models.helping import (
    ACCOUNTS,
    AUTONOMIES,
    DEVICES,
    OUTCOMES,
    Case,
    CaseNote,
    PaperTick,
    Referral,
    StepTick,
)

__all__ = [
    "ACCOUNTS", "AUTONOMIES", "DEVICES", "OUTCOMES", "Answer", "Authorisation", "Case", "CaseConsent", "CaseNote",
    "Contact", "Dossier", "DossierStatus", "HandOver", "PaperTick", "Rebase", "Referral", "StepTick",
]  # fmt: skip
