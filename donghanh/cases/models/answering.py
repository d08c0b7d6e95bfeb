"""What was answered in a case, on which consent, and how it came from a phone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from donghanh.cases.models.helping import Case
from donghanh.catalog.models import Edition
from donghanh.kernel.models import Record
from donghanh.kernel.privacy import personal
from donghanh.teams.models import Member

STATES = ("given", "empty", "dont_know", "not_applicable", "absent")
SOURCES = ("typed", "scanned", "prefilled", "spoken", "taken_over", "undone")
HANDS = ("citizen", "member")
WORDS = ("own", "relative", "interpreter", "written")


class Answer(models.Model):
    """One event of the answer journal: rows are only added, the last one of a question holds.

    The id is made where the answer is made, so that sending again is harmless. What was said is
    encrypted; erasing blanks it and leaves that something was answered, when and how.
    """

    privacy = personal(
        "to fill in the declaration of one procedure, with the person's consent",
        "blanked with the person, at the ward's identity days without one, or when consent is taken back;"
        " the member two years",
        basic="by device",
        sensitive="value raw reason",
        none="id case question state source origin hand words at kept_at edition_hash seq confirmed undoes",
    )

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=60)
    state = models.CharField(max_length=16)
    value = models.TextField(blank=True)  # encrypted JSON, column "answer.value"
    raw = models.TextField(blank=True)  # encrypted, as it was typed, column "answer.raw"
    reason = models.TextField(blank=True)  # encrypted, why a warning was passed, column "answer.reason"
    source = models.CharField(max_length=12)
    origin = models.CharField(max_length=8, blank=True)  # of a prefilled one: card, record, earlier, other
    hand = models.CharField(max_length=8)
    words = models.CharField(max_length=12)
    device = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    kept_at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    edition_hash = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    confirmed = models.BooleanField(default=True)
    undoes = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="answer_one_per_seq"),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="answer_state_known"),
            models.CheckConstraint(
                condition=Q(source__in=list(SOURCES), hand__in=list(HANDS), words__in=list(WORDS)),
                name="answer_source_known",
            ),
        ]


class Rebase(Record):
    """A case moved to another edition on request. The answers stay as they are; undone, it goes back."""

    privacy = personal(
        "to know on which edition a case was helped",
        "the member two years; that it was moved stays",
        basic="by why",
        none="id case from_edition to_edition at undone_at",
    )

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rebases")
    from_edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    to_edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)


class CaseConsent(Record):
    """An agreement to one purpose within one case; it ends with the case (Law 91/2025/QH15, art. 9)."""

    privacy = personal(
        "proof of agreement",
        "the signature with the case's answers, the member two years; that it was agreed stays",
        basic="witness signature",
        none="id case purpose text_version text_hash method language given_at withdrawn_at",
    )

    METHODS = ("spoken_with_witness", "signed_on_screen", "signed_on_paper", "tap")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=30)
    text_version = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    method = models.CharField(max_length=20)
    language = models.CharField(max_length=2, default="vi")
    signature = models.TextField(blank=True)  # encrypted SVG path, column "consent.signature"
    witness = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="case_consent_once_per_purpose",
            )
        ]


class Authorisation(Record):
    """A relative who acts for the person in this case, and the paper that says so."""

    privacy = personal(
        "to know who may speak for a person in one case",
        "with the case's answers; the member two years",
        basic="name note seen_by",
        none="id case relation paper seen_at ended_at",
    )

    RELATIONS = ("spouse", "parent", "child", "sibling", "guardian", "relative", "other")
    PAPERS = (
        "authorisation_letter", "certified_authorisation", "guardianship", "birth_certificate",
        "household_record", "marriage_certificate", "other",
    )  # fmt: skip

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="authorisations")
    name = models.TextField(blank=True)  # encrypted, column "authorisation.name"
    relation = models.CharField(max_length=12)
    paper = models.CharField(max_length=24)
    note = models.CharField(max_length=200, blank=True)
    seen_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class HandOver(models.Model):
    """What a phone hands to a desk: closed on the phone, opened at the desk, never readable here."""

    privacy = personal(
        "to carry answers from a person's phone to the desk",
        "24 hours, or until taken",
        basic="body taken_by",
        none="id kind expires_at taken_at",
    )

    id = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=12)
    body = models.TextField(blank=True)
    expires_at = models.DateTimeField(db_index=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
