"""Consent within a case: to which words, how, for what; taken back, what rests on it is gone."""

from __future__ import annotations

import pytest

from donghanh.cases.actions.consents import SIGNATURE, agree, authorise, take_back
from donghanh.cases.actions.following import add_contact
from donghanh.cases.models import Answer, Authorisation, CaseConsent, Contact
from donghanh.cases.queries.answers import consents_held
from donghanh.cases.rules import NeverKept
from donghanh.cases.rules.consents import TEXTS, ConsentNeeded, OtherText, hash_of, path_of
from donghanh.kernel import clock
from donghanh.kernel.errors import Invalid, NotFound
from donghanh.kernel.keys import ring
from donghanh.kernel.models import JournalEntry
from donghanh.people.actions.consents import RepresentativeNeeded
from tests import make
from tests.cases.answering import a_case, bare, consents, event, said

STROKES = [[[1, 2], [3, 4]], [[5, 6]]]


def test_an_agreement_names_its_words_once_and_holds_for_this_case_alone():
    case, member = a_case(consent=False)
    first = agree(case, "fill_in_form", by=member, text_hash=hash_of("fill_in_form", "fr"), language="fr")
    again = agree(case, "fill_in_form", by=member, text_hash=hash_of("fill_in_form", "fr"), language="fr")
    assert (first.pk, first.text_hash, first.language, first.witness) == (
        again.pk, hash_of("fill_in_form", "fr"), "fr", member,
    )  # fmt: skip
    other, _ = a_case(consent=False, by=member)
    assert (consents_held(case), consents_held(other)) == ({"fill_in_form"}, frozenset())


def test_other_words_an_unknown_purpose_and_an_unknown_way_are_refused():
    case, member = a_case(consent=False)
    words = hash_of("fill_in_form", "vi")
    with pytest.raises(OtherText):
        agree(case, "fill_in_form", by=member, text_hash=hash_of("fill_in_form", "en"))
    with pytest.raises(Invalid):
        agree(case, "everything", by=member, text_hash=words)
    with pytest.raises(Invalid):
        agree(case, "fill_in_form", by=member, text_hash=words, method="nodded")
    assert not CaseConsent.objects.exists()


def test_a_signature_on_the_screen_is_kept_closed_as_a_path_of_moves_and_lines():
    case, member = a_case(consent=False)
    kept = agree(
        case,
        "fill_in_form",
        by=member,
        text_hash=hash_of("fill_in_form", "vi"),
        method="signed_on_screen",
        strokes=STROKES,
    )
    assert ring().decrypt(kept.signature, column=SIGNATURE) == "M1 2L3 4M5 6"


@pytest.mark.parametrize(
    "strokes", [[], [[[1]]], [[[1, 2.5]]], [[[1, -1]]], [[[1, 2001]]], [[["1", 2]]], [[[True, 1]]]]
)
def test_strokes_of_another_form_are_refused(strokes):
    with pytest.raises(Invalid):
        path_of(strokes)


def test_a_minor_agrees_through_a_representative_or_an_authorised_relative():
    member = make.member()
    child = make.person(member.ward, name="Bé Tí", born_year=clock.today().year - 9)
    case, _ = a_case(person=child, by=member, consent=False)
    with pytest.raises(RepresentativeNeeded):
        consents(case, member)
    authorise(case, name="Lê Thị Mẹ", relation="parent", paper="birth_certificate", by=member)
    consents(case, member)
    assert consents_held(case) == {"fill_in_form"}


def test_taking_back_erases_the_answers_at_once_and_nothing_more_is_kept():
    case, member = a_case()
    said(case, member, event("groom_name", "Lê Văn Tám", raw="le van tam"), event("copies", 2))
    take_back(case, "fill_in_form", by=member)
    assert bare(case) == {}
    assert set(Answer.objects.filter(case=case).values_list("value", "raw")) == {("", "")}
    assert said(case, member, event("groom_name", "Lê Văn Tám")) == ["consent-needed"]
    with pytest.raises(NotFound):
        take_back(case, "fill_in_form", by=member)
    consents(case, member)
    assert said(case, member, event("groom_name", "Lê Văn Tám")) == ["applied"]


def test_no_address_is_kept_without_agreement_and_taking_it_back_erases_it():
    case, member = a_case()
    with pytest.raises(ConsentNeeded):
        add_contact(case, kind="sms", address="0912345678", by=member)
    consents(case, member, "tell_result")
    kept = add_contact(case, kind="sms", address="+84 912 345 678", by=member)
    take_back(case, "tell_result", by=member)
    kept.refresh_from_db()
    assert (kept.address, kept.ended_at is not None, Contact.objects.count()) == ("", True, 1)


def test_a_relative_acts_with_a_named_paper_and_a_new_one_ends_the_one_before():
    case, member = a_case()
    first = authorise(case, name="Lê Văn Con", relation="child", paper="authorisation_letter", by=member)
    second = authorise(case, name="Lê Thị Em", relation="sibling", paper="certified_authorisation", by=member)
    first.refresh_from_db()
    assert (first.ended_at is not None, second.ended_at, second.seen_by) == (True, None, member)
    assert "Em" not in second.name
    for wrong in ({"name": " "}, {"relation": "friend"}, {"paper": "none"}):
        with pytest.raises(Invalid):
            authorise(case, **{"name": "A", "relation": "child", "paper": "other", **wrong}, by=member)
    with pytest.raises(NeverKept):
        authorise(case, name="A", relation="child", paper="other", note="OTP: 123456", by=member)
    assert Authorisation.objects.count() == 2
    told = JournalEntry.objects.filter(ward=case.ward_id, verb="case.authorisation").values_list(
        "facts_json", flat=True
    )
    assert not any("Lê" in facts for facts in told)


def test_every_text_stands_in_three_languages_and_their_hashes_differ():
    hashes = [hash_of(purpose, language) for purpose in TEXTS for language in ("vi", "en", "fr")]
    assert ([sorted(one) for one in TEXTS.values()], len(set(hashes))) == (
        [["en", "fr", "vi"]] * len(TEXTS),
        len(hashes),
    )
