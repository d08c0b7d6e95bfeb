"""A case ends on the edition it began on; moved on request, it loses no answer and can go back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from donghanh.cases.actions.ending import finish
from donghanh.cases.actions.rebasing import SameEdition, rebase, undo_rebase
from donghanh.cases.models import Answer, Case
from donghanh.cases.queries.answers import answers_of
from donghanh.cases.rules import CaseFinished, NeverKept
from donghanh.catalog.queries import edition_mark, walked
from donghanh.kernel import clock
from donghanh.kernel.errors import NotFound
from donghanh.kernel.models import JournalEntry
from tests import make
from tests.cases.answering import a_case, bare, event, said
from tests.cases.editions import edition, marriage_questions, question


def later_questions():
    """One gone, one of another type, one without a choice, a new one; the rest the same in another order."""
    by_id = {one.id: one for one in marriage_questions()}
    del by_id["bride_name"]
    by_id["copies"] = question("copies", "text")
    by_id["groom_sex"] = replace(by_id["groom_sex"], choices=("female",))
    by_id["witness"] = question("witness", "name")
    return tuple(by_id.values())


def answered_case():
    """A case on the first edition with answers, and the second edition published since."""
    first = edition("9.000010")
    case, member = a_case(on=first)
    said(
        case, member, event("groom_name", "Lê Văn Tám"), event("bride_name", "Trần Thị Bé"),
        event("copies", 2), event("groom_sex", "male"), event("was_married", state="dont_know"),
    )  # fmt: skip
    second = edition("9.000010", later_questions())
    return case, member, first, second


def test_a_case_begun_on_edition_one_ends_on_edition_one_while_edition_two_is_published():
    case, member, first, second = answered_case()
    assert (case.edition_id, second.procedure.current_id) == (first.pk, second.pk)
    assert said(case, member, event("bride_name", "Trần Thị Ba")) == ["applied"]
    finish(case, by=member, outcome="informed_only", autonomy="together", device="none", account="none")
    assert Case.objects.get(pk=case.pk).edition_id == first.pk
    assert set(Answer.objects.filter(case=case).values_list("edition_hash", flat=True)) == {
        edition_mark(first.pk)[1]
    }


def test_a_rebase_keeps_what_fits_asks_again_what_does_not_and_shows_the_old_value():
    case, member, first, second = answered_case()
    rebase(case, second, by=member, why="Mẫu mới")
    answers = answers_of(case)
    assert answers.bare == {
        "groom_name": {"state": "given", "value": "Lê Văn Tám"}, "was_married": {"state": "dont_know"},
    }  # fmt: skip
    assert {name: one.value for name, one in answers.old.items()} == {"copies": 2, "groom_sex": "male"}
    assert {name: one.value for name, one in answers.aside.items()} == {"bride_name": "Trần Thị Bé"}
    assert "witness" in walked(case.edition_id, answers.bare, today=clock.today())["shown"]
    entry = JournalEntry.objects.get(ward=case.ward_id, verb="case.rebase")
    assert (entry.by_id, entry.facts) == (
        str(member.pk),
        {
            "from": edition_mark(first.pk)[1], "to": edition_mark(second.pk)[1], "kept": 2,
            "again": ["copies", "groom_sex"], "aside": ["bride_name"],
        },
    )  # fmt: skip


def test_undoing_a_rebase_brings_every_answer_back_once():
    case, member, first, second = answered_case()
    before = bare(case)
    rebase(case, second, by=member)
    said(case, member, event("witness", "Ông Tư"))
    undo_rebase(case, by=member)
    assert (case.edition_id, bare(case)) == (first.pk, before)
    assert list(answers_of(case).aside) == ["witness"]
    with pytest.raises(NotFound):
        undo_rebase(case, by=member)
    rebase(case, second, by=member)
    assert answers_of(case).now["witness"].value == "Ông Tư"


def test_an_answer_given_anew_after_a_rebase_holds_and_the_old_edition_s_event_is_refused():
    case, member, first, second = answered_case()
    rebase(case, second, by=member)
    assert said(case, member, event("copies", "hai"), event("copies", 4, edition=edition_mark(first.pk)[1])) == [
        "applied", "other-edition",
    ]  # fmt: skip
    assert (bare(case)["copies"], "copies" in answers_of(case).old) == (
        {"state": "given", "value": "hai"},
        False,
    )


def test_what_a_rebase_refuses():
    case, member, first, second = answered_case()
    with pytest.raises(SameEdition):
        rebase(case, first, by=member)
    with pytest.raises(NotFound):
        rebase(case, edition("9.000011"), by=member)
    with pytest.raises(NeverKept):
        rebase(case, second, by=member, why="mật khẩu là abc123")
    finish(
        case, by=make.member(case.ward), outcome="gave_up", autonomy="together", device="none", account="none"
    )
    case.refresh_from_db()
    with pytest.raises(CaseFinished):
        rebase(case, second, by=member)
    assert Case.objects.get(pk=case.pk).edition_id == first.pk


def test_choices_that_stand_in_another_order_in_the_new_edition_stay_answered():
    helped = question("helped", "choices", choices=("rice", "money", "school"))
    child = question("children", "repeat", fields=(helped,), most=5)
    case, member = a_case(on=edition("9.000012", (helped, child)))
    row = {"helped": {"state": "given", "value": ["rice", "school"]}}
    said(case, member, event("helped", ["rice", "school"]), event("children", [row]))
    turned = replace(helped, choices=("school", "money", "rice"))
    second = edition("9.000012", (turned, replace(child, fields=(turned,))))
    rebase(case, second, by=member)
    answers = bare(case)
    assert answers == {
        "helped": {"state": "given", "value": ["school", "rice"]},
        "children": {
            "state": "given",
            "value": [{"helped": {"state": "given", "value": ["school", "rice"]}}],
        },
    }
    assert walked(second.pk, answers, today=clock.today())["errors"] == {}
