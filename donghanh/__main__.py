"""The console script `donghanh`: management commands by their names, dashes allowed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command: `donghanh import-areas` is `manage.py import_areas`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
    arguments = list(sys.argv)
    if arguments[1:2] == ["demo"]:
        _settle_demo(arguments)
    if len(arguments) > 1:
        arguments[1] = arguments[1].replace("-", "_") if not arguments[1].startswith("-") else arguments[1]
    execute_from_command_line(arguments)


def _settle_demo(arguments: list[str]) -> None:
    """The demo has a data folder and a port of its own, and its members no second factor."""
    os.environ.setdefault("DONGHANH_DEMO", "1")
    os.environ.setdefault("DONGHANH_SECOND_FACTOR", "optional")
    os.environ.setdefault("DONGHANH_DATA", str(Path(__file__).resolve().parent.parent / "data" / "demo"))
    for number, word in enumerate(arguments):
        if word == "--port" and number + 1 < len(arguments):
            os.environ.setdefault("DONGHANH_PORT", arguments[number + 1])
        elif word.startswith("--port="):
            os.environ.setdefault("DONGHANH_PORT", word.removeprefix("--port="))


if __name__ == "__main__":
    main()
