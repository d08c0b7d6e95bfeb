"""Proposals come from card, record, earlier case, this case; go to the beneficiary; never answer by themselves."""

from __future__ import annotations

from datetime import date

from donghanh.cases.actions.answering import answer
from donghanh.cases.actions.confirming import confirm, take_over
from donghanh.cases.models import Answer
from donghanh.cases.queries.answers import answers_of
from donghanh.cases.queries.cards import card_facts
from donghanh.cases.queries.prefill import proposed
from donghanh.cases.rules.events import Event
from donghanh.cases.rules.prefill import Proposal
from donghanh.kernel import clock
from donghanh.kernel.ids import new_id
from donghanh.kernel.journal import House
from donghanh.kernel.models import JournalEntry
from donghanh.people.actions.records import PersonFacts, save_person
from donghanh.places.actions.areas import import_areas
from donghanh.places.rules.areas import AreaRow, ConversionRow
from tests import make
from tests.cases.answering import a_case, bare, event, said
from tests.cases.editions import edition, question

CARD = {
    "id_number": "092090000123", "name": "Lê Văn Tám", "born_on": "1990-05-04", "sex": "male",
    "address": "12 Đường Số 1, Tân An, Ninh Kiều, Cần Thơ", "issued_on": "2021-06-01",
}  # fmt: skip


def known_person(by):
    """A groom whom the ward knows."""
    facts = PersonFacts(
        name="Lê Văn Tám", born_on=date(1990, 5, 4), sex="male", phone="0912345678", id_number="092090000123"
    )
    return save_person(None, facts, by=by, ward=by.ward)


def told(found):
    """Question → value and source."""
    return {one.question: (one.value, one.origin) for one in found}


def confirming(found, **more):
    """Events that confirm proposals."""
    return [Event(new_id(), one.question, "given", one.value, origin=one.origin, **more) for one in found]


def test_the_record_is_proposed_to_the_beneficiary_alone_and_answers_nothing():
    member = make.member()
    case, _ = a_case(person=known_person(member), by=member)
    assert told(proposed(case, by=member)) == {
        "groom_name": ("Lê Văn Tám", "record"), "groom_born": ("1990-05-04", "record"),
        "groom_sex": ("male", "record"), "groom_phone": ("0912345678", "record"),
    }  # fmt: skip
    assert (bare(case), Answer.objects.count()) == ({}, 0)


def test_a_volunteer_is_never_shown_a_kept_number_and_an_officer_is():
    member = make.member()
    case, _ = a_case(person=known_person(member), by=member)
    officer = make.member(case.ward, "officer")
    assert "groom_id" not in told(proposed(case, by=member))
    assert told(proposed(case, by=officer))["groom_id"] == ("092090000123", "record")


def test_the_card_comes_first_and_speaks_of_the_role_it_was_scanned_for():
    member = make.member()
    case, _ = a_case(person=known_person(member), by=member)
    card = card_facts({**CARD, "name": "Lê Văn Chín"}, clock.today())
    found = told(proposed(case, by=member, card=card, card_role="groom"))
    assert (found["groom_name"], found["groom_id"], found["groom_phone"]) == (
        ("Lê Văn Chín", "card"), ("092090000123", "card"), ("0912345678", "record"),
    )  # fmt: skip
    bride = told(
        proposed(case, by=member, card=card_facts({"name": "Trần Thị Bé"}, clock.today()), card_role="bride")
    )
    assert (bride["bride_name"], bride["groom_name"]) == (("Trần Thị Bé", "card"), ("Lê Văn Tám", "record"))


def test_an_answered_question_is_proposed_nothing_and_a_value_that_does_not_fit_is_left_out():
    member = make.member()
    person = make.person(member.ward, name="Lê Văn Tám", born_year=1990, sex="female")
    case, _ = a_case(person=person, by=member)
    said(case, member, event("groom_name", "Lê Văn Chín"))
    # A year alone is no answer to a question for a day.
    assert told(proposed(case, by=member)) == {"groom_sex": ("female", "record")}


def test_an_earlier_case_of_the_same_person_is_proposed_after_the_record():
    member = make.member()
    person = make.person(member.ward, name="Lê Văn Tám")
    earlier, _ = a_case(person=person, by=member)
    said(
        earlier,
        member,
        event("groom_name", "Tám"),
        event("groom_born", "1990-05-04"),
        event("bride_name", "Bé"),
    )
    case, _ = a_case(person=person, by=member)
    assert told(proposed(case, by=member)) == {
        "groom_name": ("Lê Văn Tám", "record"), "groom_born": ("1990-05-04", "earlier"),
    }  # fmt: skip
    stranger, _ = a_case(person=make.person(member.ward, name="Ân"), by=member)
    assert told(proposed(stranger, by=member)) == {"groom_name": ("Ân", "record")}


