"""`pack schema`: the format for editors."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import Any

from donghanh.catalog.actions.pack_json_schema import pack_json_schema
from donghanh.management.packs.verb import WELL, Say, Verb


def _arguments(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def _run(options: Mapping[str, Any], say: Say) -> int:
    say(json.dumps(pack_json_schema(), ensure_ascii=False, indent=1))
    return WELL


SCHEMA = Verb("schema", "print the format of packs as JSON Schema 2020-12", _arguments, _run)
