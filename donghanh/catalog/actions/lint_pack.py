"""Lint: everything wrong with packs, what has run out today, and what could be said better."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from donghanh.catalog.actions.pack_money import checked_on_a_day
from donghanh.catalog.actions.pack_style import warnings_of
from donghanh.catalog.actions.pack_yaml import Problem
from donghanh.catalog.actions.read_pack import (
    inside_folder,
    look_through,
    pack_folders,
    sector_clashes,
)
from donghanh.catalog.rules.content import EditionContent


@dataclass(frozen=True, slots=True)
class Linted:
    """What lint found. `contents` are the packs without errors."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    contents: tuple[EditionContent, ...]


def lint(path: Path | str, today: date) -> Linted:
    """Lint a pack, or every pack of a folder. Raises WrongPack when there is nothing at the path."""
    folder = Path(path)
    if is_pack(folder) or not folder.is_dir():
        return lint_pack(folder, today)
    errors: list[Problem] = []
    warnings: list[Problem] = []
    contents: list[EditionContent] = []
    for pack in pack_folders(folder):
        found = lint_pack(pack, today)
        errors += [inside_folder(pack.name, problem) for problem in found.errors]
        warnings += [inside_folder(pack.name, problem) for problem in found.warnings]
        contents += found.contents
    errors += sector_clashes(contents)
    return Linted(tuple(errors), tuple(warnings), tuple(contents))


def lint_pack(path: Path | str, today: date) -> Linted:
    """Lint one pack."""
    looked = look_through(path)
    problems = list(looked.problems)
    warnings: list[Problem] = []
    if looked.draft is not None:
        problems += checked_on_a_day(looked.draft, today)
        warnings += warnings_of(looked.draft)
    whole = looked.content is not None and not problems
    contents = (looked.content,) if whole and looked.content is not None else ()
    return Linted(tuple(sorted(dict.fromkeys(problems))), tuple(sorted(dict.fromkeys(warnings))), contents)


def is_pack(folder: Path) -> bool:
    """Whether this folder looks like one pack rather than a folder of packs."""
    return (folder / "pack.yaml").exists() or (folder / "texts").is_dir()
