"""Official layouts of a pack: the longest answer must fit its box. It takes the typesetter, so only lint asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from donghanh.catalog.actions.lint_pack import Linted, is_pack, lint
from donghanh.catalog.actions.pack_draft import Draft
from donghanh.catalog.actions.pack_yaml import Problem
from donghanh.catalog.actions.read_pack import inside_folder, look_through
from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.guidance import Form
from donghanh.reports.documents.overlay import LayoutNotUsable, layout_of, overflowing


def lint_whole(path: Path, today: date) -> Linted:
    """Lint a pack or a folder of packs, the official layouts of sound packs included."""
    found = lint(path, today)
    errors = list(found.errors)
    clean = []
    for content in found.contents:
        pack = path if is_pack(path) else path / content.id
        wrong = _layout_problems(pack, content)
        errors += wrong if is_pack(path) else [inside_folder(pack.name, problem) for problem in wrong]
        clean += [] if wrong else [content]
    return Linted(tuple(sorted(errors)), found.warnings, tuple(clean))


def _layout_problems(pack: Path, content: EditionContent) -> list[Problem]:
    forms = [form for form in content.forms if form.background]
    draft = look_through(pack).draft if forms else None
    if draft is None:
        return []
    return [problem for form in forms for problem in _of_form(pack, draft, form, content)]


def _of_form(pack: Path, draft: Draft, form: Form, content: EditionContent) -> Iterator[Problem]:
    file = f"forms/{form.id}.yaml"
    try:
        layout = layout_of(form, (pack / "forms" / str(form.background)).read_bytes())
        parts = overflowing(form, content, layout)
    except LayoutNotUsable as refused:
        spot = draft.spot("background", file=file)
        yield Problem(spot, str(refused), "save the layout again as an open PDF", "layout")
        return
    for place in parts:
        spot = draft.spot("parts", place, "box", file=file)
        yield Problem(spot, "the longest answer does not fit this box", "make the box larger", "overflow")
