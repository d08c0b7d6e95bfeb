"""The tables under everything: the journal, its heads, what may be erased from it, and errands."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.db import models

from donghanh.kernel.ids import new_id
from donghanh.kernel.privacy import Privacy, impersonal, personal


class Record(models.Model):
    """A row with an id of its own, born with it."""

    privacy: ClassVar[Privacy]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class JournalHead(models.Model):
    """The last link of a ward's chain; locked for the last statements of a transaction."""

    privacy = impersonal()

    ward = models.CharField(max_length=5, primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class JournalEntry(models.Model):
    """One thing that happened. Never changed, never deleted: triggers on both databases say so."""

    privacy = personal(
        "audit of every act and use (Law 91/2025/QH15, art. 19)",
        "kept; it holds ids only, personal facts lie in PersonalFact and are erasable",
        basic="by_id",
        none="id ward seq at verb subject subject_id point_id by_kind facts_json personal_ref previous hash",
    )

    id = models.BigAutoField(primary_key=True)
    ward = models.CharField(max_length=5)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=20, blank=True)
    subject_id = models.CharField(max_length=36, blank=True)
    point_id = models.UUIDField(null=True)
    by_kind = models.CharField(max_length=12)
    by_id = models.CharField(max_length=36, blank=True)
    facts_json = models.TextField(default="{}")
    personal_ref = models.UUIDField(null=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ward", "seq"], name="journal_one_entry_per_link")]
        indexes = [
            models.Index(fields=["point_id", "seq"], name="journal_by_point"),
            models.Index(fields=["subject_id"], name="journal_by_subject"),
        ]

    @property
    def facts(self) -> dict[str, Any]:
        """The entry's facts; never a name, a number of a person or free text."""
        return dict(json.loads(self.facts_json))


class PersonalFact(models.Model):
    """What an entry says about a person, beside the chain so that it can be erased from it."""

    privacy = personal(
        "history of changes to a person's record",
        "erased with the person, else after the ward's identity days",
        basic="body person_id",
        none="ref erased_at",
    )

    ref = models.UUIDField(primary_key=True, default=new_id)
    person_id = models.UUIDField(null=True, db_index=True)
    body = models.JSONField(null=True)
    erased_at = models.DateTimeField(null=True)


class Errand(Record):
    """A side effect posted in the same transaction as its cause, delivered by `donghanh work`."""

    privacy = impersonal()

    WAITING, DONE, FAILED = "waiting", "done", "failed"

    kind = models.CharField(max_length=40)
    ward = models.CharField(max_length=5, blank=True)
    key = models.CharField(max_length=120, unique=True)
    facts = models.JSONField(default=dict)
    status = models.CharField(max_length=8, default=WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    posted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["waiting", "done", "failed"]), name="errand_status_known"
            )
        ]
        indexes = [models.Index(fields=["status", "due_at"], name="errand_due")]


class KeptAnswer(Record):
    """The answer once given to an idempotency key, so that a retry gets it again and acts once."""

    privacy = personal(
        "answers to retried requests", "24 hours", basic="asker body", none="id key fingerprint status at"
    )

    asker = models.CharField(max_length=36)
    key = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asker", "key"], name="answer_once_per_key")]
