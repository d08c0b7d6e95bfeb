"""Ids that sort by birth, text in one form, keys without accents, masks."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from donghanh.kernel.ids import new_id
from donghanh.kernel.text import masked, nfc, search_key

pytestmark = pytest.mark.pure


def test_ids_are_version_7_distinct_and_sorted_by_birth():
    born = [new_id() for _ in range(2000)]
    assert all(isinstance(one, UUID) and one.version == 7 for one in born)
    assert born == sorted(set(born))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Lê   Thị\tÚt \n", "Lê Thị Út"),
        ("Le\u0302 Thi\u0323 U\u0301t", "Lê Thị Út"),
        ("", ""),
        ("\u00a0Ô\u00a0Môn", "Ô Môn"),
    ],
)
def test_text_has_one_form(typed, kept):
    assert nfc(typed) == kept


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nguyễn Thị Đào", "nguyen thi dao"),
        ("NGUYỄN THỊ ĐÀO", "nguyen thi dao"),
        ("Nguyê\u0303n Thi\u0323 Đa\u0300o", "nguyen thi dao"),
        ("Đặng Ước Ưởng", "dang uoc uong"),
        ("đăng ký kết hôn", "dang ky ket hon"),
        ("Y Ngọc Êban", "y ngoc eban"),
    ],
)
def test_a_search_key_has_no_accents(text, key):
    assert search_key(text) == key


@given(some.text())
def test_a_search_key_of_a_key_is_itself(text):
    assert search_key(search_key(text)) == search_key(text)


@given(some.text())
def test_one_form_is_kept_by_forming_again(text):
    assert nfc(nfc(text)) == nfc(text)


@pytest.mark.parametrize(
    ("text", "shown", "seen"),
    [
        ("092199000123", 3, "•••••••••123"),
        ("092199000123", 0, "••••••••••••"),
        ("123", 3, "•••"),
        ("", 3, ""),
    ],
)
def test_a_mask_shows_the_end_only(text, shown, seen):
    assert masked(text, shown=shown) == seen
