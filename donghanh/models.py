"""Contents page: every table, ground floor first."""

from donghanh.kernel.models import Errand, JournalEntry, JournalHead, KeptAnswer, PersonalFact
from donghanh.places.models import (
    Area,
    Closure,
    Conversion,
    Counter,
    DayOverride,
    OpeningHours,
    Point,
    Ward,
    Zone,
)
from donghanh.catalog.models import Edition, Procedure, Recording  # isort: skip
from donghanh.practice.models import Attempt, PracticeDossier, PracticeMove  # isort: skip
from donghanh.teams.models import Assignment, Device, Member, Organisation, Shift  # isort: skip
from donghanh.people.models import Consent, Merge, Person  # isort: skip
from donghanh.queue.models import NumberRow, Offer, Period, QueueSetting, Series, Ticket  # isort: skip
from donghanh.cases.models import (  # isort: skip
    Answer,
    Authorisation,
    Case,
    CaseConsent,
    CaseNote,
    Contact,
    Dossier,
    DossierStatus,
    HandOver,
    PaperTick,
    Rebase,
    Referral,
    StepTick,
)

__all__ = [
    "Answer", "Area", "Assignment", "Attempt", "Authorisation", "Case", "CaseConsent", "CaseNote",
    "Closure", "Consent", "Contact", "Conversion", "Counter", "DayOverride", "Device", "Dossier",
    "DossierStatus", "Edition", "Errand", "HandOver", "JournalEntry", "JournalHead", "KeptAnswer", "Member",
    "Merge", "NumberRow", "Offer", "OpeningHours", "Organisation", "PaperTick", "Period", "Person",
    "PersonalFact", "Point", "PracticeDossier", "PracticeMove", "Procedure", "QueueSetting", "Rebase", "Recording",
    "Referral", "Series", "Shift", "StepTick", "Ticket", "Ward", "Zone",
]  # fmt: skip
