"""Whose data are served: the demo's only as the demo."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from donghanh.kernel import journal
from donghanh.kernel.journal import House, acting
from donghanh.management.readiness import make_ready
from tests import make


def lay_the_mark() -> None:
    with acting():
        journal.write("demo.lay", ward=make.ward().pk, by=House())


def test_the_demos_data_are_not_served_as_a_wards(settings):
    lay_the_mark()
    with pytest.raises(CommandError) as refused:
        make_ready(migrate=False)
    assert "whose passwords everybody knows" in str(refused.value)
    settings.DEMO = True
    make_ready(migrate=False)


def test_a_wards_own_data_are_served():
    make.ticket()
    make_ready(migrate=False)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("host", "said"),
    [("127.0.0.1", "True optional"), ("0.0.0.0", "False required")],
    ids=["here", "to everybody"],
)
def test_every_command_on_the_demos_folder_is_the_demos_but_only_on_this_machine(tmp_path, host, said):
    (tmp_path / "demo.mark").touch()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DONGHANH_")}
    seen = subprocess.run(
        [sys.executable, "-c", "from donghanh import settings as s; print(s.DEMO, s.SECOND_FACTOR)"],
        env={**kept, "DONGHANH_DATA": str(tmp_path), "DONGHANH_HOST": host},
        cwd=Path(__file__).resolve().parent.parent.parent,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert seen.strip() == said
