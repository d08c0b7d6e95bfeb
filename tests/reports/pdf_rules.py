"""Rules of ISO 19005-2 (PDF/A-2, level A) and ISO 14289-1 (PDF/UA-1), read from the raw file by pypdf.

A second opinion beside the checker from the registry: written from the standards' clauses, sharing no code with it.
Each rule gives what is wrong; an empty list is right. The clause stands in front: A = 19005-2, UA = 14289-1.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, BooleanObject, ContentStream, DictionaryObject, NumberObject

Rule = Callable[["Opened"], list[str]]
TRUE = BooleanObject(True)
PAINTS = {
    b"Tj",
    b"TJ",
    b"'",
    b'"',
    b"S",
    b"s",
    b"f",
    b"F",
    b"f*",
    b"B",
    b"B*",
    b"b",
    b"b*",
    b"Do",
    b"sh",
    b"BI",
}


class Opened:
    """A file with the parts the rules look at."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.reader = PdfReader(io.BytesIO(body))
        self.root: Any = self.reader.trailer["/Root"]
        self.xmp = self.root["/Metadata"].get_data().decode("utf-8") if "/Metadata" in self.root else ""
        self.tree: Any = self.root.get("/StructTreeRoot")
        self.elements = list(_elements(self.tree)) if self.tree is not None else []

    def fonts(self) -> Iterator[Any]:
        """Every font of every page, once."""
        seen = set()
        for page in self.reader.pages:
            for name, font in (page.get("/Resources", {}).get("/Font") or {}).items():
                if (name, font.idnum if hasattr(font, "idnum") else id(font)) not in seen:
                    seen.add((name, id(font)))
                    yield font.get_object()


def _elements(element: Any) -> Iterator[Any]:
    for kid in _kids(element):
        if isinstance(kid, DictionaryObject) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    kids = kids.get_object() if kids is not None else []
    return [kid.get_object() for kid in (kids if isinstance(kids, ArrayObject) else [kids])]


