"""What can be told from an identity number, a phone number, a name and a birthday."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import donghanh.places
from donghanh.people.rules import (
    BIRTH_PROVINCES,
    CitizenId,
    WrongBirth,
    WrongCitizenId,
    WrongPhone,
    age_band,
    age_on,
    disagreements,
    given_name,
    is_minor,
    masked_number,
    name_key,
    name_order,
    normal_phone,
    read_citizen_id,
)

pytestmark = pytest.mark.pure

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("092158000123", CitizenId("092158000123", "092", "female", 1958)),
        ("001090123456", CitizenId("001090123456", "001", "male", 1990)),
        ("006 201 000 001", CitizenId("006201000001", "006", "male", 2001)),
        ("006-301.000001", CitizenId("006301000001", "006", "female", 2001)),
        ("０９２１５８０００１２３", CitizenId("092158000123", "092", "female", 1958)),
        ("096999000001", CitizenId("096999000001", "096", "female", 2399)),
    ],
)
def test_twelve_digits_tell_province_century_sex_and_year(text: str, read: CitizenId) -> None:
    assert read_citizen_id(text) == read


def test_an_old_number_has_nine_digits_and_tells_nothing() -> None:
    old = read_citizen_id("012 345 678")
    assert (old, old.is_old) == (CitizenId("012345678"), True)


@pytest.mark.parametrize("province", ["097", "023", "000", "999"])
def test_a_province_outside_the_table_is_a_warning_never_a_refusal(province: str) -> None:
    assert read_citizen_id(f"{province}090123456").warnings == ("unknown-province",)


def test_a_year_of_birth_still_to_come_is_a_warning() -> None:
    assert read_citizen_id("092227000001", today=TODAY).warnings == ("born-in-the-future",)
    assert read_citizen_id("092226000001", today=TODAY).warnings == ()


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("", 0),
        ("09215800012", 11),
        ("0921580001234", 13),
        ("09215800012a", 11),
        ("chín hai", 0),
        ("٠٩٢١٥٨٠٠٠١٢٣", 0),
    ],
)
def test_a_wrong_form_is_refused_without_repeating_what_was_typed(text: str, digits: int) -> None:
    with pytest.raises(WrongCitizenId) as refused:
        read_citizen_id(text)
    assert refused.value.facts == {"digits": digits}
    assert len(text) < 2 or text not in str(refused.value)


def test_the_table_of_birth_provinces_is_that_of_the_sixty_three_old_provinces() -> None:
    path = Path(donghanh.places.__file__).parent / "reference" / "areas.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        old = {
            row["code"]
            for row in csv.DictReader(lines)
            if row["kind"] in ("province", "city") and not row["valid_from"]
        }
    assert {f"0{code}" for code in old} == BIRTH_PROVINCES
    assert len(BIRTH_PROVINCES) == 63


@pytest.mark.parametrize(
    ("sex", "born_year", "found"),
    [
        ("female", 1958, ()),
        ("male", 1958, ("sex",)),
        ("female", 1985, ("born-year",)),
        ("male", 1985, ("sex", "born-year")),
        ("unknown", None, ()),
        (None, None, ()),
    ],
)
def test_a_record_that_contradicts_its_number_is_pointed_out(
    sex: str | None, born_year: int | None, found: tuple[str, ...]
) -> None:
    assert disagreements(read_citizen_id("092158000123"), sex, born_year) == found


def test_an_old_number_contradicts_nothing() -> None:
    assert disagreements(read_citizen_id("012345678"), "male", 1958) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0912 345 678", "0912345678"),
        ("+84 912.345.678", "0912345678"),
        ("+84 (0)912-345-678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0841234567", "0841234567"),  # 084 is a mobile prefix of its own
        ("024 3825 1234", "02438251234"),
        ("+84 292 3812 345", "02923812345"),
    ],
)
def test_vietnamese_numbers_get_one_form(text: str, number: str) -> None:
    assert normal_phone(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "0", "091234567", "09123456789", "0112345678", "01234567890", "1900 1234", "+33612345678", "chưa có",
     "113", "0243825123", "84", "+84", "٠٩١٢٣٤٥٦٧٨"],
)  # fmt: skip
def test_nonsense_is_no_phone_number(text: str) -> None:
    with pytest.raises(WrongPhone) as refused:
        normal_phone(text)
    assert set(refused.value.facts) == {"digits"}


@given(st.text(max_size=20))
def test_whatever_is_accepted_is_already_normal(text: str) -> None:
    try:
        number = normal_phone(text)
    except WrongPhone:
        return
    assert normal_phone(number) == number


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_every_number_of_twelve_digits_is_read(digits: str) -> None:
    citizen_id = read_citizen_id(digits)
    assert citizen_id.digits == digits
    assert disagreements(citizen_id, citizen_id.sex, citizen_id.born_year) == ()


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(1958, 11, 24), 68),
        (date(1958, 11, 25), 67),
        (1958, 68),
        (None, None),
        (TODAY, 0),
    ],
)
def test_age_is_counted_in_full_years_or_by_the_year_alone(born: date | int | None, age: int | None) -> None:
    assert age_on(born, TODAY) == age


def test_who_was_born_on_a_leap_day_is_older_from_the_first_of_march() -> None:
    born = date(2008, 2, 29)
    assert [age_on(born, day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [17, 18]


@pytest.mark.parametrize("born", [date(2026, 11, 25), 2027, 1895, date(1895, 1, 1)])
def test_an_impossible_birth_is_refused(born: date | int) -> None:
    with pytest.raises(WrongBirth):
        age_on(born, TODAY)


@pytest.mark.parametrize(
    ("ages", "band"),
    [
        ((0, 15), "0-15"), ((16, 29), "16-29"), ((30, 44), "30-44"), ((45, 59), "45-59"),
        ((60, 69), "60-69"), ((70, 79), "70-79"), ((80, 130), "80+"), ((None, None), "unknown"),
    ],
)  # fmt: skip
def test_each_band_holds_its_first_and_its_last_year(ages: tuple[int | None, int | None], band: str) -> None:
    assert [age_band(age) for age in ages] == [band, band]


@pytest.mark.parametrize(
    ("born", "minor"),
    [
        (date(2010, 11, 24), False),
        (date(2010, 11, 25), True),
        (2010, True),  # may still be 15
        (2009, False),
        (None, None),
    ],
)
def test_a_minor_is_under_sixteen_and_doubt_protects(born: date | int | None, minor: bool | None) -> None:
    assert is_minor(born, TODAY) is minor


def test_names_are_searched_without_accents_and_called_by_the_last_word() -> None:
    assert name_key("  NGUYỄN  Thị Đào ") == "nguyen thi dao"
    assert (given_name("Nguyễn Thị Đào "), given_name("Lan"), given_name("")) == ("Đào", "Lan", "")


def test_people_are_listed_by_given_name() -> None:
    names = ["Trần Văn Bình", "Lê Thị Ánh", "Phạm An", "Nguyễn Văn An"]
    assert sorted(names, key=name_order) == ["Nguyễn Văn An", "Phạm An", "Lê Thị Ánh", "Trần Văn Bình"]


def test_a_masked_number_shows_its_last_three_digits() -> None:
    assert masked_number("092158000123") == "•••••••••123"
