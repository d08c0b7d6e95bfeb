"""A spreadsheet that a ward has becomes the questions of a pack, and a pack's questions a spreadsheet."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.xls_rows import Rows, rows_of
from donghanh.catalog.rules.xlsform import ReadForm, SheetProblem, read_rows
from donghanh.kernel.errors import Refusal
from donghanh.kernel.text import nfc

SHEETS = ("survey", "choices", "settings")
MOST_UNFOLDED = 50_000_000
MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 5_000_000, 2_000, 60
SHOWN = 50


class WrongSheet(Refusal):
    """The spreadsheet is not understood whole, so nothing of it was taken. `problems` lists each as sheet:row."""

    message = "The spreadsheet has problems: {problems}"

    def __init__(self, problems: Sequence[SheetProblem]) -> None:
        self.problems = list(problems)
        super().__init__(problems="\n".join(str(one) for one in self.problems[:SHOWN]))


def read_xlsform(body: bytes) -> ReadForm:
    """The questions of an XLSForm workbook. Raises WrongSheet with every problem found."""
    sheets = _sheets(body)
    form = read_rows(sheets["survey"], sheets["choices"], sheets["settings"])
    if not form.questions and not form.problems:
        form.problems.append(
            SheetProblem("survey", 1, "there is no question", "add rows with type, name and label")
        )
    if form.problems:
        raise WrongSheet(sorted(form.problems))
    return form


def write_xlsform(content: EditionContent) -> tuple[bytes, list[str]]:
    """The workbook of an edition's questions, and what other programs will not do with it."""
    rows = rows_of(content)
    return _workbook(rows), rows.lost


def import_xlsform(body: bytes, folder: Path) -> ReadForm:
    """Put the questions and steps of a workbook into a pack folder that has none yet; what stood there stays.

    The steps come before the first step that acts (portal, review and so on). The pack is not checked here:
    lint tells what is still to be added. Raises WrongSheet; writes nothing then.
    """
    form = read_xlsform(body)
    yaml = _yaml()
    path = folder / "pack.yaml"
    pack = yaml.load(path.read_text("utf-8"))
    if pack.get("questions"):
        raise WrongSheet(
            [SheetProblem("survey", 1, "the pack has questions already", "begin with one that has none")]
        )
    pack["format"] = 2
    pack["questions"] = _flow(form.questions)
    at = next(
        (
            i
            for i, step in enumerate(pack["steps"])
            if step.get("kind", "explain") not in ("explain", "papers")
        ),
        0,
    )
    for offset, step in enumerate(_flow(form.steps)):
        pack["steps"].insert(at + offset, step)
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(pack, file)
    for language, texts in form.texts.items():
        _write_texts(yaml, folder / "texts" / f"{language}.yaml", texts)
    return form


def _sheets(body: bytes) -> dict[str, list[dict[str, str]]]:
    if len(body) > MOST_BYTES:
        raise WrongSheet(
            [SheetProblem("workbook", 1, "the file is too large", "keep it under 5 MB, without pictures")]
        )
    try:
        return _read(body)
    except (
        zipfile.BadZipFile, InvalidFileException, ElementTree.ParseError, KeyError, ValueError, TypeError,
        AttributeError, IndexError, OSError, zlib.error, NotImplementedError,
    ) as broken:  # fmt: skip
        # The reader meets some nonsense with errors of its own (NotImplementedError: a zip packed in an
        # unknown way); a stranger's file is never our bug.
        problem = SheetProblem("workbook", 1, "this is no workbook", "save it as .xlsx")
        raise WrongSheet([problem]) from broken


def _read(body: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(body)) as folded:
        # No part is unfolded beyond the size it names, so the sum is what it may cost.
        if sum(part.file_size for part in folded.infolist()) > MOST_UNFOLDED:
            raise WrongSheet(
                [SheetProblem("workbook", 1, "the file unfolds to more than 50 MB", "keep only the form")]
            )
    book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    if "survey" not in book.sheetnames:
        known = ", ".join(book.sheetnames)
        raise WrongSheet(
            [SheetProblem("workbook", 1, f"there is no sheet “survey” (but {known})", "name it survey")]
        )
    unknown = [name for name in book.sheetnames if name not in SHEETS]
    if unknown:
        problem = SheetProblem(
            unknown[0], 1, "this sheet is not understood", f"keep only {', '.join(SHEETS)}"
        )
        raise WrongSheet([problem])
    return {name: _rows(book[name]) if name in book.sheetnames else [] for name in SHEETS}


def _rows(sheet: Any) -> list[dict[str, str]]:
    # One more of each than is taken: nothing is cut off unseen.
    lines = [
        [_cell(cell) for cell in line]
        for line in sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1)
    ]
    if any(any(line) for line in lines[MOST_ROWS:]) or any(any(line[MOST_COLUMNS:]) for line in lines):
        what = f"more than {MOST_ROWS} rows or {MOST_COLUMNS} columns"
        raise WrongSheet([SheetProblem(sheet.title, 1, what, "cut it into several forms")])
    if not lines:
        return []
    heads = lines[0]
    return [{head: value for head, value in zip(heads, line, strict=False) if head} for line in lines[1:]]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return nfc(str(value)).strip()


def _workbook(rows: Rows) -> bytes:
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        for name, lines in (("survey", rows.survey), ("choices", rows.choices), ("settings", rows.settings)):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 2)
            columns = list(dict.fromkeys(column for line in lines for column in line)) or [
                "list_name",
                "name",
            ]
            for at, title in enumerate(columns):
                sheet.write_string(0, at, title, head)
                sheet.set_column(at, at, min(max(len(title) + 2, 14), 40))
            for row, line in enumerate(lines, 1):
                for at, title in enumerate(columns):
                    if line.get(title):
                        sheet.write_string(row, at, line[title])
    return buffer.getvalue()


def _yaml() -> YAML:
    yaml = YAML()
    yaml.version = None
    yaml.width = 110
    yaml.allow_unicode = True
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _flow(things: Sequence[Mapping[str, Any]]) -> CommentedSeq:
    made = CommentedSeq()
    for thing in things:
        one = CommentedMap({key: value for key, value in thing.items() if value is not None})
        if not thing.get("fields") and not thing.get("checks"):
            one.fa.set_flow_style()
        made.append(one)
    return made


def _write_texts(yaml: YAML, path: Path, texts: Mapping[str, str]) -> None:
    tree = yaml.load(path.read_text("utf-8")) or CommentedMap()
    for key, said in texts.items():
        node = tree
        *above, last = key.split(".")
        for name in above:
            node = node.setdefault(name, CommentedMap())
        node[last] = said
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(tree, file)
