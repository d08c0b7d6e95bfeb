"""Whose data are served: the demo's only as the demo."""

from __future__ import annotations

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
