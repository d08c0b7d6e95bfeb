"""Values on an official layout: each in its box, smaller or wrapped, else on a sheet added and told to the author."""

from __future__ import annotations

import io
from dataclasses import replace
from hashlib import sha256

import page
import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

from donghanh.catalog.rules.guidance import Form, FormPart, FormValue
from donghanh.reports.documents.overlay import LayoutNotUsable, layout_of, overflowing, overlay_pdf
from donghanh.reports.queries.layouts import layout_file
from donghanh.reports.rules.declaration import Filling
from donghanh.reports.rules.longest import longest_answers
from tests.reports.forms import AREAS, edition, read, value_of
from tests.reports.test_pdf_rules import sound

PACK = "1.000894"
NAME, LINE = (
    "Nguyễn Thị Ánh Tuyết Đỗ",
    "Số 12/34, hẻm 56, đường Trần Hưng Đạo nối dài, khu vực Thới Trinh A, tổ số 7",
)
GIVEN = {
    "a_name": {"state": "given", "value": NAME},
    "a_line": {"state": "given", "value": LINE},
    "a_area": {"state": "given", "value": "31153"},
    "a_id": {"state": "given", "value": "092190001234"},
}
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 210 297'><rect x='20' y='20' width='90' height='6' fill='none' stroke='#000' stroke-width='0.2'/></svg>"


def part(
    *questions: str, box: tuple[int, int, int, int], label: str = "Nhãn:", spelling: str = "plain"
) -> FormPart:
    value = FormValue(questions, spelling, ", ")  # type: ignore[arg-type]
    return FormPart("line", (label,), (value,), box=box)


def form(*parts: FormPart, background: str = "mau.pdf") -> Form:
    return Form("official", "MẪU CHÍNH THỨC", "Mẫu thử", parts, background)


def filling() -> Filling:
    return Filling(edition(PACK), GIVEN, AREAS)


WIDE = form(
    part("a_name", box=(200, 200, 900, 60)),
    part("a_line", "a_area", box=(200, 300, 900, 120), spelling="area"),
    part("a_id", box=(200, 500, 900, 60), spelling="digits"),
    FormPart("note", ("X",), box=(200, 600, 60, 60)),
)


def test_values_stand_in_their_boxes_on_the_layout():
    body = overlay_pdf(WIDE, filling(), layout_of(WIDE, sound()))
    opened = read(body)
    assert len(opened.pages) == 1
    found: dict[str, tuple[float, float]] = {}

    def seen(text: str, page_matrix: list[float], own: list[float], *_: object) -> None:
        a, b, c, d, e, f = page_matrix
        if text.strip():
            place = (own[4] * a + own[5] * c + e, own[4] * b + own[5] * d + f)
            found.setdefault(text.strip(), place)

    opened.pages[0].extract_text(visitor_text=seen)
    said = " ".join(opened.pages[0].extract_text().split())
    assert NAME in said
    assert f"{LINE}, Phường Ô Môn, Thành phố Cần Thơ" in said
    assert "0 9 2 1 9 0 0 0 1 2 3 4" in said or "092190001234" in said
    x, y = next(place for text, place in found.items() if text.startswith("Nguyễn"))
    tenth = 72 / 254
    assert 199 * tenth <= x <= 1100 * tenth
    assert 200 * tenth <= 2970 * tenth - y <= 265 * tenth


def test_what_fits_at_no_size_stands_on_a_sheet_at_the_end():
    narrow = form(
        part("a_line", box=(200, 200, 120, 40), label="Nơi cư trú:"), part("a_name", box=(200, 300, 900, 60))
    )
    body = overlay_pdf(narrow, filling(), layout_of(narrow, sound()))
    pages = [" ".join(one.extract_text().split()) for one in read(body).pages]
    assert len(pages) == 2
    assert "(xem tờ kèm theo)" in pages[0]
    assert LINE not in pages[0]
    assert f"Nơi cư trú: {LINE}" in pages[1]


def test_an_author_hears_which_boxes_are_too_small_for_the_longest_answer():
    small = form(part("a_name", box=(200, 200, 900, 60)), part("a_name", box=(200, 300, 200, 40)))
    assert overflowing(small, edition(PACK), layout_of(small, sound())) == [1]


@pytest.mark.parametrize("code", ["1.000894", "1.001193", "1.004222", "3.000228"])
def test_the_longest_answers_answer_every_question(code):
    content = edition(code)
    made = longest_answers(content)
    assert set(made) == {one.id for one in content.questions}
    assert all(answer["value"] not in ("", [], None) for answer in made.values())
    assert value_of  # the strategy of the same types stands beside it


def test_a_layout_as_svg_keeps_the_paper_archivable():
    drawn = replace(WIDE, background="mau.svg")
    body = overlay_pdf(drawn, filling(), layout_of(drawn, SVG))
    assert page.is_pdf_compliant_bytes(body, profile="2u")
    assert NAME in " ".join(read(body).pages[0].extract_text().split())


def test_fields_to_fill_in_that_the_layout_carried_are_gone():
    writer = PdfWriter(clone_from=io.BytesIO(sound()))
    box = ArrayObject([FloatObject(one) for one in (100, 100, 200, 120)])
    facts = {
        "/Subtype": NameObject("/Widget"),
        "/FT": NameObject("/Tx"),
        "/T": TextStringObject("n"),
        "/Rect": box,
    }
    widget = writer._add_object(DictionaryObject({NameObject(name): value for name, value in facts.items()}))
    writer.pages[0][NameObject("/Annots")] = ArrayObject([widget])
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([widget])}
    )
    buffer = io.BytesIO()
    writer.write(buffer)
    opened = read(overlay_pdf(WIDE, filling(), layout_of(WIDE, buffer.getvalue())))
    assert opened.get_fields() is None
    assert [one.get("/Annots") for one in opened.pages] == [None]


def test_a_layout_of_two_pages_is_printed_whole_and_boxes_count_on():
    writer = PdfWriter()
    for _ in range(2):
        writer.append(io.BytesIO(sound()))
    buffer = io.BytesIO()
    writer.write(buffer)
    second = form(part("a_name", box=(200, 2970 + 200, 900, 60)))
    layout = layout_of(second, buffer.getvalue())
    assert layout.pages == 2
    pages = [one.extract_text() for one in read(overlay_pdf(second, filling(), layout)).pages]
    assert [NAME in " ".join(one.split()) for one in pages] == [False, True]


def test_only_the_file_an_edition_was_made_with_is_its_layout(tmp_path, settings):
    content, _ = edition(PACK), sound()
    settings.PACKS = tmp_path
    folder = tmp_path / PACK / "forms"
    folder.mkdir(parents=True)
    made_with = replace(content, media={"mau.pdf": sha256(sound()).hexdigest()})
    assert layout_file(made_with, WIDE) is None
    (folder / "mau.pdf").write_bytes(sound())
    assert layout_file(made_with, WIDE) == sound()
    assert layout_file(made_with, replace(WIDE, background=None)) is None
    (folder / "mau.pdf").write_bytes(b"another")
    assert layout_file(made_with, WIDE) is None


def test_a_locked_or_damaged_layout_is_refused_in_words():
    writer = PdfWriter(clone_from=io.BytesIO(sound()))
    writer.encrypt("x")
    buffer = io.BytesIO()
    writer.write(buffer)
    for body in (buffer.getvalue(), b"%PDF-1.7 no more"):
        with pytest.raises(LayoutNotUsable):
            layout_of(WIDE, body)
