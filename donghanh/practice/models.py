"""Practice: dossiers of invented people, their moves, and attempts at lessons."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from donghanh.catalog.models import Edition
from donghanh.kernel.models import Record
from donghanh.kernel.privacy import impersonal, personal

DRAFT = "draft"
STATUSES = (
    "registered", "received", "refused", "processing", "supplement_requested", "payment_requested",
    "withdrawal_requested", "stopped", "processed", "delivered",
)  # fmt: skip


class PracticeDossier(Record):
    """A pretended submission of an invented person; gone a day after it was begun.

    `owner` is a random word of the browser's session. `code` is empty while it is a draft.
    """

    privacy = impersonal()

    owner = models.CharField(max_length=40, db_index=True)
    account = models.CharField(max_length=40)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict)
    file_name = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=60, null=True, unique=True)
    status = models.CharField(max_length=24, default=DRAFT)
    story = models.CharField(max_length=12, blank=True)
    fee = models.PositiveIntegerField(null=True)
    paid_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(db_index=True)
    submitted_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", *STATUSES]), name="practice_dossier_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="draft", code__isnull=True) | (~Q(status="draft") & Q(code__isnull=False)),
                name="practice_dossier_code_when_submitted",
            ),
        ]


class PracticeMove(models.Model):
    """A status a practice dossier came to, and when."""

    privacy = impersonal()

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey(PracticeDossier, on_delete=models.CASCADE, related_name="moves")
    status = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "status", "at"], name="practice_move_once")]


class Attempt(Record):
    """One try of a member at a lesson: begun, and handed in with so many mistakes."""

    privacy = personal(
        "training: who can help with what",
        "two years",
        basic="member_id",
        none="id lesson edition begun_at ended_at seconds mistakes passed wrong_fields",
    )

    # Practice lies below teams: a member is known here by id alone.
    member_id = models.CharField(max_length=36, db_index=True)
    lesson = models.CharField(max_length=40)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    mistakes = models.PositiveSmallIntegerField(default=0)
    wrong_fields = models.JSONField(default=list)
    passed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, passed__isnull=True)
                | Q(ended_at__isnull=False, passed__isnull=False),
                name="attempt_result_when_ended",
            )
        ]
