"""Consent within a case, purpose by purpose, and the relative who may speak for the person."""

from __future__ import annotations

from collections.abc import Sequence

from donghanh.cases.actions.blanking import blank_answers
from donghanh.cases.actions.helping import refuse_finished, write
from donghanh.cases.models import Authorisation, Case, CaseConsent, Contact
from donghanh.cases.rules import refuse_secrets
from donghanh.cases.rules.consents import TEXTS, VERSION, OtherText, hash_of, path_of
from donghanh.kernel import clock
from donghanh.kernel.errors import Invalid, NotFound
from donghanh.kernel.journal import action
from donghanh.kernel.keys import ring
from donghanh.kernel.text import nfc
from donghanh.people.actions.consents import RepresentativeNeeded
from donghanh.people.rules import is_minor
from donghanh.teams.models import Member
from donghanh.teams.rules import require

SIGNATURE, NAME = "consent.signature", "authorisation.name"
LONGEST_NAME = 120


@action
def agree(
    case: Case,
    purpose: str,
    *,
    by: Member,
    text_hash: str,
    method: str = "spoken_with_witness",
    language: str = "vi",
    strokes: Sequence[Sequence[Sequence[int]]] = (),
) -> CaseConsent:
    """Write down that the person agrees, to which words and how; the same again is the same row.

    Refuses with CaseFinished, Invalid (a signature on the screen needs its strokes too), OtherText,
    RepresentativeNeeded (a minor without a representative or an authorised relative).
    """
    require(by.role, "help_case")
    refuse_finished(case)
    if method not in CaseConsent.METHODS:
        raise Invalid(field="method", problem=", ".join(CaseConsent.METHODS))
    spoken = read_words(purpose, language, text_hash)
    refuse_minor(case)
    consent, is_new = CaseConsent.objects.get_or_create(
        case=case,
        purpose=purpose,
        withdrawn_at=None,
        defaults={
            "text_version": VERSION,
            "text_hash": text_hash,
            "method": method,
            "language": spoken,
            "signature": _closed_signature(strokes) if method == "signed_on_screen" else "",
            "witness": by,
            "given_at": clock.now(),
        },
    )
    if is_new:
        write(case, "case.consent", by, {"purpose": purpose, "version": VERSION, "method": method})
    return consent


@action
def take_back(case: Case, purpose: str, *, by: Member) -> CaseConsent:
    """The person no longer agrees: the answers, or the contacts, kept for that purpose are erased at once.

    Refuses with NotFound if there is no such consent. A finished case is no hindrance.
    """
    require(by.role, "help_case")
    moment = clock.now()
    consent = CaseConsent.objects.filter(case=case, purpose=purpose, withdrawn_at__isnull=True).first()
    if consent is None or not CaseConsent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=moment, signature=""
    ):
        raise NotFound()
    consent.withdrawn_at = moment
    if purpose == "fill_in_form":
        blank_answers([case.pk])
    else:
        Contact.objects.filter(case=case).update(address="")
        Contact.objects.filter(case=case, ended_at__isnull=True).update(ended_at=moment)
    write(case, "case.withdraw", by, {"purpose": purpose})
    return consent


@action
def authorise(
    case: Case, *, name: str, relation: str, paper: str, by: Member, note: str = ""
) -> Authorisation:
    """Write down who acts for the person in this case and which paper says so; a new one ends the one before.

    Refuses with CaseFinished, Invalid, NeverKept.
    """
    require(by.role, "help_case")
    refuse_finished(case)
    who = nfc(name)
    if not who or len(who) > LONGEST_NAME:
        raise Invalid(field="name", problem=f"1–{LONGEST_NAME} characters")
    if relation not in Authorisation.RELATIONS:
        raise Invalid(field="relation", problem=", ".join(Authorisation.RELATIONS))
    if paper not in Authorisation.PAPERS:
        raise Invalid(field="paper", problem=", ".join(Authorisation.PAPERS))
    moment = clock.now()
    Authorisation.objects.filter(case=case, ended_at__isnull=True).update(ended_at=moment)
    made = Authorisation.objects.create(
        case=case,
        name=ring().encrypt(who, column=NAME),
        relation=relation,
        paper=paper,
        note=refuse_secrets(nfc(note))[:200],
        seen_by=by,
        seen_at=moment,
    )
    write(case, "case.authorisation", by, {"relation": relation, "paper": paper})
    return made


def read_words(purpose: str, language: str, text_hash: str) -> str:
    """The language in which the words of today were read. Refuses with Invalid, OtherText."""
    if purpose not in TEXTS:
        raise Invalid(field="purpose", problem=", ".join(TEXTS))
    spoken = language if language in TEXTS[purpose] else "vi"
    if text_hash != hash_of(purpose, spoken):
        raise OtherText()
    return spoken


def _closed_signature(strokes: Sequence[Sequence[Sequence[int]]]) -> str:
    return ring().encrypt(path_of(strokes), column=SIGNATURE)


def refuse_minor(case: Case) -> None:
    """Refuse with RepresentativeNeeded when nobody speaks for a minor in this case."""
    person = case.person
    if person is None or person.representative_id is not None:
        return
    if not is_minor(person.born_on or person.born_year, clock.today()):
        return
    if not Authorisation.objects.filter(case=case, ended_at__isnull=True).exists():
        raise RepresentativeNeeded()
