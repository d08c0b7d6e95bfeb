"""`pack build`: the one canonical document of a pack, and its hash."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from donghanh.catalog.actions.read_pack import WrongPack, read_pack
from donghanh.catalog.rules import canonical_json, edition_hash
from donghanh.management.packs.verb import WELL, WRONG, Say, Verb, add_paths, packs_at, tell


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_paths(parser)
    parser.add_argument("--out", type=Path, required=True, help="folder for ID/pack.json of each pack")


def _run(options: Mapping[str, Any], say: Say) -> int:
    code = WELL
    for pack in packs_at(options["path"]):
        try:
            content = read_pack(pack)
        except WrongPack as refused:
            tell(refused, pack, say)
            code = WRONG
            continue
        target = options["out"] / content.id / "pack.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(canonical_json(content), encoding="utf-8")
        say(f"{edition_hash(content)}  {target}")
    return code


BUILD = Verb("build", "write the canonical pack.json of packs, and print each edition hash", _arguments, _run)
