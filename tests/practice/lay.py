"""Publish every shipped pack that maps itself to the practice portal: `python -m tests.practice.lay`."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
django.setup()

from django.conf import settings  # noqa: E402

from donghanh.catalog.actions.publish import publish  # noqa: E402
from donghanh.catalog.actions.read_pack import read_pack  # noqa: E402
from donghanh.kernel.journal import House  # noqa: E402


def mapped() -> list[str]:
    """The codes of those packs."""
    return [one.parts[-3] for one in sorted(settings.PACKS.glob("*/forms/portal-practice.yaml"))]


if __name__ == "__main__":
    for code in mapped():
        publish(read_pack(settings.PACKS / code), by=House())
