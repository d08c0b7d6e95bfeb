"""`pack new`: a small whole pack to begin with."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from donghanh.management.packs.verb import CALLED_WRONGLY, WELL, Say, Verb

SAMPLE = Path(__file__).with_name("sample.md")
_BLOCK = re.compile(r"^```yaml\n# (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"[1-3]\.[0-9]{6}")
_SERVICE = re.compile(r"svc\.[a-z0-9]+(?:-[a-z0-9]+)*")


def blocks(written: str) -> dict[str, str]:
    """The files of a pack out of a Markdown text: a fenced block whose first line is `# name`."""
    return dict(_BLOCK.findall(written))


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, help="the new folder: packs/1.000894, or packs/svc.health-record")


def _run(options: Mapping[str, Any], say: Say) -> int:
    folder: Path = options["path"]
    if folder.exists():
        raise CommandError(f"{folder} is there already.", returncode=CALLED_WRONGLY)
    is_service = _SERVICE.fullmatch(folder.name) is not None
    if not is_service and not _CODE.fullmatch(folder.name):
        advice = "Name the folder by the code (1.000894), or svc. and a word (svc.health-record)."
        raise CommandError(advice, returncode=CALLED_WRONGLY)
    for name, written in blocks(SAMPLE.read_text(encoding="utf-8")).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_named(written, folder.name, is_service), encoding="utf-8")
        say(str(file))
    say(f"Write over what stands there; then: donghanh pack lint {folder}")
    return WELL


def _named(written: str, name: str, is_service: bool) -> str:
    named = written.replace('code: "1.999999"', f"id: {name}" if is_service else f'code: "{name}"')
    return named.replace("kind: procedure", "kind: service") if is_service else named


NEW = Verb("new", "begin a pack: a small whole one to write over", _arguments, _run)
