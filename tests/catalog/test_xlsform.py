"""Spreadsheets of wards: what is in common goes both ways unharmed, everything else is refused by row."""

from __future__ import annotations

import io
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from donghanh.catalog.actions.read_pack import read_pack
from donghanh.catalog.actions.xlsform import WrongSheet, import_xlsform, read_xlsform, write_xlsform
from donghanh.catalog.rules.content import LANGUAGES, EditionContent
from donghanh.catalog.rules.guidance import Question
from donghanh.catalog.rules.xls_logic import Node, OneSidedLogic, from_cel, from_xpath, to_cel, to_xpath

KINDS = {"age": "integer", "own": "yes_no", "home": "choice", "wants": "choices", "day": "date"}
PAIRS = [
    ("age > 1 && home == 'flat'", "${age} > 1 and ${home} = 'flat'"),
    ("own", "${own} = 'yes'"),
    ("!own", "${own} = 'no'"),
    ("!(age > 1 || own) && 'x' in wants", "not(${age} > 1 or ${own} = 'yes') and selected(${wants}, 'x')"),
    ("day <= today", "${day} <= today()"),
    ("!('x' in wants)", "not(selected(${wants}, 'x'))"),
    ("(age == 1 || home != 'y') && own", "(${age} = 1 or ${home} != 'y') and ${own} = 'yes'"),
]


@pytest.mark.parametrize(("cel", "xpath"), PAIRS)
def test_a_condition_says_the_same_in_both_spellings(cel, xpath):
    assert to_xpath(from_cel(cel, KINDS), KINDS) == xpath
    assert to_cel(from_xpath(xpath, KINDS), KINDS) == cel


def test_selected_of_one_choice_is_a_comparison_and_a_dot_is_the_question_itself():
    assert to_cel(from_xpath("selected(${home}, 'flat')", KINDS), KINDS) == "home == 'flat'"
    assert to_cel(from_xpath("${own} != 'no'", KINDS), KINDS) == "own"
    assert to_cel(from_xpath(". >= 3 or . = 0", KINDS, "age"), KINDS) == "age >= 3 || age == 0"
    assert to_xpath(from_cel("age >= 3", KINDS), KINDS, "age") == ". >= 3"


@pytest.mark.parametrize(
    "written",
    [
        "age_on(day, today) >= 20", "st.age == 'given'", "age", "age >", "(age > 1", "age > 1)", "nobody == 1", "[1]",
        "age > 1 &&", "size(wants) > 1",
    ],
)  # fmt: skip
def test_what_a_sheet_cannot_say_is_refused(written):
    with pytest.raises(OneSidedLogic):
        from_cel(written, KINDS)


@pytest.mark.parametrize(
    "written",
    [
        "count(${age}) > 1",
        "${nobody} = 1",
        "${age}",
        "jr:choice-name(${home}, 'x')",
        "${age} > 1 and",
        "../age = 1",
    ],
)
def test_what_a_pack_cannot_say_is_refused(written):
    with pytest.raises(OneSidedLogic):
        from_xpath(written, KINDS)


def _leaves() -> st.SearchStrategy[Node]:
    def compared(name: str, other: st.SearchStrategy[Node], signs: str) -> st.SearchStrategy[Node]:
        return st.builds(
            lambda sign, right: Node("compare", (Node("name", (), name), right), sign),
            st.sampled_from(signs.split()), other,
        )  # fmt: skip

    numbers = st.integers(-99, 99).map(lambda one: Node("number", (), str(one)))
    words = st.sampled_from(["flat", "x_1"]).map(lambda one: Node("text", (), one))
    return st.one_of(
        compared("age", numbers, "= != < > <= >="),
        compared("home", words, "= !="),
        compared("day", st.just(Node("today")), "< >="),
        st.just(Node("name", (), "own")),
        words.map(lambda one: Node("selected", (Node("name", (), "wants"), one))),
    )


TREES = st.recursive(
    _leaves(),
    lambda inner: st.one_of(
        st.lists(inner.filter(lambda one: one.kind != "and"), min_size=2, max_size=3).map(
            lambda parts: Node("and", tuple(parts))
        ),
        st.lists(inner.filter(lambda one: one.kind != "or"), min_size=2, max_size=3).map(
            lambda parts: Node("or", tuple(parts))
        ),
        inner.map(lambda one: Node("not", (one,))),
    ),
    max_leaves=8,
)


