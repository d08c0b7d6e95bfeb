"""Verbs of the practice portal. Nothing here enters the journal: it all is pretended, and gone in a day."""

from donghanh.practice.actions.dossiers import (
    PRETEND_FILES,
    AlreadySubmitted,
    PaperMissing,
    attach,
    begin,
    settle_fee,
    submit,
)
from donghanh.practice.actions.lessons import begin_lesson, end_lesson, note_mistakes
from donghanh.practice.actions.moves import act, advance_due, forget_old, let_time_pass

__all__ = [
    "PRETEND_FILES", "AlreadySubmitted", "PaperMissing", "act", "advance_due", "attach", "begin", "begin_lesson", "end_lesson", "forget_old", "let_time_pass",
    "note_mistakes", "settle_fee", "submit",
]  # fmt: skip
