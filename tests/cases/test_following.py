"""A dossier is followed up: every status is kept, news go out once a contact, by ids alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from donghanh.cases.actions.following import (
    add_contact,
    address_of,
    end_contact,
    follow_up,
    follow_up_all,
    set_status,
)
from donghanh.cases.actions.helping import add_dossier
from donghanh.cases.models import DossierStatus
from donghanh.cases.models.following import STATUSES
from donghanh.cases.queries.portals import PORTALS, Manual, portal_of
from donghanh.cases.rules.portals import UnknownStatus
from donghanh.kernel import clock
from donghanh.kernel.errors import Invalid, NotAllowed, NotFound
from donghanh.kernel.journal import House
from donghanh.kernel.models import Errand, JournalEntry
from donghanh.people.rules import WrongPhone
from donghanh.practice.models import PracticeDossier, PracticeMove
from tests import make
from tests.cases.answering import a_case, consents

SUBSCRIPTION = '{"endpoint":"https://push.example/x","expirationTime":null,"keys":{"auth":"a","p256dh":"p"}}'


def a_dossier(*contacts: tuple[str, str], portal: str = "national"):
    """A submitted dossier of a case with these contacts."""
    case, member = a_case()
    consents(case, member, "tell_result")
    for kind, address in contacts:
        add_contact(case, kind=kind, address=address, by=member)
    return add_dossier(case, portal=portal, code="H17.2-261124-0001", by=member), member


def errands():
    """The facts of what is to be told."""
    return [errand.facts for errand in Errand.objects.filter(kind="tell_result").order_by("posted_at", "key")]


def test_every_status_is_kept_and_news_are_told_to_each_contact_by_ids_alone():
    dossier, member = a_dossier(("sms", "0912345678"), ("email", "ut@example.org"))
    assert dossier.status == "registered"
    set_status(dossier, "received", by=member)
    assert errands() == []
    set_status(dossier, "processed", by=member, due_on=date(2026, 12, 1))
    contacts = dossier.case.contacts.order_by("pk")
    assert sorted(errands(), key=lambda one: one["contact"]) == [
        {
            "contact": str(one.pk), "channel": one.kind, "case": str(dossier.case_id), "dossier": str(dossier.pk),
            "status": "processed",
        }
        for one in contacts
    ]  # fmt: skip
    assert list(DossierStatus.objects.order_by("at").values_list("status", "source", "by")) == [
        ("received", "member", member.pk), ("processed", "member", member.pk),
    ]  # fmt: skip
    dossier.refresh_from_db()
    assert (dossier.status, dossier.due_on) == ("processed", date(2026, 12, 1))


def test_the_same_status_again_is_told_once():
    dossier, member = a_dossier(("sms", "0912345678"))
    first, again = (set_status(dossier, "supplement_requested", by=member) for _ in range(2))
    assert (first.pk, len(errands())) == (again.pk, 1)
    set_status(dossier, "supplement_requested", by=member, due_on=date(2026, 12, 24))
    assert (len(errands()), DossierStatus.objects.count()) == (1, 2)
    set_status(dossier, "processing", by=member)
    set_status(dossier, "supplement_requested", by=member)
    assert len(errands()) == 2


def test_there_are_ten_statuses_and_only_helpers_write_them():
    dossier, member = a_dossier()
    assert len(STATUSES) == 10
    with pytest.raises(UnknownStatus):
        set_status(dossier, "lost", by=member)
    with pytest.raises(NotAllowed):
        set_status(dossier, "received", by=make.member(dossier.case.ward, "province_officer"))
    assert not DossierStatus.objects.exists()


def test_the_database_refuses_to_alter_a_status():
    dossier, member = a_dossier()
    set_status(dossier, "received", by=member)
    with pytest.raises(DatabaseError), transaction.atomic():
        DossierStatus.objects.update(status="delivered")


def test_a_portal_nobody_can_ask_is_followed_by_hand():
    dossier, _ = a_dossier()
    assert (type(portal_of("national")), follow_up(dossier), list(PORTALS)) == (Manual, None, ["practice"])
    assert follow_up_all(dossier.case.ward, by=House()) == 0


def test_the_practice_portal_answers_by_itself_and_its_news_are_told_once():
    dossier, _ = a_dossier(("sms", "0912345678"), portal="practice")
    pretended = PracticeDossier.objects.create(
        owner="x", account="x", edition_id=dossier.case.edition_id, code=dossier.code, status="registered",
        story="supplement", begun_at=clock.now(), submitted_at=clock.now(), due_on=date(2026, 12, 3),
    )  # fmt: skip
    PracticeMove.objects.create(dossier=pretended, status="registered", at=clock.now())
    ward = dossier.case.ward
    assert follow_up_all(ward, by=House()) == 1  # the day of the result
    with clock.at(clock.now() + timedelta(minutes=21)):
        assert (follow_up_all(ward, by=House()), follow_up_all(ward, by=House())) == (1, 0)
    assert errands() == []
    with clock.at(clock.now() + timedelta(minutes=111)):
        assert (follow_up_all(ward, by=House()), follow_up_all(ward, by=House())) == (1, 0)
    dossier.refresh_from_db()
    assert (dossier.status, dossier.due_on, [one["status"] for one in errands()]) == (
        "supplement_requested", date(2026, 12, 3), ["supplement_requested"],
    )  # fmt: skip
    told = dossier.statuses.order_by("at").values_list("status", "source", "by")
    assert list(told) == [
        ("registered", "portal", None), ("received", "portal", None), ("supplement_requested", "portal", None),
    ]  # fmt: skip


def test_an_ended_contact_is_told_nothing_and_its_address_is_gone():
    dossier, member = a_dossier(("sms", "0912345678"))
    contact = dossier.case.contacts.get()
    assert address_of(contact) == "0912345678"
    end_contact(contact, by=member)
    set_status(dossier, "delivered", by=member)
    contact.refresh_from_db()
    assert (errands(), contact.address, address_of(contact)) == ([], "", "")
    with pytest.raises(NotFound):
        end_contact(contact, by=member)


def test_an_address_is_kept_closed_once_in_the_form_its_channel_takes():
    case, member = a_case()
    consents(case, member, "tell_result")
    first = add_contact(case, kind="zalo", address="+84 912 345 678", by=member, language="fr")
    again = add_contact(case, kind="zalo", address="0912345678", by=member)
    push = add_contact(case, kind="web_push", address=SUBSCRIPTION, by=member)
    assert (first.pk, first.language, "0912" in first.address, address_of(first)) == (
        again.pk,
        "fr",
        False,
        "0912345678",
    )
    assert address_of(push) == '{"endpoint": "https://push.example/x", "keys": {"auth": "a", "p256dh": "p"}}'
    for kind, address in (
        ("email", "nobody"), ("webhook", "http://x.example/"), ("webhook", "javascript:1"), ("web_push", "{}"),
        ("web_push", '{"endpoint":"http://x.example","keys":{"auth":"a","p256dh":"p"}}'), ("pigeon", "x"), ("email", "a" * 3000),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            add_contact(case, kind=kind, address=address, by=member)
    with pytest.raises(WrongPhone):
        add_contact(case, kind="sms", address="123", by=member)
    told = JournalEntry.objects.filter(ward=case.ward_id, verb="case.contact").values_list(
        "facts_json", flat=True
    )
    assert (len(told), any("0912" in facts or "push." in facts for facts in told)) == (2, False)