@given(TREES)
def test_any_condition_in_common_goes_both_ways(tree):
    assert from_cel(to_cel(tree, KINDS), KINDS) == tree
    assert from_xpath(to_xpath(tree, KINDS), KINDS) == tree


def _packs_with_questions() -> list[str]:
    folders = [path.parent for path in sorted(settings.PACKS.glob("*/pack.yaml"))]
    return [path.name for path in folders if "\nquestions:" in (path / "pack.yaml").read_text("utf-8")]


def _as_pack_writes(question: Question) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": question.id, "type": question.type, "required": question.required, "purpose": question.purpose,
        "privacy": question.privacy,
    }  # fmt: skip
    for key in ("least", "most", "longest", "earliest", "latest", "pattern", "role", "key"):
        if (value := getattr(question, key)) is not None:
            plain[key] = value
    if question.when:
        plain["when"] = question.when.text
    if question.allow:
        plain["allow"] = list(question.allow)
    if question.choices:
        plain["choices"] = list(question.choices)
    if question.checks:
        plain["checks"] = [
            {"id": one.id, "must": one.must.text, "level": one.level}
            | ({"source": one.fact.source} if one.fact and one.fact.source else {})
            for one in question.checks
        ]
    if question.fields:
        plain["fields"] = [_as_pack_writes(one) for one in question.fields]
    return plain


def _question_texts(content: EditionContent) -> dict[str, dict[str, str]]:
    return {
        language: {key: said for key, said in content.texts[language].items() if key.startswith("questions.")}
        for language in LANGUAGES
    }


@pytest.mark.parametrize("code", _packs_with_questions())
def test_the_questions_of_a_shipped_pack_come_back_whole(code):
    content = read_pack(settings.PACKS / code)
    body, lost = write_xlsform(content)
    form = read_xlsform(body)
    assert form.questions == [_as_pack_writes(one) for one in content.questions]
    read = {
        one: {k: v for k, v in form.texts[one].items() if k.startswith("questions.")} for one in LANGUAGES
    }
    second = {
        f"questions.{one.id}.checks.{check.id}" for one in content.questions for check in one.checks[1:]
    }
    assert read == {
        one: {key: said for key, said in texts.items() if key not in second}
        for one, texts in _question_texts(content).items()
    }
    asked = [step.ask for step in content.steps if step.kind == "ask"]
    assert [tuple(step["ask"]) for step in form.steps if step["kind"] == "ask"] == asked
    assert all(": " in one for one in lost)


def sheet(**sheets: list[list[Any]]) -> bytes:
    """A workbook as another program writes it."""
    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        made = book.create_sheet(name)
        for line in lines:
            made.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


HEADS = [
    "type",
    "name",
    "label::Tiếng Việt (vi)",
    "label::en",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
]
CHOICES = [
    ["list_name", "name", "label::vi", "label::en"],
    ["yn", "yes", "Có", "Yes"], ["yn", "no", "Không", "No"],
    ["sex", "male", "Nam", "Male"], ["sex", "female", "Nữ", "Female"],
]  # fmt: skip
WARDS_OWN = [
    HEADS,
    ["begin_group", "who", "Hỏi về ông bà", "About you"],
    ["text", "name", "Họ và tên", "Name", "Như trên thẻ", "yes", None, "string-length(.) <= 60"],
    [
        "integer",
        "age",
        "Bao nhiêu tuổi",
        "Age",
        None,
        True,
        None,
        ". >= 0 and . <= 120 and . != 13",
        "Xem lại tuổi",
    ],
    ["select_one yn", "own", "Nhà riêng?", "Own home?"],
    [
        "date",
        "moved",
        "Ngày chuyển đến",
        "Moved in on",
        None,
        "no",
        "${own} = 'yes' and ${age} > 17",
        ". <= today()",
    ],
    ["begin_repeat", "kids", "Các con", "Children"],
    ["select_one sex", "sex", "Nam hay nữ", "Sex", None, "yes"],
    ["end_repeat"],
    ["end_group"],
    ["note", "thanks", "Cảm ơn", "Thank you"],
]