def test_the_card_s_old_address_is_proposed_as_the_commune_of_today_where_there_is_but_one():
    day = date(2025, 7, 1)
    rows = [
        AreaRow("92", "city", "Thành phố Cần Thơ", "", "", date.min, day),
        AreaRow("92", "city", "Thành phố Cần Thơ", "", "", day, None),
        AreaRow("31120", "ward", "Phường Tân An", "92", "Quận Ninh Kiều", date.min, day),
        AreaRow("31150", "ward", "Phường Ninh Kiều", "92", "", day, None),
    ]
    import_areas(rows, [ConversionRow("31120", "31150", True, False)], by=House())
    facts = card_facts(CARD, clock.today())
    assert (facts["residence_area"], facts["residence_line"]) == ("31150", "12 Đường Số 1")
    assert card_facts({"address": "Đâu đó"}, clock.today()) == {"residence_line": "Đâu đó"}


def test_confirming_writes_the_group_once_with_its_source():
    member = make.member()
    case, _ = a_case(person=known_person(member), by=member)
    events = confirming(proposed(case, by=member), hand="member", words="own")
    assert {one.outcome for one in confirm(case, events, by=member)} == {"applied"}
    assert {one.outcome for one in confirm(case, events, by=member)} == {"duplicate"}
    held = answers_of(case).now["groom_name"]
    assert (held.value, held.source, held.origin, held.confirmed) == (
        "Lê Văn Tám",
        "prefilled",
        "record",
        True,
    )
    assert proposed(case, by=member) == []


def test_a_value_that_is_not_proposed_is_no_confirmation_and_a_card_s_value_is_input():
    member = make.member()
    case, _ = a_case(person=known_person(member), by=member)
    wrong = confirming([Proposal("groom_name", "groom", "Người Khác", "record")])
    card = confirming(
        [Proposal("groom_name", "groom", "Lê Văn Chín", "card"), Proposal("groom_born", "groom", "x", "card")]
    )
    codes = [one.code or one.outcome for one in confirm(case, [*wrong, *card], by=member)]
    assert codes == ["not-proposed", "applied", "not_a_day"]
    assert answers_of(case).now["groom_name"].source == "scanned"


def test_what_a_phone_brings_is_the_citizen_s_own_and_says_so():
    case, member = a_case()
    sent = [event("groom_name", "Lê Văn Tám"), event("copies", 2), event("gone", "x")]
    outcomes = take_over(case, sent, by=member, handover="a" * 32, ticks=["ask", "gone"])
    assert [one.code or one.outcome for one in outcomes] == ["applied", "applied", "unknown-question"]
    held = answers_of(case).now["groom_name"]
    assert (held.source, held.hand, held.words, held.by) == ("taken_over", "citizen", "own", member.full_name)
    assert [tick.step for tick in case.ticks.all()] == ["ask"]
    entry = JournalEntry.objects.get(ward=case.ward_id, verb="case.takeover")
    assert entry.facts == {"events": 3, "handover": True}


def test_two_questions_of_one_key_and_role_are_asked_once():
    twice = edition(
        "9.000003",
        (
            question("groom_name", "name", role="groom", key="name"),
            question("signs", "name", role="groom", key="name"),
            question("bride_name", "name", role="bride", key="name"),
        ),
    )
    case, member = a_case(on=twice)
    answer(case, [event("groom_name", "Lê Văn Tám")], by=member)
    assert told(proposed(case, by=member)) == {"signs": ("Lê Văn Tám", "other")}


def test_the_card_of_another_role_says_nothing_of_a_question_without_a_role():
    plain = edition(
        "9.000004",
        (
            question("asker_name", "name", key="name"),
            question("bride_name", "name", role="bride", key="name"),
        ),
    )
    case, member = a_case(on=plain)
    card = card_facts({"name": "Trần Thị Bé"}, clock.today())
    assert told(proposed(case, by=member, card=card, card_role="bride")) == {
        "bride_name": ("Trần Thị Bé", "card")
    }
    assert told(proposed(case, by=member, card=card)) == {"asker_name": ("Trần Thị Bé", "card")}
