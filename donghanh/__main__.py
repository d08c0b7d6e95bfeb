"""The console script `donghanh`: management commands by their names, dashes allowed."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command: `donghanh import-areas` is `manage.py import_areas`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
    arguments = list(sys.argv)
    if len(arguments) > 1:
        arguments[1] = arguments[1].replace("-", "_") if not arguments[1].startswith("-") else arguments[1]
    execute_from_command_line(arguments)


if __name__ == "__main__":
    main()
