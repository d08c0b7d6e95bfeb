"""What is wrong with the files beside the packs, words.yaml and needs.yaml, where a folder has them."""

from __future__ import annotations

from pathlib import Path

from donghanh.catalog.actions.pack_yaml import Problem
from donghanh.catalog.actions.read_needs import FILE as NEEDS
from donghanh.catalog.actions.read_needs import read_needs
from donghanh.catalog.actions.read_words import FILE as WORDS
from donghanh.catalog.actions.read_words import read_words
from donghanh.catalog.actions.strict_tree import WrongListing


def listing_problems(folder: Path) -> list[Problem]:
    """Every problem of both files; codes must be folders of this folder."""
    known = {entry.name for entry in folder.iterdir() if entry.is_dir()}
    problems: list[Problem] = []
    for file, read in ((WORDS, read_words), (NEEDS, read_needs)):
        if not (folder / file).exists():
            continue
        try:
            read(folder, known)
        except WrongListing as refused:
            problems += refused.problems
    return problems
