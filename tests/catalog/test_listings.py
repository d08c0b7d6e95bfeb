"""words.yaml and needs.yaml are read strictly: every problem with its place and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from donghanh.catalog.actions.lint_listings import listing_problems
from donghanh.catalog.actions.read_needs import read_needs
from donghanh.catalog.actions.read_words import read_words
from donghanh.catalog.actions.strict_tree import WrongListing
from donghanh.catalog.rules.content import LANGUAGES

pytestmark = pytest.mark.pure

WORDS = """\
format: 1
empty: [tôi]
same: {khai sanh: khai sinh}
said:
  "1.001193": [khai sinh]
"""
NEEDS = """\
format: 1
sources:
  - {id: notes, title: Notes, checked: 2026-11, confidence: H}
needs:
  - id: birth
    pictogram: birth
    name: {vi: Sinh, fr: Naissance, en: Birth}
    hint: {vi: Sinh, fr: Naissance, en: Birth}
    procedures:
      - {code: "1.001193", turn: first, source: notes, why: {vi: a, fr: b, en: c}}
      - {name: {vi: d, fr: e, en: f}, turn: if, source: notes, why: {vi: a, fr: b, en: c}}
"""


def problems_of(folder: Path, name: str, written: str) -> list[str]:
    """What the reader says about this file."""
    (folder / name).write_text(written, "utf-8")
    read = read_words if name == "words.yaml" else read_needs
    try:
        read(folder)
    except WrongListing as refused:
        return [str(problem) for problem in refused.problems]
    return []


def test_the_sound_files_are_read_whole(tmp_path: Path):
    assert problems_of(tmp_path, "words.yaml", WORDS) == []
    assert problems_of(tmp_path, "needs.yaml", NEEDS) == []
    words, needs = read_words(tmp_path), read_needs(tmp_path)
    assert (words.empty, words.same, words.said) == (
        frozenset({"toi"}), (("khai sanh", "khai sinh"),), {"1.001193": ("khai sinh",)},
    )  # fmt: skip
    assert [(part.code, part.turn, part.why["en"], part.name) for part in needs[0].parts] == [
        ("1.001193", "first", "c", None),
        (None, "if", "c", {"vi": "d", "fr": "e", "en": "f"}),
    ]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("format: 1", "format: 2", ["words.yaml:1:9: format: “2” is not known here; write one of 1"]),
        ("empty:", "emptty:", [
            "words.yaml:1:1: key “empty” is missing; add “empty:” here",
            "words.yaml:2:1: unknown key “emptty”; known here are format, empty, same, said",
        ]),
        ("[tôi]", "[tôi ơi]", ["words.yaml:2:9: “tôi ơi” is not one word; write one word an item"]),
        ("[tôi]", "tôi", ["words.yaml:2:8: empty must be a list; begin each item with “- ”"]),
        ("khai sanh: khai sinh", "khai sinh: khai sinh", [
            "words.yaml:3:8: “khai sinh” means itself; remove the line"]),
        ("khai sanh: khai sinh", "khai sanh: [a]", [
            "words.yaml:3:19: what “khai sanh” means must be a text; write it behind the colon on the same line"]),
        ("khai sanh:", "'?':", ["words.yaml:3:8: “?” holds no word; write what people say before the colon"]),
        ('"1.001193"', "birth", [
            "words.yaml:5:3: “birth” is no procedure; write a code like 1.000894, in quotes, or svc.name"]),
        ("[khai sinh]", "[khai sinh, khai sinh]", [
            "words.yaml:5:27: “khai sinh” stands twice for 1.001193; keep one; the first is on line 5"]),
        ("[khai sinh]", "['']", ["words.yaml:5:16: a phrase is empty; write it, or remove the line"]),
        ("[tôi]", "&a [tôi]", ["words.yaml:2:8: anchor “&a” is not allowed; remove it"]),
    ],
)  # fmt: skip
def test_wrong_words_are_refused_with_place_and_advice(
    tmp_path: Path, was: str, becomes: str, said: list[str]
):
    assert was in WORDS
    assert problems_of(tmp_path, "words.yaml", WORDS.replace(was, becomes, 1)) == said


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("checked: 2026-11", "checked: 2026", ["needs.yaml:3:40: “2026” is not a month; write it like 2026-11"]),
        ("pictogram: birth", "pictogram: baby", [
            "needs.yaml:6:16: pictogram: “baby” is not known here; write one of birth, marriage, death, moving, id,"
            " insurance, phone, paper, signature, health, social, business, other"]),
        ("turn: first", "turn: 1st", [
            "needs.yaml:10:34: turn: “1st” is not known here; write one of first, then, if"]),
        ('code: "1.001193"', 'code: "1.1"', [
            "needs.yaml:10:16: “1.1” is no procedure; write a code like 1.000894, in quotes, or svc.name"]),
        ('code: "1.001193", ', "", [
            "needs.yaml:10:9: either a code or a name; a procedure has “code:”, what is done elsewhere has “name:”"]),
        ("source: notes, why: {vi: a", "source: note, why: {vi: a", [
            "needs.yaml:10:49: there is no source “note”; known are notes"]),
        ("why: {vi: a, fr: b, en: c}", "why: {vi: a, fr: b}", [
            "needs.yaml:10:61: key “en” is missing; add “en:” here"]),
        ("id: birth", "id: Birth", [
            "needs.yaml:5:9: “Birth” is no id; use small letters, digits and _, a letter first"]),
        ("name: {vi: d, fr: e, en: f}", 'code: "1.001193"', [
            "needs.yaml:5:5: procedure 1.001193 stands twice in one need; keep one"]),
    ],
)  # fmt: skip
def test_wrong_needs_are_refused_with_place_and_advice(
    tmp_path: Path, was: str, becomes: str, said: list[str]
):
    assert was in NEEDS
    assert problems_of(tmp_path, "needs.yaml", NEEDS.replace(was, becomes, 1)) == said


def test_lint_refuses_codes_of_which_there_is_no_pack(tmp_path: Path):
    problems_of(tmp_path, "words.yaml", WORDS)
    problems_of(tmp_path, "needs.yaml", NEEDS)
    (tmp_path / "1.001194").mkdir()
    assert [str(problem) for problem in listing_problems(tmp_path)] == [
        "words.yaml:5:3: there is no pack “1.001193”; did you mean “1.001194”?",
        "needs.yaml:10:16: there is no pack “1.001193”; did you mean “1.001194”?",
    ]
    (tmp_path / "1.001193").mkdir()
    assert listing_problems(tmp_path) == []


def test_a_missing_and_a_broken_file_are_said_plainly(tmp_path: Path):
    with pytest.raises(WrongListing, match=r"words\.yaml:1:1: the file cannot be opened"):
        read_words(tmp_path)
    (tmp_path / "words.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(WrongListing, match=r"words\.yaml:1:1: the file is not UTF-8"):
        read_words(tmp_path)


def test_the_shipped_needs_name_shipped_procedures_in_every_language():
    needs = read_needs(settings.PACKS)
    assert len(needs) >= 12
    parts = [part for need in needs for part in need.parts]
    assert [part.code for part in parts if part.code and not (settings.PACKS / part.code).is_dir()] == []
    assert {language for part in parts for language in part.why} == set(LANGUAGES)
    first = {need.id: [part.turn for part in need.parts].count("first") for need in needs}
    assert {name: count for name, count in first.items() if count > 1} == {}
