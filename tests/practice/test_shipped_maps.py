"""Every shipped map to the practice portal makes a form there, and a lesson that can be passed."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings

from donghanh.catalog.actions.read_pack import read_pack
from donghanh.practice.rules.entering import ORIGIN, entered, practice_map
from donghanh.practice.rules.lessons import card_of, wrong_fields
from tests.practice.lay import mapped

pytestmark = pytest.mark.pure


def test_six_procedures_can_be_practised():
    assert len(mapped()) >= 6


@pytest.mark.parametrize("code", mapped())
def test_a_shipped_map_makes_a_form_and_a_lesson(code):
    content = read_pack(settings.PACKS / code)
    form = practice_map(content)
    assert form is not None
    assert (form.origin, form.path, form.form) == (ORIGIN, f"/practice/forms/{code}", "form#e-form")
    assert [read.what for read in form.reads] == ["dossier_code", "due_on"]
    card = card_of(content, form, date(2026, 11, 24))
    values = {line.name: line.value for line in card}
    assert len(card) >= 5
    got = entered(form, values, {question.id: question for question in content.questions})
    assert got.complaints == {}
    assert wrong_fields(card, got.values) == ()
