"""`pack import-xlsform` and `pack export-xlsform`: questions as the spreadsheets that wards know."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from donghanh.catalog.actions.lint_pack import is_pack
from donghanh.catalog.actions.read_pack import WrongPack, read_pack
from donghanh.catalog.actions.xlsform import WrongSheet, import_xlsform, write_xlsform
from donghanh.management.packs.verb import CALLED_WRONGLY, WELL, WRONG, Say, Verb, tell


def _take_in_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the workbook (.xlsx)")
    parser.add_argument("path", type=Path, help="a pack that has no questions yet")


def _take_in(options: Mapping[str, Any], say: Say) -> int:
    file, pack = options["file"], options["path"]
    if not file.is_file() or not is_pack(pack):
        raise CommandError("Name a workbook and the folder of a pack.", returncode=CALLED_WRONGLY)
    try:
        form = import_xlsform(file.read_bytes(), pack)
    except WrongSheet as refused:
        for problem in refused.problems:
            say(str(problem))
        say("Nothing was written.")
        return WRONG
    say(f"{len(form.questions)} questions and {len(form.steps)} steps written.")
    say(f"Now see what is still to be added: donghanh pack lint {pack}")
    return WELL


def _give_out_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, help="a pack")
    parser.add_argument("file", type=Path, help="the workbook to write (.xlsx)")


def _give_out(options: Mapping[str, Any], say: Say) -> int:
    pack = options["path"]
    if not is_pack(pack):
        raise CommandError("Name the folder of a pack.", returncode=CALLED_WRONGLY)
    try:
        content = read_pack(pack)
    except WrongPack as refused:
        tell(refused, pack, say)
        return WRONG
    body, lost = write_xlsform(content)
    options["file"].write_bytes(body)
    for line in lost:
        say(f"not in the workbook: {line}")
    say(f"{len(content.questions)} questions written to {options['file']}.")
    return WELL


IMPORT = Verb(
    "import-xlsform", "take the questions of an XLSForm workbook into a pack", _take_in_arguments, _take_in
)
EXPORT = Verb(
    "export-xlsform", "write the questions of a pack as an XLSForm workbook", _give_out_arguments, _give_out
)
