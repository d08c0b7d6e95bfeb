"""`pack lint`: everything wrong with packs, and what could be said better."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from donghanh.catalog.actions.lint_listings import listing_problems
from donghanh.catalog.actions.lint_pack import Linted
from donghanh.catalog.actions.pack_yaml import Problem
from donghanh.kernel import clock
from donghanh.management.packs.layouts import lint_whole
from donghanh.management.packs.verb import CALLED_WRONGLY, WELL, WRONG, Say, Verb, add_paths


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_paths(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
    parser.add_argument("--no-warnings", action="store_true", help="say only what is wrong")


def _run(options: Mapping[str, Any], say: Say) -> int:
    linted = [_looked(path) for path in options["path"]]
    errors = [problem for one in linted for problem in one.errors]
    warnings = [] if options["no_warnings"] else [problem for one in linted for problem in one.warnings]
    clean = sum(len(one.contents) for one in linted)
    if options["json"]:
        found = {"packs": clean, "errors": _plain(errors), "warnings": _plain(warnings)}
        say(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for problem in errors:
            say(str(problem))
        for problem in warnings:
            say(f"warning: {problem}")
        say(f"{clean} packs clean, {len(errors)} errors, {len(warnings)} warnings.")
    return WRONG if errors else WELL


def _looked(path: Path) -> Linted:
    if not path.is_dir():
        raise CommandError(f"There is no folder {path}.", returncode=CALLED_WRONGLY)
    found = lint_whole(path, clock.today())
    return replace(found, errors=(*found.errors, *listing_problems(path)))


def _plain(problems: Iterable[Problem]) -> list[dict[str, str | int]]:
    return [
        {
            "file": problem.spot.file,
            "line": problem.spot.line,
            "column": problem.spot.column,
            "rule": problem.rule or "format",
            "what": problem.what,
            "advice": problem.advice,
        }
        for problem in problems
    ]


LINT = Verb("lint", "say everything that is wrong with packs, and what could be better", _arguments, _run)
