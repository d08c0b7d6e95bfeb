"""The country's units: what the reference files hold, what a bad file is told, how an old unit converts."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import donghanh.places
from donghanh.kernel.text import search_key
from donghanh.places.rules.areas import (
    SINCE_ALWAYS,
    AreaRow,
    BadReferenceFile,
    Candidates,
    ConversionRow,
    UnknownOldCode,
    convert,
    lines_of,
    read_areas,
    read_conversions,
    same_name,
)

pytestmark = pytest.mark.pure

REFERENCE = Path(donghanh.places.__file__).parent / "reference"
TODAY = date(2026, 11, 24)
MERGER = date(2025, 7, 1)
DONG_NAI = date(2026, 4, 30)
BEFORE = date(2025, 6, 30)
AREA_HEAD = "code,kind,name,parent,district,valid_from,valid_to\n"
CONVERSION_HEAD = "old_code,new_code,is_default,partial\n"


@cache
def areas() -> tuple[AreaRow, ...]:
    raw = (REFERENCE / "areas.csv").read_bytes()
    return tuple(read_areas(lines_of(raw, "areas.csv"), "areas.csv"))


@cache
def conversions() -> tuple[ConversionRow, ...]:
    raw = (REFERENCE / "conversions.csv").read_bytes()
    return tuple(read_conversions(lines_of(raw, "conversions.csv"), "conversions.csv", areas()))


def on(day: date) -> dict[str, AreaRow]:
    return {row.code: row for row in areas() if row.holds_on(day)}


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        (BEFORE, {"province": 57, "city": 6, "commune": 7692, "ward": 1726, "township": 617, "district": 5}),
        (MERGER, {"province": 28, "city": 6, "commune": 2621, "ward": 687, "special": 13}),
        (date(2026, 4, 29), {"province": 28, "city": 6, "commune": 2621, "ward": 687, "special": 13}),
        (DONG_NAI, {"province": 27, "city": 7, "commune": 2611, "ward": 697, "special": 13}),
        (TODAY, {"province": 27, "city": 7, "commune": 2611, "ward": 697, "special": 13}),
    ],
)
def test_the_country_has_its_official_number_of_units_on_each_day(day: date, kinds: dict[str, int]) -> None:
    assert Counter(row.kind for row in on(day).values()) == kinds


def test_three_provinces_have_their_official_number_of_communes() -> None:
    communes = Counter(row.parent for row in on(TODAY).values())
    assert (communes["92"], communes["19"], communes["75"]) == (103, 92, 95)


def test_seven_cities_are_under_central_government_today() -> None:
    assert {row.name for row in on(TODAY).values() if row.kind == "city"} == {
        f"Thành phố {name}"
        for name in ("Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Đồng Nai", "Hồ Chí Minh", "Cần Thơ")
    }


@pytest.mark.parametrize(
    ("code", "name", "province", "formed_from"),
    [
        ("31153", "Phường Ô Môn", "Thành phố Cần Thơ", {"31153", "31154", "31159", "31267"}),
        ("01840", "Phường Đức Xuân", "Tỉnh Thái Nguyên", {"01834", "01840", "01846"}),
        ("01843", "Phường Bắc Kạn", "Tỉnh Thái Nguyên", {"01837", "01843", "01852", "01855"}),
    ],
)
def test_the_seed_wards_stand_in_their_province_and_know_what_they_were_formed_from(
    code: str, name: str, province: str, formed_from: set[str]
) -> None:
    units = on(TODAY)
    assert (units[code].name, units[units[code].parent].name) == (name, province)
    assert {row.old_code for row in conversions() if row.new_code == code} == formed_from


def test_one_code_names_another_unit_before_the_merger() -> None:
    old, new = on(BEFORE)["31153"], on(TODAY)["31153"]
    assert old == AreaRow("31153", "ward", "Phường Châu Văn Liêm", "92", "Quận Ô Môn", SINCE_ALWAYS, MERGER)
    assert new == AreaRow("31153", "ward", "Phường Ô Môn", "92", "", MERGER, None)


def test_dong_nai_becomes_a_city_and_ten_communes_become_wards_under_their_codes() -> None:
    day_before, day_of = on(date(2026, 4, 29)), on(DONG_NAI)
    assert (day_before["75"].name, day_of["75"].name) == ("Tỉnh Đồng Nai", "Thành phố Đồng Nai")
    changed = {
        code: day_of[code].name for code in day_of if day_of[code] != day_before[code] and code != "75"
    }
    assert changed == {
        "25270": "Phường Lộc Ninh", "25357": "Phường Tân Khai", "25363": "Phường Đồng Phú",
        "26116": "Phường Tân Phú", "26170": "Phường Trị An", "26248": "Phường Trảng Bom",
        "26326": "Phường Dầu Giây", "26368": "Phường Long Thành", "26425": "Phường Xuân Lộc",
        "26485": "Phường Nhơn Trạch",
    }  # fmt: skip
    assert all(day_before[code].kind == "commune" for code in changed)


def test_island_districts_keep_their_district_code_because_they_had_no_commune() -> None:
    islands = {row.code: row.name for row in areas() if row.kind == "district"}
    assert islands == {
        "318": "Huyện Bạch Long Vĩ", "471": "Huyện Cồn Cỏ", "498": "Huyện Hoàng Sa",
        "536": "Huyện Lý Sơn", "755": "Huyện Côn Đảo",
    }  # fmt: skip
    assert on(TODAY)[convert("755", conversions()).default].name == "Đặc khu Côn Đảo"


def test_sixteen_communes_of_today_share_their_unaccented_name_with_a_neighbour() -> None:
    namesakes = defaultdict(set)
    for row in on(TODAY).values():
        namesakes[row.parent, search_key(row.name)].add(row.name)
    doubled = [names for names in namesakes.values() if len(names) > 1]
    assert (sum(map(len, doubled)), {"Xã Ba Tơ", "Xã Ba Tô"} in doubled) == (16, True)


def test_the_doubtful_code_of_ba_che_is_kept_as_in_the_base_table() -> None:
    assert (on(TODAY)["06970"].name, "06978" in on(TODAY)) == ("Xã Ba Chẽ", False)


def test_every_old_unit_converts_and_every_new_commune_is_reached() -> None:
    assert {row.old_code for row in conversions()} == set(on(BEFORE))
    assert {row.new_code for row in conversions()} == set(on(MERGER))
    provinces = [row for row in conversions() if len(row.old_code) == 2]
    whole = [row for row in conversions() if len(row.old_code) > 2 and not row.partial]
    partial = [row for row in conversions() if row.partial]
    counts = (len(provinces), len(whole), len(partial), len({row.old_code for row in partial}))
    assert counts == (63, 9598, 973, 442)


def test_no_conversion_leads_out_of_the_province_the_old_one_went_to() -> None:
    old, new = on(BEFORE), on(MERGER)
    province = {row.old_code: row.new_code for row in conversions() if len(row.old_code) == 2}
    strays = [
        row
        for row in conversions()
        if len(row.old_code) > 2 and province[old[row.old_code].parent] != new[row.new_code].parent
    ]
    assert strays == []


def test_a_commune_is_not_converted_to_where_its_namesake_went() -> None:
    # Xã Phú Tân of Hậu Giang was taken for the one of Sóc Trăng, and the reverse.
    assert convert("31379", conversions()) == Candidates("31379", "31378", ("31378",))
    assert convert("31582", conversions()) == Candidates("31582", "31582", ("31582",))
    assert convert("28252", conversions()).codes == ("28249",)  # Phường 4, Mỹ Tho: not Cao Lãnh


def test_a_divided_commune_shows_every_candidate_and_only_proposes_one() -> None:
    assert convert("31178", conversions()) == Candidates("31178", "31168", ("31168", "31120"))
    assert convert("31178", conversions()).divided
    assert not convert("31154", conversions()).divided


def test_an_unknown_old_code_is_refused_by_name() -> None:
    with pytest.raises(UnknownOldCode) as refused:
        convert("99999", conversions())
    assert refused.value.facts == {"code": "99999"}


def test_files_are_sorted_and_composed() -> None:
    for name, level in (("areas.csv", 5), ("conversions.csv", 2)):
        text = (REFERENCE / name).read_text(encoding="utf-8")
        rows = [line.split(",") for line in text.splitlines()[1:]]
        keys = [(len(row[0]) != 2, row[0], row[level] if level == 5 else row[1]) for row in rows]
        assert (keys == sorted(keys), unicodedata.normalize("NFC", text) == text) == (True, True)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Xã Thuận Hoà", "Xã Thuận Hòa", True),
        ("Phường Phú Thuỷ", "phường phú thủy", True),
        ("Xã Ea H’Leo", "Xã Ea H'Leo", True),
        (unicodedata.normalize("NFD", "Phường Ô Môn"), "Phường Ô Môn", True),
        ("Xã Ba Tơ", "Xã Ba Tô", False),
        ("Xã Sơn Hà", "Xã Sơn Hạ", False),
        ("Xã Đông Hà", "Xã Dông Hà", False),
    ],
)
def test_names_are_the_same_wherever_the_tone_is_written_but_never_without_it(
    a: str, b: str, same: bool
) -> None:
    assert same_name(a, b) is same


@given(st.sampled_from(range(13469)), st.sampled_from(["NFC", "NFD"]))
def test_a_name_is_the_same_as_itself_in_any_form(index: int, form: str) -> None:
    name = areas()[index].name
    assert same_name(name, unicodedata.normalize(form, name.upper()))  # type: ignore[arg-type]


GOOD_AREA = "92,city,Thành phố Cần Thơ,,,2025-07-01,\n"
WARD = "31153,ward,Phường Ô Môn,92,,2025-07-01,\n"


@pytest.mark.parametrize(
    ("rows", "line", "column", "problem"),
    [
        ("", 2, "", "the file has no rows."),
        (GOOD_AREA + "31153,ward\n", 3, "", "2 fields instead of 7."),
        ('92,city,"Thành phố Cần Thơ,,,2025-07-01,\n', 2, "", "not a CSV line (unexpected end of data)."),
        (GOOD_AREA + WARD.replace("ward", "village"), 3, "kind", "unknown kind “village”."),
        (GOOD_AREA + WARD.replace("31153", "1840"), 3, "code", "“1840” is not a code of 5 digits."),
        (GOOD_AREA + WARD.replace("31153", "３1153"), 3, "code", "“３1153” is not a code of 5 digits."),
        (GOOD_AREA + WARD.replace(",92,", ",9,"), 3, "parent", "“9” is not a code of 2 digits."),
        (GOOD_AREA.replace("Thơ,,", "Thơ,01,"), 2, "parent", "a province has no parent."),
        (GOOD_AREA + WARD.replace("Ô", "O\u0302"), 3, "name", "the text is not in the form NFC."),
        (GOOD_AREA + WARD.replace("Ô Môn", "Ô  Môn"), 3, "name", "there are blanks too many."),
        (GOOD_AREA + WARD.replace("Phường", "Xã"), 3, "name", "a ward is not called “Xã Ô Môn”."),
        (GOOD_AREA + WARD.replace("2025-07-01", "1/7/2025"), 3, "valid_from", "“1/7/2025” is not a day."),
        (GOOD_AREA + WARD.replace("2025-07-01", "2025-02-30"), 3, "valid_from", "“2025-02-30” is not a day."),
        (
            GOOD_AREA + WARD.replace("01,\n", "01,2025-07-01\n"),
            3, "valid_to", "the row ends on 2025-07-01 and begins on 2025-07-01.",
        ),
        (GOOD_AREA + WARD * 2, 4, "valid_from", "31153 stands already on line 3 with the same first day."),
        (
            GOOD_AREA + WARD + WARD.replace("2025", "2026"),
            4, "valid_from", "31153 begins before its row on line 3 ends.",
        ),
        (
            GOOD_AREA + WARD.replace("01,\n", "01,2026-05-01\n") + WARD.replace("2025-07-01", "2026-04-30"),
            4, "valid_from", "31153 begins before its row on line 3 ends.",
        ),
        (
            GOOD_AREA + WARD.replace(",92,", ",93,"),
            3, "parent", "the province 93 does not exist during the whole life of 31153.",
        ),
        (
            GOOD_AREA.replace("01,\n", "01,2026-04-30\n") + WARD,
            3, "parent", "the province 92 does not exist during the whole life of 31153.",
        ),
    ],
)  # fmt: skip
def test_a_bad_area_line_is_refused_with_file_line_and_remedy(
    rows: str, line: int, column: str, problem: str
) -> None:
    with pytest.raises(BadReferenceFile) as refused:
        read_areas((AREA_HEAD + rows).splitlines(keepends=True), "areas.csv")
    facts = refused.value.facts
    assert (facts["file"], facts["line"], facts["column"], facts["problem"]) == (
        "areas.csv", line, column, problem,
    )  # fmt: skip
    assert str(refused.value).startswith(f"areas.csv, line {line}")
    assert facts["remedy"].endswith((".", "valid_to", "2025-07-01"))


def test_a_wrong_heading_is_refused_before_any_row() -> None:
    with pytest.raises(BadReferenceFile) as refused:
        read_areas(["code,name\n", WARD], "areas.csv")
    assert str(refused.value) == (
        "areas.csv, line 1: the heading is not the expected one. "
        "Write: code,kind,name,parent,district,valid_from,valid_to"
    )


def test_a_file_that_is_not_utf8_is_refused_with_its_line() -> None:
    with pytest.raises(BadReferenceFile) as refused:
        lines_of(AREA_HEAD.encode() + "Cần Thơ".encode("utf-16-le"), "areas.csv")
    assert str(refused.value) == "areas.csv, line 2: is not UTF-8. Save the file as UTF-8."


def test_a_province_renamed_half_way_still_covers_its_communes() -> None:
    renamed = GOOD_AREA.replace("01,\n", "01,2026-04-30\n") + GOOD_AREA.replace("2025-07-01", "2026-04-30")
    rows = read_areas((AREA_HEAD + renamed + WARD).splitlines(keepends=True), "areas.csv")
    assert [row.code for row in rows] == ["92", "92", "31153"]


@pytest.mark.parametrize(
    ("rows", "line", "column", "problem"),
    [
        ("31154,153,1,0\n", 2, "new_code", "“153” is not a code of 5 digits."),
        ("3115,31153,1,0\n", 2, "old_code", "“3115” is not a code of 5 digits."),
        ("06,01840,1,0\n", 2, "new_code", "“01840” is not a code of 2 digits."),
        ("31154,31153,yes,0\n", 2, "is_default", "“yes” is neither 0 nor 1."),
        ("31154,31153,1,0\n31154,31153,1,0\n", 3, "new_code", "31154 → 31153 stands there twice."),
        ("31154,31153,0,0\n", 2, "is_default", "31154 has no single default."),
        ("31154,31153,1,1\n31154,31120,1,1\n", 2, "is_default", "31154 has no single default."),
        (
            "31154,31153,1,1\n",
            2, "partial", "31154 is marked partial without being divided, or divided without being marked.",
        ),
        ("31154,99999,1,0\n", 2, "new_code", "no such unit as 99999 in the area file."),
        ("99999,31153,1,0\n", 2, "old_code", "no such unit as 99999 in the area file."),
    ],
)  # fmt: skip
def test_a_bad_conversion_line_is_refused_with_file_line_and_remedy(
    rows: str, line: int, column: str, problem: str
) -> None:
    with pytest.raises(BadReferenceFile) as refused:
        read_conversions((CONVERSION_HEAD + rows).splitlines(keepends=True), "conversions.csv", areas())
    facts = refused.value.facts
    assert (facts["file"], facts["line"], facts["column"], facts["problem"]) == (
        "conversions.csv", line, column, problem,
    )  # fmt: skip


@given(st.text())
def test_no_text_whatever_makes_the_reader_stumble(text: str) -> None:
    with suppress(BadReferenceFile):
        read_areas((AREA_HEAD + text).splitlines(keepends=True), "areas.csv")
