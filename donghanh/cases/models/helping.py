"""A case, its ticked steps and papers, notes and referrals."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from donghanh.catalog.models import Edition, Procedure
from donghanh.kernel.models import Record
from donghanh.kernel.privacy import personal
from donghanh.people.models import Person
from donghanh.places.models import Counter, Point, Ward, Zone
from donghanh.queue.models import Ticket
from donghanh.teams.models import Member, Organisation

OUTCOMES = (
    "submitted", "done", "guided_to_submit_alone", "informed_only", "referred",
    "papers_missing", "gave_up", "portal_down", "not_possible", "closed_by_system",
)  # fmt: skip
AUTONOMIES = ("alone", "together", "done_beside")
DEVICES = ("own_phone", "relatives_phone", "centre_computer", "none")
ACCOUNTS = ("citizens", "relatives", "officers_on_behalf", "none")


class Case(Record):
    """One person × one procedure. Anonymous help has no person and is the default for advice."""

    privacy = personal(
        "to help with a procedure and to report what was done",
        "the link to the person ends with the person's retention; figures stay",
        basic="person opened_by account_ground age_band sex",
        none="id code ward point ticket procedure edition counter opened_at finished_at outcome autonomy device account"
        " account_consent zone first_time missing_papers due_on seconds accurate",
    )

    # Said aloud and typed to go on elsewhere, together with a member's sign-in; see rules.codes.
    code = models.CharField(max_length=8, blank=True, default="")
    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, related_name="cases")
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="cases")
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, null=True, related_name="cases")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="cases")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="cases")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="cases")
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, null=True, related_name="+")
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=24, blank=True)
    autonomy = models.CharField(max_length=12, blank=True)
    device = models.CharField(max_length=16, blank=True)
    account = models.CharField(max_length=20, blank=True)
    account_ground = models.CharField(max_length=200, blank=True)
    account_consent = models.BooleanField(default=False)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, blank=True)
    # Copied at finish so that the figures outlive the person's record; unknown stays unknown.
    age_band = models.CharField(max_length=8, default="unknown")
    sex = models.CharField(max_length=8, default="unknown")
    first_time = models.BooleanField(null=True)
    missing_papers = models.JSONField(default=list)
    due_on = models.DateField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    accurate = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, outcome="")
                | (Q(finished_at__isnull=False) & ~Q(outcome="")),
                name="case_outcome_when_finished",
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome__in=[
                        "",
                        "submitted",
                        "done",
                        "guided_to_submit_alone",
                        "informed_only",
                        "referred",
                        "papers_missing",
                        "gave_up",
                        "portal_down",
                        "not_possible",
                        "closed_by_system",
                    ]
                ),
                name="case_outcome_known",
            ),
            models.CheckConstraint(
                condition=~Q(account="officers_on_behalf")
                | (~Q(account_ground="") & Q(account_consent=True)),
                name="case_on_behalf_has_ground_and_consent",
            ),
            models.UniqueConstraint(
                fields=["ward", "code"],
                condition=Q(finished_at__isnull=True) & ~Q(code=""),
                name="case_code_once_while_open",
            ),
        ]
        indexes = [
            models.Index(fields=["point", "opened_at"], name="case_by_point_and_time"),
            models.Index(fields=["point"], condition=Q(finished_at__isnull=True), name="case_open_at_point"),
        ]


class StepTick(models.Model):
    """A step of the edition done in a case: by whom and when. A step is ticked once."""

    privacy = personal(
        "who did what",
        "the member two years; that the step was done, and when, stays",
        basic="done_by",
        none="id case step done_at",
    )

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ticks")
    step = models.CharField(max_length=40)
    done_at = models.DateTimeField()
    done_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "step"], name="step_once_per_case")]


class PaperTick(models.Model):
    """A paper of the edition that was seen in a case, by whom and when. A paper is ticked once."""

    privacy = personal(
        "which papers were there",
        "the member two years; that the paper was there, and when, stays",
        basic="done_by",
        none="id case paper done_at",
    )

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="paper_ticks")
    paper = models.CharField(max_length=60)
    done_at = models.DateTimeField()
    done_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "paper"], name="paper_once_per_case")]


class CaseNote(Record):
    """A remark of a member; may name things about a person, so it is erased with them."""

    privacy = personal("to go on with a case", "with the person", basic="text by", none="id case at")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    text = models.CharField(max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")


class Referral(Record):
    """A case handed to another organisation, with a day to be back by and its return."""

    privacy = personal(
        "to follow a referral up",
        "with the person",
        basic="reason result by",
        none="id case organisation due_on sent_at returned_at",
    )

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="referrals")
    reason = models.CharField(max_length=200, blank=True)
    due_on = models.DateField()
    sent_at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(returned_at__gte=F("sent_at")),
                name="referral_forward",
            )
        ]
