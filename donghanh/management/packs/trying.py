"""`pack test`: the test cases of packs, walked by the guide's own flow."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from donghanh.catalog.actions.pack_trial import tried
from donghanh.catalog.actions.read_pack import WrongPack
from donghanh.management.packs.verb import WELL, WRONG, Say, Verb, add_paths, packs_at, tell


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_paths(parser)
    parser.add_argument("--verbose", action="store_true", help="name the cases that came out right, too")


def _run(options: Mapping[str, Any], say: Say) -> int:
    right = wrong = silent = 0
    for pack in packs_at(options["path"]):
        try:
            trials = tried(pack)
        except WrongPack as refused:
            tell(refused, pack, say)
            wrong += 1
            continue
        silent += not trials
        for trial in trials:
            wrong += bool(trial.differences)
            right += not trial.differences
            for difference in trial.differences:
                say(f"{pack.name}/{trial.file}: {trial.name}: {difference}")
            if options["verbose"] and not trial.differences:
                say(f"{pack.name}/{trial.file}: {trial.name}: right")
    say(f"{right} cases right, {wrong} wrong; {silent} packs have none.")
    return WRONG if wrong else WELL


TEST = Verb("test", "walk the test cases of packs", _arguments, _run)
