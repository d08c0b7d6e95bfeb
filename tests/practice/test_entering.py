"""The practice portal's forms complain like real ones, and take only invented people."""

from __future__ import annotations

from datetime import date

import pytest

from donghanh.people.rules import read_citizen_id
from donghanh.practice.rules.entering import Entered, entered
from donghanh.practice.rules.invented import (
    PEOPLE,
    NotThePracticeCode,
    check_code,
    is_only_invented,
    practice_code,
)
from donghanh.practice.rules.lessons import card_of, wrong_fields
from tests.practice.marriage import ENTERED, FORM, QUESTIONS, content

pytestmark = pytest.mark.pure
BY_ID = {question.id: question for question in QUESTIONS}


def entering(**changes: str) -> Entered:
    return entered(FORM, {**ENTERED, **changes}, BY_ID)


def test_a_right_form_passes_and_keeps_its_own_fields_only():
    assert entering(csrfmiddlewaretoken="x", other="092096123456") == Entered({**ENTERED, "cam_doan": ""}, {})


@pytest.mark.parametrize(
    ("field", "typed", "complaint"),
    [
        ("ten_a", "", "required"),
        ("ten_a", "   ", "required"),
        ("ten_a", "A" * 61, "too_long"),
        ("sinh_a", "14/03/1996", "not_a_day"),
        ("sinh_a", "2025-02-29", "not_a_day"),
        ("dinh_danh_a", "0920969999", "not_a_number"),
        ("dinh_danh_a", "092096123456", "not_invented"),
        ("dinh_danh_a", "123456789", "not_invented"),
        ("cu_tru_a", "CCCD 092 096 123 456", "not_invented"),
        ("quoc_tich_a", "Việt Nam", "not_in_list"),
        ("lan_dau", "true", "not_in_list"),
        ("so_ban_sao", "ba", "not_a_number"),
        ("dien_thoai", "912345", "not_a_phone"),
        ("dien_thoai", "0912345678", "not_invented"),
        ("cu_tru_a", "gọi +84 912-345-678", "not_invented"),
    ],
)
def test_a_wrong_field_is_named_with_its_fault(field, typed, complaint):
    assert entering(**{field: typed}).complaints == {field: complaint}


def test_a_number_that_may_be_real_is_not_shown_again():
    assert entering(dinh_danh_a="092096123456").values["dinh_danh_a"] == ""


def test_complaints_come_in_the_order_of_the_form():
    assert list(entering(dien_thoai="1", ten_a="", sinh_b="x").complaints) == [
        "ten_a",
        "sinh_b",
        "dien_thoai",
    ]


def test_text_is_tidied_as_everywhere():
    assert entering(ten_a=" TRẦN\u200b  MINH\nKHANG ").values["ten_a"] == "TRẦN MINH KHANG"


def test_the_practice_people_are_invented_beyond_doubt():
    assert len({person.id_number for person in PEOPLE}) == len(PEOPLE)
    for person in PEOPLE:
        read = read_citizen_id(person.id_number, today=date(2026, 11, 24))
        # No province registers 900,000 births of one sex in one year.
        assert int(person.id_number[6:]) > 999_900
        assert (read.sex, read.born_year, read.warnings) == (person.sex, person.born_on.year, ())


@pytest.mark.parametrize(
    "text", ["", "092096999901", "Số 12, hẻm 5", "0900000101", "2026-11-24", "12345678901234"]
)
def test_what_is_no_identity_number_or_an_invented_one_may_stand(text):
    assert is_only_invented(text)


@pytest.mark.parametrize(
    "text",
    [
        "092096999900",
        "092.096.999.900",
        "092-096-999900",
        "số 123456789.",
        "a092096123456b",
        "０９２０９６９９９９００",
        "092 - 096 - 999900",
    ],
)
def test_what_looks_like_a_real_identity_number_may_not(text):
    assert not is_only_invented(text)


def test_only_the_code_on_the_screen_signs_in():
    check_code(f" {practice_code('ab')} ", "ab")
    for typed in ("", "123456", "mat khau", practice_code("ac")):
        with pytest.raises(NotThePracticeCode):
            check_code(typed, "ab")


def test_a_lesson_is_passed_with_what_its_card_says_and_names_what_differs():
    card = card_of(content(), FORM, date(2026, 11, 24))
    assert {line.name: line.value for line in card} == ENTERED
    assert [line.told for line in card][1:4] == ["14/03/1996", "092096999901", "Việt Nam"]
    assert wrong_fields(card, ENTERED) == ()
    assert wrong_fields(card, {**ENTERED, "ten_b": "X", "lan_dau": ""}) == ("ten_b", "lan_dau")