def test_a_ward_s_own_sheet_becomes_questions():
    form = read_xlsform(sheet(survey=WARDS_OWN, choices=CHOICES, settings=[["form_title"], ["Hỏi thăm"]]))
    base = {"required": True, "purpose": "register", "privacy": "basic"}
    assert form.questions == [
        {**base, "id": "name", "type": "text", "longest": 60},
        {**base, "id": "age", "type": "integer", "least": 0, "most": 120,
         "checks": [{"id": "constraint", "must": "age != 13", "level": "hard"}]},
        {**base, "id": "own", "type": "yes_no", "required": False},
        {**base, "id": "moved", "type": "date", "required": False, "when": "own && age > 17", "latest": "today"},
        {**base, "id": "kids", "type": "repeat", "required": False,
         "fields": [{**base, "id": "sex", "type": "choice", "choices": ["male", "female"]}]},
    ]  # fmt: skip
    assert form.title == "Hỏi thăm"
    assert [(one["id"], one["kind"], one.get("ask")) for one in form.steps] == [
        ("who", "ask", ["name", "age", "own", "moved", "kids"]), ("thanks", "explain", None),
    ]  # fmt: skip
    assert form.texts["vi"]["questions.name.hint"] == "Như trên thẻ"
    assert form.texts["vi"]["questions.age.checks.constraint"] == "Xem lại tuổi"
    assert form.texts["en"]["questions.kids.fields.sex.choices.female"] == "Female"


WRONG = [
    (["image", "card", "Ảnh"], "survey:3: type “image” is not understood; a card or paper is never photographed; leave the row out"),
    (["decimal", "many", "Bao nhiêu"], "survey:3: type “decimal” is not understood; use integer; money is whole đồng"),
    (["text", "Họ tên", "Họ tên"], "survey:3: name “Họ tên” is no id; use small letters, digits and _, beginning with a letter"),
    (["select_one towns", "town", "Ở đâu"], "survey:3: there is no list “towns”; add it to the sheet choices"),
    (["select_one sex or_other", "sex", "Giới"], "survey:3: “or_other” is not understood; add the choice “other” to the list"),
    (["text", "a", "A", "A", None, "maybe"], "survey:3: required “maybe” is not understood; write yes or no"),
    (["text", "a", "A", "A", None, None, "${b} = 1"], "survey:3: “b” is not understood here; name a question of this sheet, a number or a text in quotes"),
    (["text", "a", "A", "A", None, None, "count(${x}) > 1"], "survey:3: “count” is not understood here; name a question of this sheet, a number or a text in quotes"),
    (["begin_group", "again", "Nữa"], "survey:3: begin_group inside a group or repeat; close that one first"),
    (["text", "a", "A", *[None] * 6, "many"], "survey:3: dh_longest “many” is no whole number; write digits alone"),
    (["text", "a", "A", *[None] * 7, "hard"], "survey:3: dh_checks is not understood; write “id | hard | condition”, one a line"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "problem"), WRONG)
def test_a_row_that_is_not_understood_is_refused_by_its_place(row, problem):
    body = sheet(
        survey=[
            [*HEADS, "dh_longest", "dh_checks"],
            ["begin_group", "who", "Ai", "Who"],
            row,
            ["text", "last", "Cuối", "Last"],
            ["end_group"],
        ],
        choices=CHOICES,
    )
    with pytest.raises(WrongSheet) as refused:
        read_xlsform(body)
    assert problem in [str(one) for one in refused.value.problems]


