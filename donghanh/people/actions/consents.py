"""Consent, purpose by purpose: in which words it was given, to whom, and its withdrawal."""

from __future__ import annotations

from donghanh.kernel import clock
from donghanh.kernel.errors import Invalid, NotFound, Refusal
from donghanh.kernel.journal import action
from donghanh.people.actions.records import refuse_ended, refuse_foreign, write
from donghanh.people.models import Consent, Person
from donghanh.people.rules import CONSENT_TEXTS, CONSENT_VERSION, consent_hash, is_minor
from donghanh.teams.models import Member
from donghanh.teams.rules import require


class RepresentativeNeeded(Refusal):
    """A minor does not agree alone."""

    message = "For someone under 16 a parent or guardian agrees. Write the representative down first."


@action
def give_consent(
    person: Person, purpose: str, *, by: Member, method: str = "spoken_with_witness", language: str = "vi"
) -> Consent:
    """Write an agreement to one purpose down; the same agreement again is the same row.

    Refuses with Invalid, RepresentativeNeeded, RecordEnded, NotAllowed.
    """
    require(by.role, "edit_person")
    refuse_foreign(by, person)
    refuse_ended(person)
    if purpose not in CONSENT_TEXTS:
        raise Invalid(field="purpose", problem=", ".join(CONSENT_TEXTS))
    if method not in Consent.METHODS:
        raise Invalid(field="method", problem=", ".join(Consent.METHODS))
    if is_minor(person.born_on or person.born_year, clock.today()) and person.representative_id is None:
        raise RepresentativeNeeded()
    spoken = language if language in CONSENT_TEXTS[purpose] else "vi"
    consent, is_new = Consent.objects.get_or_create(
        person=person,
        purpose=purpose,
        withdrawn_at=None,
        defaults={
            "text_version": CONSENT_VERSION,
            "text_hash": consent_hash(purpose, spoken),
            "method": method,
            "language": spoken,
            "witness": by,
            "given_at": clock.now(),
        },
    )
    if is_new:
        write(
            "person.consent", person, by, {"purpose": purpose, "version": CONSENT_VERSION, "method": method}
        )
    return consent


@action
def withdraw_consent(person: Person, purpose: str, *, by: Member) -> Consent:
    """Take an agreement back; what was done before stays lawful. Refuses with NotFound if there is none."""
    require(by.role, "edit_person")
    refuse_foreign(by, person)
    consent = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at__isnull=True).first()
    moment = clock.now()
    if consent is None or not Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=moment
    ):
        raise NotFound()
    consent.withdrawn_at = moment
    write("person.withdraw", person, by, {"purpose": purpose})
    return consent
