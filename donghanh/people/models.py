"""Persons, their consents, and merges that can be undone."""

from __future__ import annotations

from django.db import models

from donghanh.kernel.models import Record
from donghanh.kernel.privacy import personal
from donghanh.places.models import Ward, Zone
from donghanh.teams.models import Member


class Person(Record):
    """A citizen who is helped. Every field but the ward may stay unknown."""

    privacy = personal(
        "to help a person with the procedures they came for",
        "the ward's identity days after the last case, then erased; figures stay",
        basic="name name_key address_form born_on born_year sex phone zone id_number id_index representative",
        none="id ward merged_into created_at last_helped_at erased_at eid_level",
    )

    SEXES = ("male", "female", "unknown")

    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, related_name="persons")
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120, db_index=True)
    address_form = models.CharField(max_length=12, blank=True)
    born_on = models.DateField(null=True)
    born_year = models.PositiveSmallIntegerField(null=True)
    sex = models.CharField(max_length=8, default="unknown")
    phone = models.CharField(max_length=15, blank=True, db_index=True)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, blank=True)
    id_number = models.TextField(blank=True)  # encrypted; see kernel.crypto
    id_index = models.CharField(max_length=64, blank=True, db_index=True)
    eid_level = models.PositiveSmallIntegerField(null=True)
    representative = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="represents"
    )
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_from")
    created_at = models.DateTimeField()
    last_helped_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sex__in=["male", "female", "unknown"]), name="person_sex_known"
            ),
            models.UniqueConstraint(
                fields=["ward", "id_index"],
                condition=models.Q(merged_into__isnull=True) & ~models.Q(id_index=""),
                name="person_once_per_number",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Consent(Record):
    """A recorded agreement to one purpose; silence is none (Law 91/2025/QH15, art. 9)."""

    privacy = personal(
        "proof of agreement",
        "with the person",
        basic="person witness",
        none="id purpose text_version text_hash method language given_at withdrawn_at",
    )

    METHODS = ("spoken_with_witness", "signed_on_screen", "signed_on_paper", "tap")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=30)
    text_version = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    method = models.CharField(max_length=20)
    language = models.CharField(max_length=2, default="vi")
    witness = models.ForeignKey(Member, on_delete=models.PROTECT)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_once_per_purpose",
            )
        ]


class Merge(Record):
    """Two records found to be one person. What moved is kept, so that it can be undone."""

    privacy = personal(
        "to undo a wrong merge",
        "with the person",
        basic="kept merged before",
        none="id moved by merged_at undone_at",
    )

    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    merged = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(default=dict)  # both records' changed fields, the number still encrypted
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
