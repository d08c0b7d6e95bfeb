"""Each rule of our own reading of the standards: silent on a sound paper, loud on one broken for it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import page
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from tests.reports.forms import SIX, structure
from tests.reports.pdf_rules import RULES, broken_rules
from tests.reports.test_declarations import filling, printed

Break = Callable[[PdfWriter], None]


@lru_cache
def sound(code: str = "1.000894") -> bytes:
    """A paper with headings, a table and boxes."""
    return printed(code, filling(code, {}))


def edited(change: Break, code: str = "1.000894") -> bytes:
    """The paper after a change to its objects."""
    writer = PdfWriter(clone_from=io.BytesIO(sound(code)))
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _elements(writer: PdfWriter, kind: str) -> list[Any]:
    objects = [writer.get_object(number) for number in range(1, len(writer._objects) + 1)]
    return [one for one in objects if isinstance(one, dict) and one.get("/S") == kind and "/P" in one]


def _fonts(writer: PdfWriter) -> list[Any]:
    return [font.get_object() for font in writer.pages[0]["/Resources"]["/Font"].values()]


def _renamed(kind: str, into: str) -> Break:
    def change(writer: PdfWriter) -> None:
        _elements(writer, kind)[0][NameObject("/S")] = NameObject(into)

    return change


def _without_font_file(writer: PdfWriter) -> None:
    described = _fonts(writer)[0]["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
    for name in ("/FontFile2", "/FontFile3"):
        described.pop(name, None)


def _painted_outside(writer: PdfWriter) -> None:
    more = StreamObject()
    more.set_data(writer.pages[0]["/Contents"].get_object().get_data() + b"\n0 0 20 20 re f\n")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(more)


def _parent_lost(writer: PdfWriter) -> None:
    tree = writer._root_object["/StructTreeRoot"]["/ParentTree"].get_object()
    while "/Nums" not in tree:
        tree = tree["/Kids"][0].get_object()
    tree["/Nums"][1].get_object().pop()


def _dropped(name: str) -> Break:
    return lambda writer: writer._root_object.pop(name) and None


def _unmarked(writer: PdfWriter) -> None:
    writer._root_object["/MarkInfo"].get_object()[NameObject("/Marked")] = BooleanObject(False)


def _acting(writer: PdfWriter) -> None:
    action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('x')")}
    made = DictionaryObject({NameObject(name): value for name, value in action.items()})
    writer._root_object[NameObject("/OpenAction")] = made


def _silent_picture(writer: PdfWriter) -> None:
    _elements(writer, "/Figure")[0].pop("/Alt")


# What the checker from the registry lets pass: the one is our own stricter reading, the other two are gaps of it.
OURS_ALONE = {"has_output_intent", "tree_agrees", "tables_have_heads"}
BREAKS: dict[str, Callable[[], bytes]] = {
    "identified": lambda: sound().replace(b"pdfaid:conformance>A<", b"pdfaid:conformance>B<"),
    "has_output_intent": lambda: edited(_dropped("/OutputIntents")),
    "fonts_inside": lambda: edited(_without_font_file),
    "letters_known": lambda: edited(lambda writer: _fonts(writer)[0].pop("/ToUnicode") and None),
    "is_tagged": lambda: edited(_unmarked),
    "has_language": lambda: edited(_dropped("/Lang")),
    "shows_title": lambda: edited(_dropped("/ViewerPreferences")),
    "does_nothing": lambda: edited(_acting),
    "all_content_marked": lambda: edited(_painted_outside),
    "tree_agrees": lambda: edited(_parent_lost),
    "headings_in_order": lambda: edited(_renamed("/H1", "/H3")),
    "tables_have_heads": lambda: edited(
        lambda writer: [_renamed("/TH", "/TD")(writer) for _ in range(3)] and None
    ),
    "pictures_are_said": lambda: edited(_silent_picture),
    "streams_end_where_told": lambda: re.sub(
        rb"/Length (\d+)(?= */| *>>)",
        lambda m: b"/Length %0*d" % (len(m[1]), int(m[1]) - 3),
        sound(),
        count=1,
    ),
}


@pytest.mark.parametrize("code", SIX)
def test_a_sound_paper_keeps_every_rule(code):
    assert broken_rules(sound(code)) == {}


def test_every_rule_is_broken_once_below():
    assert set(BREAKS) == {rule.__name__ for rule in RULES}


@pytest.mark.parametrize("rule", BREAKS)
def test_a_broken_paper_is_noticed_by_us_and_by_the_independent_checker(rule):
    body = BREAKS[rule]()
    assert body != sound()
    assert rule in broken_rules(body)
    sees = not all(page.is_pdf_compliant_bytes(body, profile=profile) for profile in ("2a", "ua1"))
    assert sees is (rule not in OURS_ALONE)


def test_an_edit_without_harm_breaks_nothing_that_the_edit_did_not_touch():
    assert broken_rules(edited(lambda _: None)) == {}
    assert len(structure(edited(lambda _: None))) == len(structure(sound()))
    assert len(PdfReader(io.BytesIO(sound())).pages) == 1
