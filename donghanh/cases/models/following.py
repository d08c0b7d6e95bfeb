"""Where a submission stands on its portal, and whom to tell."""

from __future__ import annotations

from django.db import models

from donghanh.cases.models.answering import CaseConsent
from donghanh.cases.models.helping import Case
from donghanh.kernel.models import Record
from donghanh.kernel.privacy import personal
from donghanh.teams.models import Member

# The ten shared with the National Portal, in its order.
STATUSES = (
    "registered", "received", "refused", "processing", "supplement_requested", "payment_requested",
    "withdrawal_requested", "stopped", "processed", "delivered",
)  # fmt: skip
FIRST = STATUSES[0]


class Dossier(Record):
    """The submission on a portal: (portal, code) as opaque text."""

    privacy = personal(
        "to follow a submission up",
        "with the person",
        basic="code",
        none="id case portal warning submitted_at due_on status",
    )

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="dossiers")
    portal = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    warning = models.CharField(max_length=40, blank=True)
    submitted_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    status = models.CharField(max_length=24, default="registered")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "portal", "code"], name="dossier_once_per_case"),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=[
                        "registered",
                        "received",
                        "refused",
                        "processing",
                        "supplement_requested",
                        "payment_requested",
                        "withdrawal_requested",
                        "stopped",
                        "processed",
                        "delivered",
                    ]
                ),
                name="dossier_status_known",
            ),
        ]


class DossierStatus(Record):
    """One status of a dossier as somebody learnt it. Rows are only added."""

    privacy = personal(
        "to follow a submission up",
        "the member two years; the status stays",
        basic="by",
        none="id dossier status source due_on at",
    )

    SOURCES = ("member", "portal")

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=24)
    source = models.CharField(max_length=8)
    due_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["dossier", "at"], name="status_by_dossier")]


class Contact(Record):
    """Where a person wants to be told that a result is there, with the consent it rests on."""

    privacy = personal(
        "to tell a person that the result is there",
        "until taken back, else with the case's answers",
        basic="address added_by",
        none="id case kind language consent added_at ended_at",
    )

    KINDS = ("email", "web_push", "webhook", "sms", "zalo")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=8)
    address = models.TextField(blank=True)  # encrypted, column "contact.address"
    language = models.CharField(max_length=2, default="vi")
    consent = models.ForeignKey(CaseConsent, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["email", "web_push", "webhook", "sms", "zalo"]),
                name="contact_kind_known",
            )
        ]
