"""What is kept of answers: given out whole, closed anew under a fresh key, erased with the person."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from donghanh.cases.actions.consents import SIGNATURE, agree, authorise
from donghanh.cases.actions.exporting import export
from donghanh.cases.actions.following import add_contact, address_of
from donghanh.cases.actions.helping import tick_papers, tick_steps
from donghanh.cases.actions.retention import erase, forget_old
from donghanh.cases.models import Answer, Authorisation, CaseConsent, Contact, PaperTick
from donghanh.cases.queries.answers import answers_of
from donghanh.cases.rules.consents import hash_of
from donghanh.catalog.queries import edition_mark
from donghanh.kernel import clock
from donghanh.kernel.crypto import load_keyring
from donghanh.kernel.journal import House, first_break
from donghanh.kernel.keys import closed_rows, key_file, ring
from donghanh.kernel.models import JournalEntry
from tests import make
from tests.cases.answering import a_case, bare, event, said


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings, tmp_path):
    """Rotating is not felt by other tests."""
    settings.DATA = tmp_path


def answered_case(person=None, by=None):
    """Answers, a contact, a relative."""
    case, member = a_case(person=person, by=by)
    words = hash_of("tell_result", "vi")
    agree(
        case, "tell_result", by=member, text_hash=words, method="signed_on_screen", strokes=[[[1, 2], [3, 4]]]
    )
    said(case, member, event("groom_name", "Lê Văn Tám", raw="le van tam"), event("copies", 2))
    add_contact(case, kind="sms", address="0912345678", by=member)
    authorise(case, name="Lê Thị Em", relation="sibling", paper="authorisation_letter", by=member)
    return case, member


def test_a_case_is_given_out_with_every_event_and_the_journal_says_so(capsys):
    case, member = answered_case()
    tick_steps(case, {"ask": True}, by=member)
    tick_papers(case, {"identity": True}, by=member)
    told = export(case, by=member)
    call_command("export_case", str(case.pk))
    printed = json.loads(capsys.readouterr().out)
    assert {**printed, "exported_at": ""} == {**told, "exported_at": ""}
    assert told["answers"] == bare(case)
    assert told["edition"] == {"number": 1, "hash": edition_mark(case.edition_id)[1]}
    assert [(one["question"], one["raw"], one["entered_by"], one["source"]) for one in told["events"]] == [
        ("groom_name", "le van tam", member.full_name, "typed"), ("copies", "", member.full_name, "typed"),
    ]  # fmt: skip
    assert ([one["step"] for one in told["steps"]], [one["paper"] for one in told["papers"]]) == (
        ["ask"],
        ["identity"],
    )
    assert [one["name"] for one in told["authorisations"]] == ["Lê Thị Em"]
    assert [one["purpose"] for one in told["consents"]] == ["fill_in_form", "tell_result"]
    assert JournalEntry.objects.filter(ward=case.ward_id, verb="case.export").count() == 2


def test_the_code_of_an_open_case_is_enough_to_export_it(capsys):
    case, _ = answered_case()
    call_command("export_case", f"{case.code[:4].lower()}-{case.code[4:]}")
    assert json.loads(capsys.readouterr().out)["case"] == str(case.pk)


def test_a_fresh_key_closes_everything_of_cases_anew_and_it_still_opens(capsys):
    case, _ = answered_case()
    before = bare(case)
    call_command("rotate_keys")
    current = load_keyring(key_file()).current
    assert "5 answers of cases" in capsys.readouterr().out
    assert all(row.value.startswith(f"{current}.") for row in Answer.objects.filter(case=case))
    assert (bare(case), address_of(Contact.objects.get(case=case))) == (before, "0912345678")
    signed = CaseConsent.objects.get(case=case, method="signed_on_screen")
    assert signed.signature.startswith(f"{current}.")
    assert ring().decrypt(signed.signature, column=SIGNATURE) == "M1 2L3 4"
    call_command("rotate_keys", "--resume")
    assert "0 answers of cases" in capsys.readouterr().out


def test_closed_answers_keep_a_lost_key_file_from_being_replaced():
    before = closed_rows()
    answered_case()
    assert closed_rows() - before == 5


def test_erasing_the_person_blanks_all_that_was_said_and_the_chain_stays_whole():
    member = make.member(role="officer")
    person = make.person(member.ward)
    case, _ = answered_case(person, member)
    erase(person, by=member)
    assert (bare(case), answers_of(case).seq) == ({}, 2)
    assert set(Answer.objects.values_list("value", "raw", "reason", "device")) == {("", "", "", "")}
    assert (Contact.objects.get().address, Authorisation.objects.get().name) == ("", "")
    assert set(CaseConsent.objects.values_list("signature", flat=True)) == {""}
    assert first_break(case.ward_id) is None


def test_answers_of_nobody_known_go_after_the_ward_s_days_and_not_before():
    case, _ = answered_case()
    days = case.ward.identity_days
    forget_old(case.ward, clock.now() + timedelta(days=days - 1), by=House())
    assert len(bare(case)) == 2
    forget_old(case.ward, clock.now() + timedelta(days=days + 1), by=House())
    assert bare(case) == {}


def test_a_contact_of_nobody_known_goes_too_though_nothing_was_answered():
    case, member = a_case()
    agree(case, "tell_result", by=member, text_hash=hash_of("tell_result", "vi"))
    add_contact(case, kind="sms", address="0912345678", by=member)
    with clock.at(clock.now() + timedelta(days=case.ward.identity_days - 1)):
        said(case, member, event("copies", 1))
    for days, kept in ((2, "0912345678"), (case.ward.identity_days + 1, "")):
        forget_old(case.ward, clock.now() + timedelta(days=case.ward.identity_days - 1 + days), by=House())
        assert address_of(Contact.objects.get(case=case)) == kept


def test_after_two_years_nobody_is_told_who_wrote_an_answer():
    with clock.at(clock.now() - timedelta(days=731)):
        case, member = answered_case()
        tick_papers(case, {"identity": True}, by=member)
    forget_old(case.ward, by=House())
    assert set(Answer.objects.filter(case=case).values_list("by", flat=True)) == {None}
    assert (
        PaperTick.objects.get(case=case).done_by,
        CaseConsent.objects.filter(witness__isnull=False).count(),
    ) == (None, 0)
