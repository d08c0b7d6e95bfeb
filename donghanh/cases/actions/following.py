"""Follow a submission up: its status as somebody learnt it, and a message to whoever wants to be told."""

from __future__ import annotations

import json
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db.models import QuerySet

from donghanh.cases.actions.helping import write
from donghanh.cases.models import Case, CaseConsent, Contact, Dossier, DossierStatus
from donghanh.cases.models.following import FIRST, STATUSES
from donghanh.cases.queries.following import to_be_asked
from donghanh.cases.queries.portals import portal_of
from donghanh.cases.rules.consents import ConsentNeeded
from donghanh.cases.rules.portals import ENDED, NEWS, UnknownStatus
from donghanh.catalog.rules.content import LANGUAGES
from donghanh.kernel import clock, outbox
from donghanh.kernel.errors import Invalid, NotFound, Refusal
from donghanh.kernel.journal import Actor, House, action
from donghanh.kernel.keys import ring
from donghanh.kernel.text import nfc
from donghanh.people.rules import normal_phone
from donghanh.places.models import Ward
from donghanh.teams.models import Member
from donghanh.teams.rules import require

ADDRESS = "contact.address"
TELLING = "tell_result"
LONGEST_ADDRESS = 2000
# A status set with a button can be undone: the news wait until the hand has had time for it.
SECOND_THOUGHTS = timedelta(minutes=1)


class WrongAddress(Invalid):
    """Not an address that this channel takes. It is not repeated, it may be personal."""

    message = "This is no address for this channel. Please compare it once more."


class StatusTakenBack(Refusal):
    """The dossier stands elsewhere by now: there is nothing to undo."""

    message = "The dossier stands somewhere else by now, so this was not undone."


@action
def set_status(
    dossier: Dossier, status: str, *, by: Actor, due_on: date | None = None, pause: timedelta = timedelta(0)
) -> DossierStatus:
    """Write down where a dossier stands; news go to the contacts of its case through the outbox, after `pause`.

    The same status and day again is the row that is there. Refuses with UnknownStatus, NotAllowed.
    """
    if isinstance(by, Member):
        require(by.role, "help_case")
    if status not in STATUSES:
        raise UnknownStatus(status=status)
    last = _statuses(dossier).first()
    due = due_on or dossier.due_on
    if last is not None and last.status == status and last.due_on == due:
        return last
    changed = dossier.status != status
    made = _add_status(dossier, status, due, by)
    write(dossier.case, "dossier.status", by, {"dossier": dossier.pk, "status": status, "due_on": due})
    if changed and status in NEWS:
        _tell(dossier, made, pause)
    return made


@action
def take_back_status(status: DossierStatus, *, by: Member) -> bool:
    """Undo the last status of a dossier: it stands where it stood, and what was not sent yet stays here.

    The rows stay; a new one says where it stands. Whether nobody was told meanwhile. Refuses with
    StatusTakenBack when the dossier has moved on, NotAllowed.
    """
    require(by.role, "help_case")
    dossier = status.dossier
    rows = list(_statuses(dossier)[:2])
    if not rows or rows[0].pk != status.pk or dossier.status != status.status:
        raise StatusTakenBack()
    before = rows[1] if len(rows) > 1 else None
    told = outbox.withdraw(f"{TELLING}/{status.pk}/")
    _add_status(dossier, before.status if before else FIRST, before.due_on if before else dossier.due_on, by)
    write(dossier.case, "dossier.status_back", by, {"dossier": dossier.pk, "status": dossier.status})
    return not told


@action
def follow_up(dossier: Dossier, *, by: Actor | None = None) -> DossierStatus | None:
    """Ask the dossier's portal where it stands; None when it does not say or all is over."""
    if dossier.status in ENDED:
        return None
    told = portal_of(dossier.portal).status_of(dossier.code)
    if told is None or (told.status == dossier.status and told.due_on in (None, dossier.due_on)):
        return None
    return set_status(dossier, told.status, by=by or House(), due_on=told.due_on)


def follow_up_all(ward: Ward, *, by: Actor) -> int:
    """Ask for every dossier of a ward whose portal answers and that is not over. How many have news."""
    asked = [follow_up(one, by=by) for one in to_be_asked(ward).select_related("case")]
    return sum(one is not None for one in asked)


@action
def add_contact(case: Case, *, kind: str, address: str, by: Member, language: str = "vi") -> Contact:
    """Keep where the person wants to be told, closed; the same one again is the same row.

    Rests on their agreement to be told (`tell_result` in this case). Refuses with ConsentNeeded, Invalid,
    WrongAddress, WrongPhone.
    """
    require(by.role, "help_case")
    if kind not in Contact.KINDS:
        raise Invalid(field="kind", problem=", ".join(Contact.KINDS))
    consent = CaseConsent.objects.filter(case=case, purpose=TELLING, withdrawn_at__isnull=True).first()
    if consent is None:
        raise ConsentNeeded(purpose=TELLING)
    return keep_contact(consent, kind, fit_address(kind, address), language=language, by=by)


