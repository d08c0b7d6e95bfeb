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
from donghanh.catalog.models import Edition, Procedure  # isort: skip
from donghanh.teams.models import Assignment, Device, Member, Organisation, Shift  # isort: skip
from donghanh.people.models import Consent, Merge, Person  # isort: skip
from donghanh.queue.models import NumberRow, Offer, Period, QueueSetting, Series, Ticket  # isort: skip
from donghanh.cases.models import Case, CaseNote, Dossier, Referral, StepTick  # isort: skip

__all__ = [
    "Area", "Assignment", "Case", "CaseNote", "Closure", "Consent", "Conversion", "Counter", "DayOverride",
    "Device", "Dossier", "Edition", "Errand", "JournalEntry", "JournalHead", "KeptAnswer", "Member", "Merge",
    "NumberRow", "Offer", "OpeningHours", "Organisation", "Period", "Person", "PersonalFact", "Point",
    "Procedure", "QueueSetting", "Referral", "Series", "Shift", "StepTick", "Ticket", "Ward", "Zone",
]  # fmt: skip