def identified(pdf: Opened) -> list[str]:
    """A 6.6.4 and UA 5: the file says which parts it keeps to."""
    wanted = {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
    return [
        f"{name} is not {value}"
        for name, value in wanted.items()
        if not re.search(rf"{name}(?:>|=\"){value}(?:<|\")", pdf.xmp)
    ]


def has_output_intent(pdf: Opened) -> list[str]:
    """A 6.2.3, stricter: colours are fixed by a profile that is inside, whichever are used."""
    intents = [one.get_object() for one in pdf.root.get("/OutputIntents", [])]
    fits = any(one.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in one for one in intents)
    return [] if fits else ["no GTS_PDFA1 output intent with a profile"]


def fonts_inside(pdf: Opened) -> list[str]:
    """A 6.2.11.4.1 and UA 7.21.4.1: every font is in the file."""
    return [str(font["/BaseFont"]) for font in pdf.fonts() if not _font_file(font)]


def letters_known(pdf: Opened) -> list[str]:
    """A 6.2.11.7.2 and UA 7.21.7: every glyph has its letter."""
    return [str(font["/BaseFont"]) for font in pdf.fonts() if "/ToUnicode" not in font]


def _font_file(font: Any) -> bool:
    under = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    described = under.get("/FontDescriptor", {})
    described = described.get_object() if hasattr(described, "get_object") else described
    return any(name in described for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def is_tagged(pdf: Opened) -> list[str]:
    """A 6.7.2.2, 6.7.3 and UA 7.1: marked, with a structure tree that holds a document."""
    wrong = [] if pdf.root.get("/MarkInfo", {}).get("/Marked") == TRUE else ["not marked"]
    return wrong + ([] if pdf.elements else ["no structure"])


def has_language(pdf: Opened) -> list[str]:
    """A 6.7.4 and UA 7.2: the language of the whole."""
    return [] if pdf.root.get("/Lang") else ["no language"]


def shows_title(pdf: Opened) -> list[str]:
    """UA 7.1: a title, and the window shows it."""
    wrong = [] if re.search(r"<dc:title>.*?<rdf:li[^>]*>[^<]+<", pdf.xmp, re.S) else ["no title"]
    shown = pdf.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")
    return wrong + ([] if shown == TRUE else ["the title is not shown"])


def does_nothing(pdf: Opened) -> list[str]:
    """A 6.1.3, 6.4.1 and 6.5.1: not locked, no scripts, no actions, no fields to fill in."""
    found = [name for name in ("/OpenAction", "/AA", "/AcroForm", "/XFA") if name in pdf.root]
    names = pdf.root.get("/Names", {})
    found += ["/JavaScript"] if "/JavaScript" in names else []
    found += ["/Encrypt"] if "/Encrypt" in pdf.reader.trailer else []
    return found + ([] if "/ID" in pdf.reader.trailer else ["no /ID"])


def all_content_marked(pdf: Opened) -> list[str]:
    """UA 7.1: whatever is painted is tagged or an artifact."""
    wrong = []
    for number, page in enumerate(pdf.reader.pages, 1):
        depth = 0
        for _, operator in _operations(pdf, page):
            depth += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(operator, 0)
            if operator in PAINTS and depth <= 0:
                wrong.append(f"page {number}: {operator.decode()} outside")
    return wrong


def tree_agrees(pdf: Opened) -> list[str]:
    """A 6.7.3.4 and UA 7.1: each marked piece has its element in the parent tree, and no other."""
    if pdf.tree is None:
        return ["no structure"]
    numbers = pdf.tree["/ParentTree"].get_object()
    parents = _numbered(numbers)
    wrong = []
    for at, page in enumerate(pdf.reader.pages, 1):
        used = {
            operands[1]["/MCID"]
            for operands, operator in _operations(pdf, page)
            if operator == b"BDC" and isinstance(operands[1], DictionaryObject) and "/MCID" in operands[1]
        }
        known = parents.get(page.get("/StructParents"), [])
        wrong += [f"page {at}: {one}" for one in used if one >= len(known)]
        for one in used:
            if one < len(known) and not _owns(known[one].get_object(), one):
                wrong.append(f"page {at}: {one} belongs to another")
    return wrong


def _numbered(node: Any) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    flat = node.get("/Nums", [])
    for at in range(0, len(flat), 2):
        found[flat[at]] = flat[at + 1].get_object()
    for kid in node.get("/Kids", []):
        found |= _numbered(kid.get_object())
    return found


def _owns(element: Any, mark: int) -> bool:
    kids = element.get("/K")
    kids = kids.get_object() if kids is not None else []
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        one = kid.get_object()
        if (isinstance(one, NumberObject) and one == mark) or (
            isinstance(one, DictionaryObject) and one.get("/MCID") == mark
        ):
            return True
    return False


def headings_in_order(pdf: Opened) -> list[str]:
    """UA 7.4.2: the first heading is of level 1, and no level is left out on the way down."""
    last, wrong = 0, []
    for element in pdf.elements:
        if match := re.fullmatch(r"/H([1-6])", str(element["/S"])):
            level = int(match[1])
            if level > last + 1:
                wrong.append(f"H{level} after H{last}")
            last = level
    return wrong


def tables_have_heads(pdf: Opened) -> list[str]:
    """UA 7.5: every table has head cells, and each says what it heads."""
    wrong = []
    for table in (one for one in pdf.elements if one["/S"] == "/Table"):
        heads = [one for one in _elements(table) if one["/S"] == "/TH"]
        wrong += [] if heads else ["a table without heads"]
        wrong += ["a head without scope" for head in heads if "/Scope" not in str(head.get("/A", ""))]
    return wrong


def pictures_are_said(pdf: Opened) -> list[str]:
    """UA 7.3: every figure has words."""
    figures = [one for one in pdf.elements if one["/S"] == "/Figure"]
    return ["a figure without words" for one in figures if not one.get("/Alt") and not one.get("/ActualText")]


def streams_end_where_told(pdf: Opened) -> list[str]:
    """A 6.1.7.1: /Length is the number of bytes between the line after `stream` and the line of `endstream`."""
    wrong = []
    for match in re.finditer(rb"/Length (\d+)(?! \d+ R)[^>]*>>\s*stream\r?\n", pdf.body):
        end = match.end() + int(match[1])
        if not re.match(rb"\r?\n?endstream", pdf.body[end : end + 12]):
            wrong.append(f"stream at byte {match.start()}")
    return wrong


def _operations(pdf: Opened, page: Any) -> list[tuple[Any, bytes]]:
    return ContentStream(page["/Contents"].get_object(), pdf.reader).operations


RULES: tuple[Rule, ...] = (
    identified, has_output_intent, fonts_inside, letters_known, is_tagged, has_language, shows_title, does_nothing,
    all_content_marked, tree_agrees, headings_in_order, tables_have_heads, pictures_are_said, streams_end_where_told,
)  # fmt: skip


def broken_rules(body: bytes) -> dict[str, list[str]]:
    """What is wrong with a file, by rule; empty when nothing is."""
    pdf = Opened(body)
    found = {rule.__name__: rule(pdf) for rule in RULES}
    return {name: wrong for name, wrong in found.items() if wrong}