def test_a_column_or_a_sheet_that_is_not_understood_is_refused_too():
    group = [["begin_group", "who", "Ai"], ["text", "a", "A", "x", "y"], ["end_group"]]
    with pytest.raises(WrongSheet) as refused:
        read_xlsform(sheet(survey=[["type", "name", "label", "label::Deutsch (de)", "calculation"], *group]))
    assert [str(one) for one in refused.value.problems] == [
        "survey:1: column “calculation” is not understood; leave it out",
        "survey:1: language of “label::Deutsch (de)” is not understood; use ::vi, ::fr or ::en",
    ]
    for body, what in (
        (b"no workbook", "workbook:1: this is no workbook; save it as .xlsx"),
        (sheet(survey=[["type", "name"]], entities=[]), "entities:1: this sheet is not understood; keep only survey, choices, settings"),
        (sheet(other=[]), "workbook:1: there is no sheet “survey” (but other); name it survey"),
        (sheet(survey=[["type", "name"], *[["note", f"n{i}"] for i in range(2000)]]),
         "survey:1: more than 2000 rows or 60 columns; cut it into several forms"),
        (sheet(survey=[["type", *[f"c{i}" for i in range(60)]]]),
         "survey:1: more than 2000 rows or 60 columns; cut it into several forms"),
        (sheet(survey=[["type", "name"]]), "survey:1: there is no question; add rows with type, name and label"),
    ):  # fmt: skip
        with pytest.raises(WrongSheet) as refused:
            read_xlsform(body)
        assert [str(one) for one in refused.value.problems] == [what]


def test_a_condition_rewritten_in_the_sheet_counts_and_one_of_ours_comes_back_as_it_was():
    heads = ["type", "name", "label", "relevant", "dh_when"]
    group = ["begin_group", "who", "Ai"]
    own = ["select_one yn", "own", "Nhà riêng?"]
    asked = [
        ["text", "kept", "A", "${own} = 'yes'", "own"],
        ["text", "rewritten", "B", "${own} = 'no'", "own"],
        ["text", "ours", "C", None, "age_on(born, today) >= 18"],
        ["text", "spaced", "D", "not( ${own}='yes' )", "!own"],
    ]
    later = [
        ["begin_group", "later", "Sau", None, "st.own == 'dont_know'"],
        ["text", "why", "E"],
        ["end_group"],
    ]
    form = read_xlsform(sheet(survey=[heads, group, own, *asked, ["end_group"], *later], choices=CHOICES))
    assert {one["id"]: one.get("when") for one in form.questions} == {
        "own": None, "kept": "own", "rewritten": "!own", "ours": "age_on(born, today) >= 18", "spaced": "!own",
        "why": None,
    }  # fmt: skip
    assert [one.get("when") for one in form.steps] == [None, "st.own == 'dont_know'"]


def test_a_list_without_names_is_refused_by_its_row():
    survey = [
        ["type", "name", "label"],
        ["begin_group", "who", "Ai"],
        ["select_one sex", "a", "A"],
        ["end_group"],
    ]
    with pytest.raises(WrongSheet) as refused:
        read_xlsform(sheet(survey=survey, choices=[["list_name", "label"], ["sex", "Nam"]]))
    assert [str(one) for one in refused.value.problems] == [
        "choices:2: choice “” is no id; use small letters, digits and _, beginning with a letter"
    ]


def test_an_imported_sheet_stands_in_the_pack_beside_what_was_there(tmp_path: Path):
    folder = tmp_path / "svc.scam-advice"
    shutil.copytree(settings.PACKS / "svc.scam-advice", folder)
    before = (folder / "pack.yaml").read_text("utf-8")
    import_xlsform(sheet(survey=WARDS_OWN, choices=CHOICES), folder)
    after = (folder / "pack.yaml").read_text("utf-8")
    assert "id: moved" in after
    assert before.splitlines()[0] == after.splitlines()[0], "comments stay"
    with pytest.raises(WrongSheet):
        import_xlsform(sheet(survey=WARDS_OWN, choices=CHOICES), folder)


def test_a_formula_in_a_pack_s_words_stays_words():
    content = read_pack(settings.PACKS / "1.000894")
    texts = {**content.texts["vi"], "questions.a_name.label": "=HYPERLINK(1)"}
    nasty = EditionContent(**{**_shallow(content), "texts": {**content.texts, "vi": texts}})
    form = read_xlsform(write_xlsform(nasty)[0])
    assert form.texts["vi"]["questions.a_name.label"] == "=HYPERLINK(1)"


def _shallow(content: EditionContent) -> dict[str, Any]:
    return {name: getattr(content, name) for name in asdict(content)}
