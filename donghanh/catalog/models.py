"""Procedures and their editions. What an edition says is one immutable document."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from donghanh.kernel.models import Record
from donghanh.kernel.privacy import impersonal, personal


class Procedure(Record):
    """An administrative procedure, or a service without a national code."""

    privacy = impersonal()

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10)
    sector = models.CharField(max_length=40, db_index=True)
    name_vi = models.CharField(max_length=400)
    name_en = models.CharField(max_length=400)
    name_fr = models.CharField(max_length=400)
    name_key = models.CharField(max_length=1200)
    pictogram = models.CharField(max_length=20)
    needs_skill = models.CharField(max_length=40, blank=True)
    usual_minutes = models.PositiveSmallIntegerField(default=12)
    current = models.ForeignKey("Edition", on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.code} {self.name_vi}"

    def name_in(self, language: str) -> str:
        """The name in a language of the product."""
        return str({"en": self.name_en, "fr": self.name_fr}.get(language, self.name_vi))


class Edition(Record):
    """A published version: a trigger on both databases refuses to change or delete it."""

    privacy = impersonal()

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    content_json = models.TextField()
    hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=36, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="edition_number_once"),
            models.UniqueConstraint(fields=["procedure", "hash"], name="edition_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure.code} #{self.number}"

    @property
    def content(self) -> dict[str, Any]:
        """The edition's document as plain JSON; `catalog.rules` reads it into types."""
        return dict(json.loads(self.content_json))


class Recording(Record):
    """A text of an edition, spoken by a member in any language. In the database, so that a backup holds it."""

    privacy = personal(
        "a member's voice that reads the guide to people who do not read",
        "until it is retired; then the sound is taken out",
        basic="body made_by",
        none="id text_hash key tag label kind made_at retired_at",
    )

    text_hash = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    tag = models.CharField(max_length=16)
    label = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    body = models.BinaryField()
    made_by = models.CharField(max_length=36)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["text_hash", "key", "tag"],
                condition=models.Q(retired_at__isnull=True),
                name="recording_one_per_text_and_language",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.tag})"
