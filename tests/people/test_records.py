"""Keep, find, agree, merge and part, erase: nothing half written, nothing personal in the journal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donghanh.cases.actions.helping import add_note, open_case
from donghanh.cases.actions.merging import merge_persons, part_persons
from donghanh.cases.actions.persons import link_person
from donghanh.cases.actions.retention import erase, forget_old
from donghanh.cases.models import Case, CaseNote
from donghanh.kernel import clock
from donghanh.kernel.errors import Invalid, NotAllowed, NotFound
from donghanh.kernel.journal import first_break
from donghanh.kernel.keys import ring
from donghanh.kernel.models import JournalEntry, PersonalFact
from donghanh.people.actions.consents import RepresentativeNeeded, give_consent, withdraw_consent
from donghanh.people.actions.merging import MergeUndone, NotTheSamePerson
from donghanh.people.actions.records import (
    NUMBER,
    NotTheRepresentative,
    PersonFacts,
    RecordEnded,
    SameNumber,
    look,
    save_person,
    show_number,
)
from donghanh.people.actions.rotating import rotate_numbers
from donghanh.people.models import Consent, Merge, Person
from donghanh.people.queries import consents_of, found, likely_duplicates
from donghanh.people.rules import WrongBirth, WrongCitizenId, WrongPhone, consent_hash
from tests import make

# Invented; 092 is a province of the table, 150 a woman born in 1950.
NUMBER_OF_UT = "092150123456"
UT = PersonFacts(
    name="Lê  Thị Út",
    address_form="bà",
    born_year=1950,
    sex="female",
    phone="+84 912 345 412",
    id_number=NUMBER_OF_UT,
)


def rows() -> list[dict[str, object]]:
    """All of people and who belongs to which case, to compare before and after."""
    kept: list[dict[str, object]] = [
        {"case": pk, "person": who} for pk, who in Case.objects.order_by("pk").values_list("pk", "person")
    ]
    for model in (Person, Consent):
        kept += [dict(row) for row in model.objects.order_by("pk").values()]
    return kept


def test_a_record_is_kept_normalised_with_its_number_closed():
    member = make.member()
    person = save_person(None, UT, by=member, ward=member.ward)
    person.refresh_from_db()
    assert (person.name, person.name_key, person.phone, person.born_year) == (
        "Lê Thị Út",
        "le thi ut",
        "0912345412",
        1950,
    )
    assert NUMBER_OF_UT not in person.id_number
    assert ring().decrypt(person.id_number, column=NUMBER) == NUMBER_OF_UT


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (PersonFacts(name="  "), Invalid),
        (PersonFacts(name="Út", sex="x"), Invalid),
        (PersonFacts(name="Út", phone="12"), WrongPhone),
        (PersonFacts(name="Út", born_year=2990), WrongBirth),
        (PersonFacts(name="Út", born_on=date(1800, 1, 1)), WrongBirth),
        (PersonFacts(name="Út", id_number="12345"), WrongCitizenId),
    ],
)
def test_a_refused_change_writes_nothing(facts, refusal):
    member = make.member()
    person = save_person(None, UT, by=member, ward=member.ward)
    before = rows()
    entries = JournalEntry.objects.count()
    with pytest.raises(refusal):
        save_person(person, facts, by=member, ward=member.ward)
    with pytest.raises(refusal):
        save_person(None, facts, by=member, ward=member.ward)
    assert (rows(), JournalEntry.objects.count()) == (before, entries)


def test_one_number_is_one_person_and_a_foreign_member_changes_nothing():
    member, stranger = make.member(), make.member()
    person = save_person(None, UT, by=member, ward=member.ward)
    with pytest.raises(SameNumber) as refused:
        save_person(None, UT, by=member, ward=member.ward)
    assert refused.value.facts == {"person": person.pk}
    with pytest.raises(NotAllowed):
        save_person(person, PersonFacts(name="Khác"), by=stranger, ward=member.ward)
    with pytest.raises(NotAllowed):
        look(person, by=stranger)


def test_an_empty_number_field_keeps_the_number():
    member = make.member()
    person = save_person(None, UT, by=member, ward=member.ward)
    save_person(person, PersonFacts(name="Lê Thị Út", id_number=None), by=member, ward=member.ward)
    assert ring().decrypt(Person.objects.get(pk=person.pk).id_number, column=NUMBER) == NUMBER_OF_UT


def test_the_number_in_clear_is_for_officers_and_every_look_is_an_entry():
    member = make.member()
    officer = make.member(member.ward, "officer")
    person = save_person(None, UT, by=member, ward=member.ward)
    look(person, by=member)
    assert show_number(person, by=officer) == NUMBER_OF_UT
    with pytest.raises(NotAllowed):
        show_number(person, by=member)
    seen = JournalEntry.objects.filter(subject_id=str(person.pk)).order_by("seq")
    assert [(entry.verb, entry.by_id) for entry in seen] == [
        ("person.new", str(member.pk)), ("person.look", str(member.pk)), ("person.show_number", str(officer.pk)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "Út Lê",
        "ut le",
        "LÊ THỊ",
        "0912345412",
        "+84912345412",
        "84 912 345 412",
        "5412",
        NUMBER_OF_UT,
        "092 150 123 456",
    ],
)
def test_a_person_is_found_by_name_phone_or_whole_number(words):
    member = make.member()
    person = save_person(None, UT, by=member, ward=member.ward)
    make.person(member.ward, "Trần Văn Bảy", phone="0987654321")
    assert list(found(member, words)) == [person]
    assert list(found(make.member(), words)) == []


@pytest.mark.parametrize("words", ["", "x", "12", "09215012345", "123456", "Lê Văn", "092150123457"])
def test_a_part_of_a_number_or_a_wrong_word_finds_nobody(words):
    member = make.member()
    save_person(None, UT, by=member, ward=member.ward)
    assert list(found(member, words)) == []


def test_likely_duplicates_share_a_phone_or_a_name_without_another_birth():
    ward = make.ward()
    one = make.person(ward, "Lê Thị Út", born_year=1950, phone="0912345412")
    same = make.person(ward, "LE THI UT")
    phone = make.person(ward, "Lê Út", phone="0912345412")
    make.person(ward, "Lê Thị Út", born_year=1971)
    make.person(make.ward(), "Lê Thị Út", born_year=1950)
    assert set(likely_duplicates(one)) == {same, phone}


def test_consent_is_by_purpose_with_its_words_and_can_be_taken_back():
    member = make.member()
    person = save_person(None, UT, by=member, ward=member.ward)
    assert set(consents_of(person).values()) == {None}
    given = give_consent(person, "keep_contact", by=member, language="fr")
    assert give_consent(person, "keep_contact", by=member, language="vi") == given
    assert (given.text_version, given.text_hash, given.witness) == (
        "1",
        consent_hash("keep_contact", "fr"),
        member,
    )
    withdraw_consent(person, "keep_contact", by=member)
    with pytest.raises(NotFound):
        withdraw_consent(person, "keep_contact", by=member)
    assert consents_of(person)["keep_contact"] is None
    with pytest.raises(Invalid):
        give_consent(person, "everything", by=member)


def test_a_minor_agrees_through_a_grown_up_representative():
    member = make.member()
    mother = make.person(member.ward, "Lê Thị Năm", born_year=1990)
    brother = make.person(member.ward, "Lê Văn Tí", born_year=clock.today().year - 10)
    child = make.person(member.ward, "Lê Văn Tèo", born_year=clock.today().year - 8)
    with pytest.raises(RepresentativeNeeded):
        give_consent(child, "help_with_procedure", by=member)
    for wrong in (child, brother, make.person(make.ward(), "Xa")):
        with pytest.raises(NotTheRepresentative):
            save_person(
                child, PersonFacts(name="Lê Văn Tèo", representative=wrong), by=member, ward=member.ward
            )
    save_person(
        child,
        PersonFacts(name="Lê Văn Tèo", born_year=child.born_year, representative=mother),
        by=member,
        ward=member.ward,
    )
    assert give_consent(child, "help_with_procedure", by=member).person == child


FIELDS = st.fixed_dictionaries(
    {
        "born_year": st.sampled_from([None, 1950, 1962]),
        "sex": st.sampled_from(["unknown", "female"]),
        "phone": st.sampled_from(["", "0912345412", "0987654321"]),
        "address_form": st.sampled_from(["", "bà"]),
    }
)


@given(
    people=st.lists(FIELDS, min_size=3, max_size=4),
    numbers=st.lists(st.booleans(), min_size=4, max_size=4),
    consents=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(["keep_contact", "help_with_procedure"])), max_size=5
    ),
    represented=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=3),
    merges=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=4),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_merges_undone_in_reverse_restore_everything(people, numbers, consents, represented, merges):
    lead = make.member(role="coordinator")
    point = make.point(lead.ward)
    procedure = make.procedure("svc.scam-advice")
    persons = []
    for number, fields in enumerate(people):
        typed = f"09215000000{number}" if numbers[number] else None
        person = save_person(
            None, PersonFacts(name=f"Người {number}", id_number=typed, **fields), by=lead, ward=lead.ward
        )
        link_person(open_case(procedure, by=lead, point=point), person, by=lead)
        persons.append(person)
    for place, purpose in consents:
        give_consent(persons[place % len(persons)], purpose, by=lead)
    for of, by in represented:
        one, other = persons[of % len(persons)], persons[by % len(persons)]
        if one != other:
            Person.objects.filter(pk=one.pk).update(representative=other)
    before, done = rows(), []
    for into, gone in merges:
        kept, merged = (Person.objects.get(pk=persons[n % len(persons)].pk) for n in (into, gone))
        try:
            done.append(merge_persons(kept, merged, by=lead))
        except (NotTheSamePerson, RecordEnded):
            continue
        assert not Case.objects.filter(person=merged).exists()
    for merge in reversed(done):
        part_persons(merge, by=lead)
    assert rows() == before
    assert first_break(lead.ward_id) is None


def test_a_merge_fills_gaps_keeps_what_was_said_since_and_is_undone_once():
    lead = make.member(role="coordinator")
    kept = make.person(lead.ward, "Lê Thị Út", born_year=1950)
    merged = save_person(None, UT, by=lead, ward=lead.ward)
    with pytest.raises(NotTheSamePerson):
        merge_persons(kept, kept, by=lead)
    with pytest.raises(NotAllowed):
        merge_persons(kept, merged, by=make.member(lead.ward))
    done = merge_persons(kept, merged, by=lead)
    kept.refresh_from_db()
    assert (kept.phone, kept.sex, kept.id_index) == ("0912345412", "female", merged.id_index)
    assert list(found(lead, "ut le")) == [kept]
    Person.objects.filter(pk=kept.pk).update(phone="0987654321")
    rotate_numbers(ring().rotated())
    part_persons(done, by=lead)
    kept.refresh_from_db()
    assert (kept.phone, kept.sex, kept.id_number, kept.id_index) == ("0987654321", "unknown", "", "")
    with pytest.raises(MergeUndone):
        part_persons(Merge.objects.get(pk=done.pk), by=lead)


def test_erasing_takes_the_person_and_leaves_figures_and_a_whole_chain():
    officer = make.member(role="officer")
    person = save_person(None, UT, by=officer, ward=officer.ward)
    other = make.person(officer.ward, "LE THI UT")
    merge_persons(person, other, by=officer)
    save_person(
        Person.objects.get(pk=person.pk),
        PersonFacts(name="Lê Thị Út Em", phone="0987654321"),
        by=officer,
        ward=officer.ward,
    )
    case = open_case(make.procedure(), by=officer, point=make.point(officer.ward))
    link_person(case, person, by=officer)
    add_note(case, "Con trai tên Bảy sẽ lấy giúp", by=officer)
    with pytest.raises(NotAllowed):
        erase(person, by=make.member(officer.ward))
    assert erase(person, by=officer) == 1
    for record in Person.objects.filter(pk__in=[person.pk, other.pk]):
        assert (
            record.name,
            record.name_key,
            record.phone,
            record.id_number,
            record.id_index,
            record.born_year,
        ) == ("", "", "", "", "", None)
    assert {fact.body for fact in PersonalFact.objects.filter(person_id=person.pk)} == {None}
    assert Merge.objects.get().before == {}
    assert not CaseNote.objects.exists()
    case.refresh_from_db()
    assert (case.person, case.procedure.code) == (None, "1.000894")
    assert first_break(officer.ward_id) is None
    assert erase(person, by=officer) == 0


def test_retention_forgets_those_whose_last_case_is_old_and_nobody_else():
    member = make.member()
    point, procedure = make.point(member.ward), make.procedure()
    long_ago = clock.now() - timedelta(days=120)
    with clock.at(long_ago):
        old, back = make.person(member.ward, "Người Cũ"), make.person(member.ward, "Người Quay Lại")
        for person in (old, back):
            link_person(open_case(procedure, by=member, point=point), person, by=member)
        anonymous = open_case(procedure, by=member, point=point)
        add_note(anonymous, "Bà Sáu hỏi về con", by=member)
    link_person(open_case(procedure, by=member, point=point), back, by=member)
    foreign = make.person(make.ward(), "Người Xa")
    Person.objects.filter(pk=foreign.pk).update(created_at=long_ago)
    done = forget_old(member.ward)
    assert (done.persons, done.cases, done.notes) == (1, 1, 1)
    assert [p.name for p in Person.objects.filter(pk__in=[old.pk, back.pk, foreign.pk]).order_by("name")] == [
        "",
        "Người Quay Lại",
        "Người Xa",
    ]
    assert forget_old(member.ward)[:3] == (0, 0, 0)
    assert first_break(member.ward_id) is None


def test_rotation_closes_each_number_anew_once_and_goes_on_where_it_stopped():
    member = make.member()
    people = [
        save_person(
            None, PersonFacts(name=f"Người {n}", id_number=f"09215000000{n}"), by=member, ward=member.ward
        )
        for n in range(3)
    ]
    fresh = ring().rotated()
    one = people[0]
    Person.objects.filter(pk=one.pk).update(
        id_number=fresh.encrypt("092150000000", column=NUMBER)
    )  # stopped here
    assert rotate_numbers(fresh) == 2
    assert rotate_numbers(fresh) == 0
    opened = [
        fresh.decrypt(p.id_number, column=NUMBER)
        for p in Person.objects.filter(ward=member.ward).order_by("name")
    ]
    assert opened == [f"09215000000{n}" for n in range(3)]
    assert all(p.id_number.startswith(f"{fresh.current}.") for p in Person.objects.filter(ward=member.ward))


def test_nothing_personal_stands_in_any_fact_of_the_journal():
    officer = make.member(role="officer")
    person = save_person(None, UT, by=officer, ward=officer.ward)
    save_person(person, PersonFacts(name="Lê Thị Út Em", phone="0987654321"), by=officer, ward=officer.ward)
    give_consent(person, "keep_contact", by=officer)
    look(person, by=officer, why="case")
    show_number(person, by=officer)
    part_persons(merge_persons(person, make.person(officer.ward, "LE THI UT"), by=officer), by=officer)
    case = open_case(make.procedure(), by=officer, point=make.point(officer.ward))
    add_note(link_person(case, person, by=officer), "Con trai tên Bảy sẽ lấy giúp", by=officer)
    erase(person, by=officer)
    said = "\n".join(
        entry.facts_json for entry in JournalEntry.objects.filter(ward=officer.ward_id)
    ).casefold()
    for secret in ("út", "ut em", "lê", "0912345412", "0987654321", "912345412", NUMBER_OF_UT, "bảy"):
        assert secret.casefold() not in said


def test_nobody_erases_a_person_of_another_ward():
    person = make.person()
    with pytest.raises(NotAllowed):
        erase(person, by=make.member(role="officer"))
    person.refresh_from_db()
    assert (person.erased_at, person.name) == (None, "Lê Thị Út")
