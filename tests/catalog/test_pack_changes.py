"""What differs between two editions: every piece by its id, and what becomes of answers given."""

from __future__ import annotations

import shutil
from dataclasses import fields, replace
from pathlib import Path

import pytest
from django.conf import settings

from donghanh.catalog.actions.read_pack import read_pack
from donghanh.catalog.rules import EditionContent
from donghanh.catalog.rules.changes import Change, changes

pytestmark = pytest.mark.pure

BASE = Path(__file__).with_name("broken") / "base"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> EditionContent:
    """The sound pack as an edition."""
    folder = tmp_path_factory.mktemp("packs") / "1.000001"
    return read_pack(shutil.copytree(BASE, folder))


def asked(edition: EditionContent, name: str, **facts: object) -> EditionContent:
    """The edition with one question altered."""
    questions = tuple(replace(q, **facts) if q.id == name else q for q in edition.questions)  # type: ignore[arg-type]
    return replace(edition, questions=questions)


def test_an_edition_does_not_differ_from_itself(edition):
    assert changes(edition, edition) == []


def test_a_question_added_is_asked_and_one_removed_is_kept_aside(edition):
    fewer = replace(edition, questions=edition.questions[:-1])
    assert changes(edition, fewer) == [Change("removed", "questions.copies", "integer", None, "drop")]
    assert changes(fewer, edition) == [Change("added", "questions.copies", None, "integer", "ask_new")]


def test_a_changed_type_is_asked_again_whatever_else_changed(edition):
    new = asked(edition, "copies", type="text", least=None, most=None)
    assert changes(edition, new) == [
        Change("type_changed", "questions.copies", "integer", "text", "ask_again")
    ]


def test_only_who_gave_a_removed_choice_is_asked_again(edition):
    new = asked(edition, "ended", choices=("divorced", "annulled", "not_ended"))
    assert changes(edition, new) == [
        Change("choice_removed", "questions.ended", "widowed", None, "ask_if", choices=("widowed",)),
        Change("choice_added", "questions.ended", None, "annulled", "keep", choices=("annulled",)),
    ]


def test_choices_in_another_order_are_told_and_the_answer_stays(edition):
    was = next(one for one in edition.questions if one.id == "ended").choices
    first, *others = was
    new = asked(edition, "ended", choices=(*others, first))
    assert changes(edition, new) == [
        Change("moved", f"questions.ended.choices.{first}", "1", str(len(was)), "keep")
    ]


def test_a_question_that_moved_keeps_its_answer_and_only_it_moved(edition):
    first, *others = edition.questions
    new = replace(edition, questions=(*others, first))
    assert changes(edition, new) == [Change("moved", "questions.bride_name", "1", "8", "keep")]


def test_rules_of_a_question_change_one_by_one_with_their_words(edition):
    question = next(q for q in edition.questions if q.id == "groom_born")
    assert question.checks[0].must.text == "age_on(groom_born, today) >= 20"
    new = asked(edition, "groom_born", required=False, checks=(replace(question.checks[0], level="soft"),))
    assert changes(edition, new) == [
        Change("rule_changed", "questions.groom_born.required", "yes", "no", "keep"),
        Change(
            "rule_changed",
            "questions.groom_born.checks.age",
            "must: age_on(groom_born, today) >= 20, level: hard, fact: record 2026-07 H",
            "must: age_on(groom_born, today) >= 20, level: soft, fact: record 2026-07 H",
            "keep",
        ),
    ]


def test_a_field_of_a_repeat_is_a_question_of_its_repeat(edition):
    children = next(q for q in edition.questions if q.id == "children")
    new = asked(edition, "children", fields=children.fields[:1])
    found = changes(edition, new)
    assert found == [Change("removed", "questions.children.fields.born", "date", None, "drop")]
    assert found[0].question == "children"


def test_papers_fees_rules_and_limits_change_without_touching_an_answer(edition):
    dearer = tuple(replace(fee, amount=9000) if fee.id == "copy" else fee for fee in edition.fees)
    new = replace(
        edition,
        papers=edition.papers[:2],
        fees=dearer,
        time_limit=replace(edition.time_limit, days=5),
        eligibility=(replace(edition.eligibility[0], referral=None),),
    )
    said = [(c.kind, c.where, c.effect) for c in changes(edition, new)]
    assert said == [
        ("removed", "papers.ruling", "look_again"),
        ("fee_changed", "fees.copy", "look_again"),
        ("rule_changed", "eligibility.free", "look_again"),
        ("limit_changed", "time_limit", "look_again"),
    ]
    fee = next(c for c in changes(edition, new) if c.where == "fees.copy")
    assert [fee.old, fee.new] == [
        f"channels: online, kind: amount, amount: {amount}, fact: record 2026-07 H,"
        " valid_from: 2026-01-01, valid_to: 2026-12-31, per: copy"
        for amount in (8000, 9000)
    ]


def test_a_text_changes_in_its_language(edition):
    french = {**edition.texts["fr"], "questions.copies.label": "Combien ?"}
    new = replace(edition, texts={**edition.texts, "fr": french})
    assert changes(edition, new) == [
        Change(
            "text_changed",
            "questions.copies.label",
            "Combien de copies ?",
            "Combien ?",
            "keep",
            language="fr",
        )
    ]


def test_steps_and_maps_of_portals_are_compared_too(edition):
    portal = edition.portal_maps[0]
    new = replace(
        edition,
        steps=(*edition.steps[1:4], edition.steps[0], *edition.steps[4:]),
        portal_maps=(replace(portal, path="/practice/forms/new", fields=portal.fields[:2]),),
    )
    assert [(c.kind, c.where, c.new) for c in changes(edition, new)] == [
        ("moved", "steps.look", "4"),
        ("removed", "portal_maps.practice.ly_do", None),
        ("portal_changed", "portal_maps.practice.path", "/practice/forms/new"),
    ]


def test_the_words_of_a_new_question_are_not_told_apart_from_it(edition):
    fewer = {
        language: {key: one for key, one in texts.items() if not key.startswith("questions.copies.")}
        for language, texts in edition.texts.items()
    }
    older = replace(edition, questions=edition.questions[:-1], texts=fewer)
    assert changes(older, edition) == [Change("added", "questions.copies", None, "integer", "ask_new")]


OTHER = read_pack(Path(settings.PACKS) / "1.000894")


@pytest.mark.parametrize("name", [field.name for field in fields(EditionContent) if field.name != "id"])
def test_no_part_of_an_edition_changes_unseen(edition, name):
    new = replace(edition, **{name: getattr(OTHER, name)})
    assert (changes(edition, new) == []) == (getattr(edition, name) == getattr(OTHER, name))
