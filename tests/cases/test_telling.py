"""Told without a name by a tap, a status taken back before anybody was told, a message sent again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from donghanh.cases.actions.following import (
    SECOND_THOUGHTS,
    StatusTakenBack,
    WrongAddress,
    address_of,
    set_status,
    take_back_status,
)
from donghanh.cases.actions.helping import add_dossier
from donghanh.cases.actions.telling import (
    MOST_PHONES,
    NothingToTell,
    PhonesFull,
    tell_again,
    tell_me,
    tell_me_no_more,
    told_otherwise,
)
from donghanh.cases.models import CaseConsent, Contact, Dossier, DossierStatus
from donghanh.cases.queries.following import lost_messages, message_visible_to, open_dossiers, unheard
from donghanh.cases.rules.consents import OtherText, hash_of
from donghanh.kernel import clock, outbox
from donghanh.kernel.errors import NotAllowed
from donghanh.kernel.journal import House
from donghanh.kernel.models import Errand, JournalEntry
from donghanh.kernel.outbox import Hopeless, NotFailed
from donghanh.people.actions.consents import RepresentativeNeeded
from tests import make
from tests.cases.answering import a_case, consents

CITIZEN = House(actor_kind="citizen")
HASH = hash_of("tell_result", "vi")


def phone(number: int = 0) -> str:
    """The subscription of a browser."""
    return f'{{"endpoint":"https://push.example/{number}","keys":{{"auth":"a","p256dh":"p"}}}}'


def a_dossier(**facts):
    """A dossier of a case that nobody has agreed anything in."""
    case, member = a_case(consent=False, **facts)
    return add_dossier(case, portal="national", code="H17.2-261124-0001", by=member), member


def tapped(dossier: Dossier, number: int = 0, **changed) -> Contact:
    """The tap on a phone."""
    return tell_me(
        dossier.case, **{"subscription": phone(number), "text_hash": HASH, "by": CITIZEN, **changed}
    )


def verbs(dossier: Dossier) -> list[tuple[str, str]]:
    """What the journal says of the case since it was opened, and who did it."""
    kept = JournalEntry.objects.filter(subject_id=str(dossier.case_id)).order_by("seq")
    return [(one.verb, one.by_kind) for one in kept if one.verb not in ("case.open", "case.dossier")]


def failed(dossier: Dossier, member) -> Errand:
    """The message about its result that a provider has refused for ever."""

    def refuse(facts):
        raise Hopeless

    set_status(dossier, "processed", by=member)
    outbox.deliver_due({"tell_result": refuse})
    return Errand.objects.get(kind="tell_result")


def test_a_tap_is_an_agreement_without_a_witness_and_a_contact_without_a_name():
    dossier, member = a_dossier()
    contact = tapped(dossier)
    assert (tapped(dossier).pk, contact.kind, contact.added_by, contact.language) == (
        contact.pk,
        "web_push",
        None,
        "vi",
    )
    assert "push.example" in address_of(contact)
    consent = CaseConsent.objects.get()
    assert (consent.method, consent.witness, consent.text_hash, contact.consent_id) == (
        "tap",
        None,
        HASH,
        consent.pk,
    )
    assert verbs(dossier) == [("case.consent", "citizen"), ("case.contact", "citizen")]
    assert not any("push.example" in one for one in JournalEntry.objects.values_list("facts_json", flat=True))
    set_status(dossier, "processed", by=member)
    assert Errand.objects.get(kind="tell_result").facts["contact"] == str(contact.pk)


def test_a_tap_after_the_case_is_finished_and_beside_a_spoken_agreement_rests_on_that_one():
    dossier, member = a_dossier()
    consents(dossier.case, member, "tell_result")
    type(dossier.case).objects.update(finished_at=clock.now(), outcome="submitted")
    dossier.case.refresh_from_db()
    contact = tapped(dossier)
    assert contact.consent.witness == member
    tell_me_no_more(dossier.case, subscription=phone(), by=CITIZEN)
    contact.refresh_from_db()
    assert (contact.address, contact.ended_at is None) == ("", False)
    assert CaseConsent.objects.get().withdrawn_at is None


def test_with_the_last_phone_the_agreement_by_tap_ends_too():
    dossier, _ = a_dossier()
    tapped(dossier, 1)
    tapped(dossier, 2)
    tell_me_no_more(dossier.case, subscription=phone(1), by=CITIZEN)
    assert CaseConsent.objects.get().withdrawn_at is None
    for _ in range(2):
        tell_me_no_more(dossier.case, subscription=phone(2), by=CITIZEN)
    assert CaseConsent.objects.get().withdrawn_at is not None
    assert list(Contact.objects.values_list("address", flat=True)) == ["", ""]
    tapped(dossier, 2)
    assert CaseConsent.objects.filter(withdrawn_at=None).count() == 1


def test_a_tap_is_refused_on_other_words_on_no_browser_and_on_one_phone_too_many():
    dossier, _ = a_dossier()
    with pytest.raises(OtherText):
        tapped(dossier, text_hash="0" * 64)
    for address in ("", "{}", "[]", "null", phone().replace("https", "http"), "x" * 3000):
        with pytest.raises(WrongAddress):
            tapped(dossier, subscription=address)
    for number in range(MOST_PHONES):
        tapped(dossier, number)
    with pytest.raises(PhonesFull):
        tapped(dossier, MOST_PHONES)
    assert Contact.objects.count() == MOST_PHONES


def test_a_tap_is_refused_when_all_is_over_and_for_a_child_alone():
    dossier, member = a_dossier(person=make.person(born_year=2015), by=None)
    with pytest.raises(RepresentativeNeeded):
        tapped(dossier)
    set_status(dossier, "delivered", by=member)
    with pytest.raises(NothingToTell):
        tapped(dossier)
    assert not CaseConsent.objects.exists()


def test_a_status_is_taken_back_before_anybody_is_told():
    dossier, member = a_dossier()
    tapped(dossier)
    set_status(dossier, "processing", by=member)
    made = set_status(dossier, "processed", by=member, pause=SECOND_THOUGHTS)
    assert outbox.deliver_due({"tell_result": [].append}) == 0
    assert take_back_status(made, by=member) is True
    dossier.refresh_from_db()
    assert (dossier.status, Errand.objects.count()) == ("processing", 0)
    assert list(DossierStatus.objects.order_by("at", "pk").values_list("status", flat=True)) == [
        "processing", "processed", "processing",
    ]  # fmt: skip
    with pytest.raises(StatusTakenBack):
        take_back_status(made, by=member)


def test_a_status_taken_back_too_late_says_so_and_the_first_one_goes_back_to_the_beginning():
    dossier, member = a_dossier()
    tapped(dossier)
    made = set_status(dossier, "refused", by=member, pause=SECOND_THOUGHTS)
    with clock.at(clock.now() + SECOND_THOUGHTS):
        assert outbox.deliver_due({"tell_result": [].append}) == 1
        assert take_back_status(made, by=member) is False
    dossier.refresh_from_db()
    assert dossier.status == "registered"
    with pytest.raises(NotAllowed):
        take_back_status(made, by=make.member(dossier.case.ward, "province_officer"))


def test_a_message_that_failed_is_sent_again_or_settled_and_both_stand_in_the_journal():
    dossier, member = a_dossier()
    tapped(dossier)
    message, point = failed(dossier, member), dossier.case.point
    assert [(one.kind, one.helps, one.errand.last_error) for one in unheard(point)] == [
        ("web_push", True, "Hopeless")
    ]
    assert lost_messages(point) == 1
    tell_again(message, by=member)
    with pytest.raises(NotFailed):
        tell_again(message, by=member)
    assert (lost_messages(point), unheard(point)) == (0, [])
    assert outbox.deliver_due({"tell_result": [].append}) == 1
    Errand.objects.update(status=Errand.FAILED)
    told_otherwise(message, by=member)
    assert lost_messages(point) == 0
    kept = JournalEntry.objects.filter(subject_id=str(message.pk)).order_by("seq")
    assert [(one.verb, one.by_id) for one in kept] == [
        ("errand.again", str(member.pk)), ("errand.settle", str(member.pk)),
    ]  # fmt: skip


def test_sending_again_does_not_help_who_has_left_or_who_is_told_something_newer():
    dossier, member = a_dossier()
    tapped(dossier)
    failed(dossier, member)
    set_status(dossier, "processing", by=member)
    assert [one.helps for one in unheard(dossier.case.point)] == [False]
    set_status(dossier, "processed", by=member)
    tell_me_no_more(dossier.case, subscription=phone(), by=CITIZEN)
    assert {one.helps for one in unheard(dossier.case.point)} == {False}


def test_messages_and_dossiers_of_another_ward_are_not_seen():
    dossier, member = a_dossier()
    tapped(dossier)
    message, stranger = failed(dossier, member), make.member()
    assert message_visible_to(member, message.pk) == message
    assert message_visible_to(stranger, message.pk) is None
    assert (list(open_dossiers(stranger)), list(open_dossiers(member))) == ([], [dossier])


def test_late_dossiers_come_first_and_those_without_a_day_last():
    member = make.member()
    make.point(member.ward)
    today = clock.today()
    for code, days, status in (
        ("none", None, "registered"), ("soon", 1, "registered"), ("ready", -9, "processed"), ("later", 9, "processing"),
        ("late", -1, "received"), ("very-late", -5, "registered"), ("over", -5, "delivered"),
    ):  # fmt: skip
        dossier, _ = a_dossier(by=member)
        due = None if days is None else today + timedelta(days=days)
        Dossier.objects.filter(pk=dossier.pk).update(code=code, due_on=due, status=status)
    assert [one.code for one in open_dossiers(member)] == [
        "very-late",
        "late",
        "ready",
        "soon",
        "later",
        "none",
    ]
