"""The six declaration forms: archivable, accessible, quick, and every answer reads back as it was given."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256

import page
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donghanh.kernel.text import nfc
from donghanh.reports.documents.declaration import NoSuchForm, declaration_pdf
from donghanh.reports.documents.declaration import form_of as named_form
from donghanh.reports.documents.typesetting import FONTS
from donghanh.reports.queries.filling import filling_from
from donghanh.reports.rules.declaration import Filling, filled
from tests.reports.forms import (
    AREAS,
    EDITION,
    PLACES,
    SIX,
    alternatives,
    answers,
    edition,
    form_of,
    pieces_of,
    read,
    said_by,
    structure,
)
from tests.reports.pdf_rules import broken_rules

TODAY = date(2026, 11, 24)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def printed(code: str, filling: Filling) -> bytes:
    """The form of a pack on paper."""
    return declaration_pdf(form_of(code), filling, EDITION)


def filling(code: str, given_answers: dict) -> Filling:
    """The filling a case would give, with two areas known."""
    return filling_from(edition(code), given_answers, TODAY, PLACES, named=lambda *_: AREAS)


def found_against(body: bytes, profile: str) -> list[tuple[str, str]]:
    """What the checker finds. It takes a compressed stream that ends in a carriage return for one byte shorter than
    told; whether the length is right is then our own rule's to say."""
    failures = [(one.rule_id, one.message) for one in page.validate_pdf_bytes(body, profile=profile).failures]
    if "streams_end_where_told" not in broken_rules(body):
        failures = [one for one in failures if one[0] != "PDFA2A-STREAM-LENGTH-001"]
    return failures


@pytest.mark.parametrize("code", SIX)
@given(drawn=st.data())
@FEW
def test_what_was_answered_reads_back_field_by_field(code, drawn):
    made = filling(code, drawn.draw(answers(edition(code))))
    body = printed(code, made)
    said, at = said_by(body), 0
    for piece in pieces_of(form_of(code), made):
        wanted = " ".join(nfc(piece).split())
        found = said.find(wanted, at)
        assert found >= 0, (wanted, said[at : at + 300])
        assert said[at:found].strip() == "", "nothing stands between that was not put there"
        at = found + len(wanted)
    assert said[at:].strip() == ""
    boxes = [box.is_ticked for part in filled(form_of(code), made) for box in part.boxes]
    assert alternatives(body) == ["đã chọn" if ticked else "không chọn" for ticked in boxes]


@pytest.mark.parametrize("code", SIX)
@given(drawn=st.data())
@settings(FEW, max_examples=5)
def test_an_independent_checker_finds_nothing_against_pdf_a_2a_and_pdf_ua_1(code, drawn):
    body = printed(code, filling(code, drawn.draw(answers(edition(code)))))
    for profile in ("2a", "ua1"):
        assert found_against(body, profile) == []
        assert page.validate_pdf_bytes(body, profile=profile).rules.total > 100
    assert broken_rules(body) == {}


@pytest.mark.parametrize("code", SIX)
def test_an_empty_form_is_there_to_be_filled_by_hand(code):
    body = printed(code, filling(code, {}))
    said = said_by(body)
    assert form_of(code).heading in said
    assert "Phường Ô Môn" in said
    assert set(alternatives(body)) <= {"không chọn"}
    assert found_against(body, "ua1") == []


@pytest.mark.parametrize("code", SIX)
def test_the_same_answers_give_the_same_bytes(code):
    assert printed(code, filling(code, {})) == printed(code, filling(code, {}))


@pytest.mark.parametrize("code", SIX)
def test_nobody_can_take_it_for_a_result(code):
    opened = read(printed(code, filling(code, {})))
    for one in opened.pages:
        said = " ".join(one.extract_text().split())
        assert f"Điền bằng Đồng Hành, bản in từ câu trả lời của người khai. {code}, bản {EDITION}." in said
        assert len(one.images) == 0
        fonts = {str(font.get_object()["/BaseFont"]) for font in one["/Resources"]["/Font"].values()}
        assert all("BeVietnamPro" in font for font in fonts)


@pytest.mark.parametrize("code", SIX)
def test_a_reader_by_ear_finds_title_headings_and_heads_of_columns(code):
    body = printed(code, filling(code, {}))
    kinds = [str(one["/S"]) for one in structure(body)]
    assert kinds.count("/H1") == 1
    heads = [part for part in form_of(code).parts if part.kind == "heading" and part.when is None]
    assert kinds.count("/H2") >= len(heads)
    if any(part.kind == "table" and part.when is None for part in form_of(code).parts):
        assert "/TH" in kinds
    assert read(body).metadata.title == form_of(code).heading


def test_an_edition_without_such_a_form_says_so():
    with pytest.raises(NoSuchForm):
        named_form(Filling(edition("1.000894"), {}), "nothing")


def test_what_is_hidden_is_never_printed():
    hidden = {
        "declarant_is": {"state": "given", "value": "mother"},
        "declarant_name": {"state": "given", "value": "Kẻ Không Được Hỏi"},
        "mother_name": {"state": "given", "value": "Lê Thị Út"},
    }
    said = said_by(printed("1.001193", filling("1.001193", hidden)))
    assert "KẺ KHÔNG ĐƯỢC HỎI" not in said
    assert said.count("LÊ THỊ ÚT") == 2


def test_the_bundled_typeface_is_the_one_that_is_named():
    rows = dict(re.findall(r"\| `([^`]+)` \| `([0-9a-f]{64})` \|", (FONTS / "README.md").read_text("utf-8")))
    files = {
        one.name: sha256(one.read_bytes()).hexdigest() for one in FONTS.iterdir() if one.name != "README.md"
    }
    assert rows == files