def keep_contact(consent: CaseConsent, kind: str, address: str, *, language: str, by: Actor) -> Contact:
    """The row of a fit address, closed; the one that is there when it is kept already. Within an action."""
    case = consent.case
    if known := contact_at(case, kind, address):
        return known
    made = Contact.objects.create(
        case=case,
        kind=kind,
        address=ring().encrypt(address, column=ADDRESS),
        language=language if language in LANGUAGES else "vi",
        consent=consent,
        added_by=by if isinstance(by, Member) else None,
        added_at=clock.now(),
    )
    write(case, "case.contact", by, {"contact": made.pk, "kind": kind})
    return made


def contact_at(case: Case, kind: str, address: str) -> Contact | None:
    """The contact of a case with this fit address, if it has not ended."""
    kept = Contact.objects.filter(case=case, kind=kind, ended_at__isnull=True).select_related(
        "case", "consent"
    )
    return next((one for one in kept if address_of(one) == address), None)


@action
def end_contact(contact: Contact, *, by: Member) -> Contact:
    """The person no longer wants to be told there: the address is erased. Refuses with NotFound, once ended."""
    require(by.role, "help_case")
    moment = clock.now()
    if not Contact.objects.filter(pk=contact.pk, ended_at__isnull=True).update(ended_at=moment, address=""):
        raise NotFound()
    contact.ended_at, contact.address = moment, ""
    write(contact.case, "case.contact_end", by, {"contact": contact.pk, "kind": contact.kind})
    return contact


@action
def contact_gone(contact: Contact, *, by: Actor) -> Contact:
    """Nobody is reached there any more, says the channel itself: the address is erased. Twice is once."""
    moment = clock.now()
    if Contact.objects.filter(pk=contact.pk, ended_at__isnull=True).update(ended_at=moment, address=""):
        write(contact.case, "case.contact_end", by, {"contact": contact.pk, "kind": contact.kind})
    contact.ended_at, contact.address = contact.ended_at or moment, ""
    return contact


def address_of(contact: Contact) -> str:
    """The address in clear, for the courier alone; "" once it was taken back or erased."""
    return ring().decrypt(contact.address, column=ADDRESS) if contact.address else ""


def _statuses(dossier: Dossier) -> QuerySet[DossierStatus]:
    return DossierStatus.objects.filter(dossier=dossier).order_by("-at", "-pk")


def _add_status(dossier: Dossier, status: str, due: date | None, by: Actor) -> DossierStatus:
    made = DossierStatus.objects.create(
        dossier=dossier,
        status=status,
        source="member" if isinstance(by, Member) else "portal",
        due_on=due,
        at=clock.now(),
        by=by if isinstance(by, Member) else None,
    )
    Dossier.objects.filter(pk=dossier.pk).update(status=status, due_on=due)
    dossier.status, dossier.due_on = status, due
    return made


def _tell(dossier: Dossier, status: DossierStatus, pause: timedelta) -> None:
    """One errand a contact. It holds ids and the status, never an address or a name."""
    case = dossier.case
    for contact in Contact.objects.filter(case=case, ended_at__isnull=True).order_by("pk"):
        outbox.post(
            TELLING,
            f"{TELLING}/{status.pk}/{contact.pk}",
            ward=case.ward_id,
            due_at=clock.now() + pause,
            contact=str(contact.pk),
            channel=contact.kind,
            case=str(case.pk),
            dossier=str(dossier.pk),
            status=status.status,
        )


def fit_address(kind: str, address: str) -> str:
    """The address in the form its channel takes. Refuses with WrongAddress or WrongPhone; never repeats it."""
    if len(address) > LONGEST_ADDRESS:
        raise WrongAddress()
    if kind in ("sms", "zalo"):
        return normal_phone(address)
    try:
        if kind == "email":
            EmailValidator()(nfc(address))
            return nfc(address)
        if kind == "webhook":
            URLValidator(schemes=["https"])(address.strip())
            return address.strip()
        return _subscription(address)
    except (ValidationError, ValueError, KeyError, TypeError, RecursionError):
        raise WrongAddress() from None


def _subscription(text: str) -> str:
    """A browser's push subscription (W3C Push API): endpoint and the two keys, nothing else."""
    read = json.loads(text)
    endpoint = str(read["endpoint"])
    URLValidator(schemes=["https"])(endpoint)
    keys = {name: str(read["keys"][name]) for name in ("p256dh", "auth")}
    return json.dumps({"endpoint": endpoint, "keys": keys}, sort_keys=True)
