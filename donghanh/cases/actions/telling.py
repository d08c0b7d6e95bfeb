"""Told without a name: a browser of the citizen's own, by a tap; and what to do about a message that did not arrive."""

from __future__ import annotations

from donghanh.cases.actions.consents import read_words, refuse_minor
from donghanh.cases.actions.following import TELLING, contact_at, contact_gone, fit_address, keep_contact
from donghanh.cases.actions.helping import write
from donghanh.cases.models import Case, CaseConsent, Contact, Dossier
from donghanh.cases.rules.consents import VERSION
from donghanh.cases.rules.portals import ENDED
from donghanh.kernel import clock, outbox
from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.models import Errand
from donghanh.teams.models import Member
from donghanh.teams.rules import require

PUSH = "web_push"
# A family's phones. The address of a ticket may be passed on, and whoever holds it may ask to be told.
MOST_PHONES = 5


class NothingToTell(Refusal):
    """No dossier of this case is still open."""

    message = "There is nothing more to wait for here."


class PhonesFull(Refusal):
    """As many phones are told as one case may have."""

    message = "As many phones as possible are told already. Please end it on another one first."


@action
def tell_me(case: Case, *, subscription: str, text_hash: str, by: Actor, language: str = "vi") -> Contact:
    """Whoever holds the secret of a ticket or of a record agrees by a tap to be told on this browser.

    An agreement that was given already holds on; the same browser again is the same row. Refuses with
    NothingToTell, WrongAddress, OtherText, RepresentativeNeeded, PhonesFull.
    """
    if not Dossier.objects.filter(case=case).exclude(status__in=ENDED).exists():
        raise NothingToTell()
    spoken = read_words(TELLING, language, text_hash)
    address = fit_address(PUSH, subscription)
    refuse_minor(case)
    if known := contact_at(case, PUSH, address):
        return known
    if Contact.objects.filter(case=case, kind=PUSH, ended_at__isnull=True).count() >= MOST_PHONES:
        raise PhonesFull()
    return keep_contact(_tapped(case, spoken, text_hash, by), PUSH, address, language=spoken, by=by)


@action
def tell_me_no_more(case: Case, *, subscription: str, by: Actor) -> None:
    """This browser is told no longer; twice is once. With the last contact an agreement by tap ends too.

    Refuses with WrongAddress.
    """
    found = contact_at(case, PUSH, fit_address(PUSH, subscription))
    if found is None:
        return
    contact_gone(found, by=by)
    resting = Contact.objects.filter(consent=found.consent, ended_at__isnull=True)
    if found.consent.method == "tap" and found.consent.witness_id is None and not resting.exists():
        CaseConsent.objects.filter(pk=found.consent_id, withdrawn_at__isnull=True).update(
            withdrawn_at=clock.now()
        )
        write(case, "case.withdraw", by, {"purpose": TELLING})


@action
def tell_again(message: Errand, *, by: Member) -> None:
    """Send a message that did not arrive once more. Refuses with NotFailed, NotAllowed."""
    require(by.role, "help_case")
    outbox.try_again(message, by=by)


@action
def told_otherwise(message: Errand, *, by: Member) -> None:
    """The person knows by now: the message is not sent any more. Refuses with NotFailed, NotAllowed."""
    require(by.role, "help_case")
    outbox.settle(message, by=by)


def _tapped(case: Case, language: str, text_hash: str, by: Actor) -> CaseConsent:
    consent, is_new = CaseConsent.objects.get_or_create(
        case=case,
        purpose=TELLING,
        withdrawn_at=None,
        defaults={
            "text_version": VERSION,
            "text_hash": text_hash,
            "method": "tap",
            "language": language,
            "given_at": clock.now(),
        },
    )
    if is_new:
        write(case, "case.consent", by, {"purpose": TELLING, "version": VERSION, "method": "tap"})
    return consent
