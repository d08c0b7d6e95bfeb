"""The office pages can be used by everyone: WCAG 2.2 AA, keys, large text, narrow screens, three languages."""

from __future__ import annotations

import pytest

from tests.browser import Screens
from tests.journeys.access import faults_of
from tests.journeys.halls import Hall
from tests.journeys.views import OFFICE, View

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.mark.parametrize("view", OFFICE, ids=lambda view: view.name)
def test_everyone_can_use(view: View, busy_screens: Screens, busy_hall: Hall, facts: dict[str, str]) -> None:
    faults = faults_of(view, busy_screens, busy_hall, facts)
    assert not faults, "\n".join(faults)
