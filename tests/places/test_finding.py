"""A commune of today is found by its name and by the one it had before July 2025."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest

from donghanh.kernel.journal import House
from donghanh.places.actions.areas import REFERENCE, import_areas, read_reference
from donghanh.places.queries.finding import areas_of, found_areas

DAY = date(2026, 11, 24)


@pytest.fixture
def country():
    """The shipped tables."""
    areas, conversions = read_reference(REFERENCE / "areas.csv", REFERENCE / "conversions.csv")
    import_areas(areas, conversions, by=House())


def named(found):
    """Name, province, and the old name it was found by."""
    return [(one.name, one.province, one.old.name if one.old else "") for one in found]


def test_no_areas_no_answer_and_no_words_no_answer():
    assert (found_areas("Tân An", DAY), found_areas("  . ", DAY), areas_of("31120", DAY)) == ([], [], [])


def test_names_old_and_new_with_and_without_accents_and_shortened(country):
    by_new = found_areas("phuong ninh kieu", DAY)
    assert named(by_new)[0] == ("Phường Ninh Kiều", "Thành phố Cần Thơ", "")
    by_old = found_areas("P. Tân An, Q. Ninh Kiều, TP. Cần Thơ", DAY)
    assert named(by_old) == [("Phường Ninh Kiều", "Thành phố Cần Thơ", "Phường Tân An")]
    assert named(found_areas("tan an ninh kieu", DAY)) == named(by_old)
    assert by_old[0].old.district == "Quận Ninh Kiều"


def test_a_unit_that_was_divided_gives_every_candidate_and_says_which_is_only_a_proposal(country):
    divided = next(
        old
        for code in ("31120", *map(str, range(31117, 32300, 3)))
        for old in [areas_of(code, DAY)]
        if len(old) > 1
    )
    assert {one.old.divided for one in divided} == {True}
    assert [one.is_default for one in divided] == [True, *[False] * (len(divided) - 1)]
    assert len({one.code for one in divided}) == len(divided)


def test_a_code_of_today_and_a_code_of_before_are_both_understood(country):
    (old,) = areas_of("31150", DAY) or areas_of("31135", DAY)
    assert old.name
    assert [one.code for one in areas_of(old.code, DAY)] == [old.code]
    assert (areas_of("00000", DAY), found_areas("zzzz", DAY)) == ([], [])


def test_a_province_narrows_the_search_and_a_long_text_does_no_harm(country):
    assert {one.province_code for one in found_areas("tan an", DAY, province_code="92")} == {"92"}
    assert found_areas("x" * 100_000, DAY) == []
    assert len(found_areas("xa", DAY)) <= 12


def test_the_search_says_how_long_it_takes(country, capsys):
    found_areas("tan an", DAY)
    start = perf_counter()
    for words in ("tan an", "p ninh kieu", "xa tan", "hoa binh ha noi"):
        found_areas(words, DAY)
    with capsys.disabled():
        print(f"\nareas: {(perf_counter() - start) / 4 * 1000:.1f} ms a search")
