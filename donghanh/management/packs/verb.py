"""What every verb of `donghanh pack` has, and how it speaks."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from donghanh.catalog.actions.lint_pack import is_pack
from donghanh.catalog.actions.read_pack import WrongPack, pack_folders

# Exit codes of every verb: all is well; something is wrong with a pack; it was called wrongly.
WELL, WRONG, CALLED_WRONGLY = 0, 1, 2

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb. `run` gets the parsed arguments, says lines on standard output, and gives an exit code."""

    name: str
    summary: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Mapping[str, Any], Say], int]


def add_paths(parser: argparse.ArgumentParser) -> None:
    """Packs, or folders of packs."""
    parser.add_argument("path", nargs="+", type=Path, help="a pack, or a folder of packs")


def packs_at(paths: list[Path]) -> list[Path]:
    """Every pack at these paths. Ends the command when a path holds none."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            raise CommandError(f"There is no folder {path}.", returncode=CALLED_WRONGLY)
        found += [path] if is_pack(path) else pack_folders(path)
    if not found:
        raise CommandError("There is no pack here.", returncode=CALLED_WRONGLY)
    return found


def tell(refused: WrongPack, pack: Path, say: Say) -> None:
    """Every problem of a pack that does not read, with its folder before the name of the file."""
    for problem in refused.problems:
        say(f"{pack.name}/{problem}" if problem.spot.file != pack.name else str(problem))
