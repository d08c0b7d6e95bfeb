"""The answer journal: four ways of not answering, one event once, the last one holds, nothing in clear."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from donghanh.cases.actions.answering import answer
from donghanh.cases.actions.ending import finish
from donghanh.cases.models import Answer
from donghanh.cases.queries.answers import answers_of
from donghanh.cases.rules import CaseFinished
from donghanh.cases.rules.events import Event, Outcome
from donghanh.catalog.queries import walked
from donghanh.kernel import clock
from donghanh.kernel.errors import NotAllowed
from donghanh.kernel.ids import new_id
from donghanh.kernel.journal import first_break
from donghanh.kernel.models import JournalEntry
from tests import make
from tests.cases.answering import a_case, bare, consents, event, said, undo
from tests.cases.editions import edition, question


def test_absent_empty_unknown_and_not_applicable_are_four_things():
    case, member = a_case()
    outcomes = said(
        case, member, event("groom_name", "Nguyễn Văn Ân"), event("bride_name", state="empty"),
        event("was_married", state="dont_know"), event("groom_phone", state="not_applicable"),
    )  # fmt: skip
    assert outcomes == ["applied"] * 4
    assert bare(case) == {
        "groom_name": {"state": "given", "value": "Nguyễn Văn Ân"},
        "bride_name": {"state": "empty"},
        "was_married": {"state": "dont_know"},
        "groom_phone": {"state": "not_applicable"},
    }


def test_what_is_not_sent_changes_nothing_and_only_a_clear_erases():
    case, member = a_case()
    said(case, member, event("groom_name", "Nguyễn Văn Ân"), event("copies", 2))
    said(case, member, event("copies", 3))
    assert bare(case)["groom_name"] == {"state": "given", "value": "Nguyễn Văn Ân"}
    said(case, member, event("groom_name", state="absent"))
    assert bare(case) == {"copies": {"state": "given", "value": 3}}
    assert Answer.objects.filter(case=case).count() == 4


def test_an_event_sent_again_is_a_duplicate_and_changes_nothing():
    case, member = a_case()
    first, second = event("copies", 1), event("copies", 2)
    assert said(case, member, first, second, first) == ["applied", "applied", "duplicate"]
    assert said(case, member, first) == ["duplicate"]
    assert (bare(case)["copies"]["value"], answers_of(case).seq) == (2, 2)


def test_an_id_of_another_question_or_case_is_refused():
    case, member = a_case()
    other, _ = a_case(by=member)
    sent = event("copies", 1)
    said(case, member, sent)
    assert said(case, member, event("groom_sex", "male", id=sent.id)) == ["id-reused"]
    assert said(other, member, sent) == ["id-reused"]
    assert (bare(case), bare(other)) == ({"copies": {"state": "given", "value": 1}}, {})


def test_the_last_event_of_a_question_holds_whoever_made_it_and_both_stay():
    case, member = a_case()
    colleague = make.member(case.ward)
    said(case, member, event("copies", 1))
    said(case, colleague, event("copies", 2, hand="citizen", words="relative"))
    held = answers_of(case).now["copies"]
    assert (held.value, held.by, held.hand, held.words, held.seq) == (
        2,
        colleague.full_name,
        "citizen",
        "relative",
        2,
    )
    assert list(Answer.objects.filter(case=case).order_by("seq").values_list("by", flat=True)) == [
        member.pk, colleague.pk,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (event("nobody", "x"), "unknown-question"),
        (event("groom_name", "12345"), "not_a_name"),
        (event("groom_born", "2025-02-29"), "not_a_day"),
        (event("groom_sex", "other"), "not_in_list"),
        (event("copies", 21), "too_big"),
        (event("copies", 1.0), "not_a_number"),
        (event("copies", True), "not_a_number"),
        (event("copies", None), "not_a_number"),
        (event("groom_phone", "0123"), "not_a_phone"),
        (event("groom_name", state="dont_know"), "not-open"),
        (event("groom_name", "Ân", edition="0" * 64), "other-edition"),
        (event("bride_name", "Lê Thị Út", raw="mật khẩu: abc123"), "secret"),
        (event("line", "mã xác thực là 445566"), "secret"),
        (event("children", [{"name": {"state": "given", "value": "7"}}]), "not_a_name"),
        (event("children", [{"age": {"state": "given", "value": 7}}]), "not_in_list"),
    ],
)
def test_what_is_refused_is_refused_alone_and_by_its_code(sent, code):
    case, member = a_case()
    assert said(case, member, event("copies", 1), sent, event("copies", 2)) == ["applied", code, "applied"]
    assert bare(case) == {"copies": {"state": "given", "value": 2}}


def test_a_refused_row_names_its_place():
    case, member = a_case()
    sent = event(
        "children", [{"name": {"state": "given", "value": "Bé"}}, {"name": {"state": "given", "value": "7"}}]
    )
    assert answer(case, [sent], by=member) == [Outcome(str(sent.id), "refused", "not_a_name", "1.name")]


def test_a_hard_check_between_answers_does_not_refuse_but_the_walk_says_it():
    case, member = a_case()
    assert said(case, member, event("groom_born", "2010-01-01")) == ["applied"]
    flow = walked(case.edition_id, bare(case), today=clock.today())
    assert flow["errors"]["groom_born"] == [{"code": "check", "id": "age", "level": "hard"}]


def test_hidden_answers_are_kept_aside_and_come_back():
    case, member = a_case()
    said(case, member, event("was_married", True), event("divorce_abroad", True))
    said(case, member, event("was_married", False))
    flow = walked(case.edition_id, bare(case), today=clock.today())
    assert ("divorce_abroad" in flow["hidden"], bare(case)["divorce_abroad"]["value"]) == (True, True)
    said(case, member, event("was_married", True))
    assert "divorce_abroad" in walked(case.edition_id, bare(case), today=clock.today())["shown"]


def test_undo_is_another_event_and_goes_back_step_by_step():
    case, member = a_case()
    one, two = event("copies", 1), event("copies", 2)
    said(case, member, one, two)
    assert said(case, member, undo(one.id)) == ["nothing-to-undo"]
    assert (said(case, member, undo(two.id)), bare(case)["copies"]["value"]) == (["applied"], 1)
    assert answers_of(case).now["copies"].source == "undone"
    assert (said(case, member, undo(one.id)), bare(case)) == (["applied"], {})
    assert said(case, member, undo(two.id), undo(new_id())) == ["nothing-to-undo", "nothing-to-undo"]
    assert Answer.objects.filter(case=case).count() == 4


def test_nothing_personal_is_kept_without_consent_and_guidance_goes_on():
    case, member = a_case(consent=False)
    assert said(case, member, event("groom_name", "Ân"), event("copies", 2)) == ["consent-needed", "applied"]
    assert bare(case) == {"copies": {"state": "given", "value": 2}}
    consents(case, member)
    assert said(case, member, event("groom_name", "Ân")) == ["applied"]


def test_no_value_stands_in_clear_in_the_database_or_in_the_journal():
    case, member = a_case()
    said(case, member, event("groom_name", "Nguyễn Văn Ân", raw="nguyễn văn ân ", reason="chị ấy nói"))
    row = Answer.objects.get(case=case)
    for column in (row.value, row.raw, row.reason):
        assert column.startswith("k")
        assert not any(word in column for word in ("Nguy", "ân", "chị"))
    entry = JournalEntry.objects.filter(ward=case.ward_id, verb="case.answers").get()
    assert entry.facts == {
        "questions": ["groom_name"],
        "events": 1,
        "sources": ["typed"],
        "hands": ["member"],
    }
    # No point: screens of the hall do not load anew at every answer.
    assert (entry.subject_id, entry.point_id, first_break(case.ward_id)) == (str(case.pk), None, None)


def test_a_finished_case_takes_no_answer_and_a_stranger_to_the_verb_none_either():
    case, member = a_case()
    with pytest.raises(NotAllowed):
        answer(case, [event("copies", 1)], by=make.member(case.ward, "province_officer"))
    finish(case, by=member, outcome="informed_only", autonomy="together", device="none", account="none")
    with pytest.raises(CaseFinished):
        answer(case, [event("copies", 1)], by=member)
    assert Answer.objects.filter(case=case).count() == 0


def test_a_phone_that_lives_in_the_future_answers_now():
    case, member = a_case()
    now = clock.now()
    with clock.at(now):
        said(
            case,
            member,
            event("copies", 1, at=now + timedelta(days=3)),
            event("copies", 2, at=now - timedelta(hours=1)),
        )
    assert list(Answer.objects.filter(case=case).order_by("seq").values_list("at", flat=True)) == [
        now, now - timedelta(hours=1),
    ]  # fmt: skip


def test_the_database_refuses_to_alter_or_delete_an_answer():
    case, member = a_case()
    said(case, member, event("copies", 1))
    for change in (
        lambda: Answer.objects.filter(case=case).update(state="empty"),
        lambda: Answer.objects.filter(case=case).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert bare(case) == {"copies": {"state": "given", "value": 1}}


def test_an_answer_of_nobody_yet_needs_no_event():
    case, member = a_case(on=edition("9.000002", (question("note", "text", privacy="none"),)))
    assert (answer(case, [], by=member), bare(case)) == ([], {})
    assert not JournalEntry.objects.filter(ward=case.ward_id, verb="case.answers").exists()
    assert said(case, member, Event(new_id(), "note", "given", "Xin chào")) == ["applied"]
