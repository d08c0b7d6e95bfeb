"""A declaration on the official layout a ward has: each value in its box, smaller or wrapped, else on a sheet added.

The layout is a PDF or, better, an SVG of the pack's forms folder. typst takes a PDF's pages as pictures, so fields to
fill in that it carried are gone; but it then makes no archivable file (PDF 1.7). With an SVG it is PDF/A-2u. The
accessible paper is our own layout: on a picture of a form the labels cannot be heard.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.guidance import Form
from donghanh.kernel.errors import Refusal
from donghanh.reports.documents.typesetting import FOLDER, compiler
from donghanh.reports.rules.declaration import FilledPart, Filling, filled
from donghanh.reports.rules.longest import longest_answers

MOST_PAGES = 20
SEE_MORE = "(xem tờ kèm theo)"
MORE_TITLE = "Tờ kèm theo: nội dung dài hơn chỗ trên mẫu"


class LayoutNotUsable(Refusal):
    """The official layout of a form cannot be read: locked, damaged, or no PDF or SVG."""

    message = "The layout of the form “{form}” cannot be used: {reason}"


@dataclass(frozen=True, slots=True)
class Layout:
    """An official layout as bytes, with its number of pages."""

    form: str
    body: bytes
    is_svg: bool
    pages: int


def layout_of(form: Form, body: bytes) -> Layout:
    """The layout of a form, looked through once. Raises LayoutNotUsable."""
    if str(form.background).lower().endswith(".svg"):
        return Layout(form.id, body, True, 1)
    number = 1
    while number <= MOST_PAGES:
        try:
            _compiled(Layout(form.id, body, False, number), _facts(form, [], number, []))
        except typst.TypstError as refused:
            if number == 1:
                raise LayoutNotUsable(form=form.id, reason=refused.message) from refused
            break
        number += 1
    return Layout(form.id, body, False, number - 1)


def overlay_pdf(form: Form, filling: Filling, layout: Layout) -> bytes:
    """The layout with the answers on it; what does not fit stands on a sheet at the end."""
    parts = filled(form, filling)
    values = list(_values(parts))
    over = _overflow(form, layout, values)
    more = [{"label": " ".join(parts[at].labels), "text": _text(parts[at])} for at in over]
    made: bytes = _compiled(layout, _facts(form, values, layout.pages, more))
    return made


def overflowing(form: Form, content: EditionContent, layout: Layout) -> list[int]:
    """The parts, by place in the form, whose longest answer fits its box at no size. For an author's check."""
    parts = filled(form, Filling(content, longest_answers(content), areas=_LongAreas()))
    return _overflow(form, layout, list(_values(parts)))


class _LongAreas(dict[str, str]):
    """Every area under the longest name a commune and its province have together."""

    def get(self, key: str, default: Any = None) -> Any:
        return "Xã Nguyễn Nghiêm Trung Hưng, Thành phố Hồ Chí Minh"


def _values(parts: list[FilledPart]) -> Iterable[dict[str, Any]]:
    for number, part in enumerate(parts):
        text = _text(part)
        if part.box is not None and text:
            digits = any(part.digits) and text.isdigit()
            yield {"part": number, "text": text, "digits": digits, "box": list(part.box)}


def _text(part: FilledPart) -> str:
    if part.kind == "note":
        return " ".join(part.labels)
    if part.rows:
        return "; ".join(", ".join(cell for cell in row if cell) for row in part.rows if any(row))
    return " ".join(value for value in part.values if value)


def _facts(
    form: Form, values: list[dict[str, Any]], pages: int, more: list[dict[str, str]]
) -> dict[str, Any]:
    return {
        "title": form.heading, "law": form.law, "values": values, "pages": pages, "more": more,
        "see_more": SEE_MORE, "more_title": MORE_TITLE, "svg": "",
    }  # fmt: skip


def _overflow(form: Form, layout: Layout, values: list[dict[str, Any]]) -> list[int]:
    with _Desk(layout) as desk:
        desk.compile(_facts(form, values, layout.pages, []))
        return [int(one) for one in json.loads(desk.compiler.query("<overflow>", field="value"))]


def _compiled(layout: Layout, facts: dict[str, Any]) -> Any:
    with _Desk(layout) as desk:
        return desk.compile(facts)


class _Desk:
    """A folder that holds the template and the layout for as long as it takes. No answer is written there."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.compiler = compiler("overlay")

    def __enter__(self) -> _Desk:
        self._folder = tempfile.TemporaryDirectory()
        self._root = Path(self._folder.name)
        shutil.copy(FOLDER / "overlay.typ", self._root / "overlay.typ")
        if not self.layout.is_svg:
            (self._root / "background.pdf").write_bytes(self.layout.body)
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def compile(self, facts: dict[str, Any]) -> Any:
        svg = self.layout.body.decode() if self.layout.is_svg else ""
        return self.compiler.compile(
            input=str(self._root / "overlay.typ"),
            root=str(self._root),
            format="pdf",
            sys_inputs={"form": json.dumps({**facts, "svg": svg}, ensure_ascii=False)},
            pdf_standards=["a-2u"] if self.layout.is_svg else [],
            timestamp=0,
        )
