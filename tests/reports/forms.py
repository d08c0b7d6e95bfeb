"""Editions with declaration forms, answers at random, and how a form's paper reads back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.conf import settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from donghanh.catalog.actions.read_pack import read_pack
from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.guidance import Form, Question
from donghanh.reports.documents.declaration import FOOT
from donghanh.reports.rules.declaration import FilledPart, Filling, filled

SIX = ("1.000894", "1.001193", "2.000635", "1.004873", "1.004222", "3.000228")
EDITION = "4 (a1b2c3d4)"
AREAS = {"31153": "Phường Ô Môn, Thành phố Cần Thơ", "01840": "Phường Đức Xuân, Tỉnh Thái Nguyên"}
PLACES = {"ward": "Phường Ô Môn", "province": "Thành phố Cần Thơ"}

# Every Vietnamese letter with its stacked marks, and names of other peoples of the country.
SYLLABLES = st.text(
    "aăâeêioôơuưybcdđghklmnpqrstvxàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
    min_size=1,
    max_size=7,
).map(str.capitalize)
NAMES = st.one_of(
    st.sampled_from(
        ["Nguyễn Thị Ánh Tuyết Đỗ", "H'Hen Niê", "Trần Ễnh Ậu Ữu", "Y Ngông Niê Kdăm", "Lê Thị Ngọc Quỵnh"]
    ),
    st.lists(SYLLABLES, min_size=2, max_size=6).map(" ".join),
)
LINES = st.builds(
    "Số {}/{}, đường {}, khu vực {}, tổ dân phố số {}".format,
    st.integers(1, 999), st.integers(1, 99), NAMES, NAMES, st.integers(1, 20),
)  # fmt: skip
DAYS = st.dates().map(lambda day: day.isoformat()).filter(lambda day: day >= "1900")


@lru_cache
def edition(code: str) -> EditionContent:
    """The shipped pack."""
    return read_pack(settings.PACKS / code)


def form_of(code: str) -> Form:
    """Its declaration form."""
    return next(form for form in edition(code).forms if form.id == "declaration")


def answers(content: EditionContent) -> st.SearchStrategy[dict[str, dict[str, Any]]]:
    """Each question answered, left open or not answered at all."""
    return st.fixed_dictionaries({one.id: _answer(one) for one in content.questions}).map(_given)


def _given(drawn: dict[str, dict[str, Any] | None]) -> dict[str, dict[str, Any]]:
    return {name: answer for name, answer in drawn.items() if answer is not None}


def _answer(question: Question) -> st.SearchStrategy[dict[str, Any] | None]:
    left = [{"state": state} for state in question.allow]
    given = value_of(question).map(lambda value: {"state": "given", "value": value})
    return st.one_of(given, given, given, st.sampled_from([None, {"state": "empty"}, *left]))


def value_of(question: Question) -> st.SearchStrategy[Any]:
    """A value of the question's type."""
    if question.type == "repeat":
        row = st.fixed_dictionaries({one.id: _answer(one) for one in question.fields}).map(_given)
        return st.lists(row, min_size=question.least or 0, max_size=min(question.most or 5, 5))
    if question.type == "choice":
        return st.sampled_from(question.choices)
    if question.type == "choices":
        return st.sets(st.sampled_from(question.choices)).map(
            lambda chosen: [one for one in question.choices if one in chosen]
        )
    simple: dict[str, st.SearchStrategy[Any]] = {
        "name": NAMES, "text": NAMES, "address": LINES, "date": DAYS, "yes_no": st.booleans(),
        "partial_date": st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4])),
        "integer": st.integers(question.least or 0, question.most or 99), "money": st.integers(0, 10**9),
        "phone": st.from_regex("0[35789][0-9]{8}", fullmatch=True),
        "citizen_id": st.from_regex("[0-9]{12}|[0-9]{9}", fullmatch=True),
        "area": st.sampled_from(sorted(AREAS)),
    }  # fmt: skip
    return simple[question.type]


def pieces_of(form: Form, filling: Filling) -> list[str]:
    """All that must stand on the paper, piece by piece in the order it is read."""
    pieces = [
        form.law, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc", form.heading,
    ]  # fmt: skip
    for part in filled(form, filling):
        pieces += _pieces(part)
    return [piece for piece in pieces if piece.strip()]


def _pieces(part: FilledPart) -> Iterator[str]:
    if part.kind == "table":
        yield from part.labels
        for row in part.rows:
            yield from row
    elif part.kind in ("choice", "copies"):
        yield part.labels[0]
        yield from (box.label for box in part.boxes)
        if part.kind == "copies":
            yield from (part.labels[1], *part.values, part.labels[2])
    elif part.kind == "signature":
        yield from ("Làm tại:", ", ngày", "tháng", "năm")
        yield from (word for label in part.labels for word in label.replace(" (", "\n(").split("\n"))
    else:
        for at, label in enumerate(part.labels):
            yield label
            yield from part.values[at : at + 1]


def read(body: bytes) -> PdfReader:
    """The paper opened by another library than the one that made it."""
    return PdfReader(io.BytesIO(body))


def said_by(body: bytes) -> str:
    """All text of the paper, blanks folded, the foot of each page left out."""
    pages = [page.extract_text() for page in read(body).pages]
    foot = re.escape(FOOT.partition("{")[0].strip())
    return " ".join(re.sub(rf"{foot}.*", "", " ".join(page.split())) for page in pages)


def structure(body: bytes) -> list[DictionaryObject]:
    """The elements of the structure tree, in reading order."""
    root = read(body).trailer["/Root"]["/StructTreeRoot"]
    return list(_below(root))


def _below(element: DictionaryObject) -> Iterator[DictionaryObject]:
    kids = element.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        one = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(one, DictionaryObject) and "/S" in one:
            yield one
            yield from _below(one)


def alternatives(body: bytes) -> list[str]:
    """What is said for each picture."""
    return [str(one["/Alt"]) for one in structure(body) if one["/S"] == "/Figure"]
