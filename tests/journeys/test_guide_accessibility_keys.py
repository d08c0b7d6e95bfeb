"""The six packs at full depth, from the first question to the last screen, without a mouse and without sight."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from donghanh.catalog.queries.evaluating import EVALUATOR
from donghanh.catalog.rules.flow import screens_of
from tests.journeys import inspection
from tests.journeys.guide_keys import Keys, walk_as_citizen, walk_as_member
from tests.journeys.guide_screens import DEEP, TODAY, Answers, plan, ways
from tests.web.guide.guide_page import GuidePage

pytestmark = [pytest.mark.pure, pytest.mark.browser]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Any]:
    """Opens a guide; at the end the browser must have complained of nothing."""
    pages: list[GuidePage] = []

    def open_one(code: str, attributes: str, **options: Any) -> GuidePage:
        pages.append(
            GuidePage(browser, attributes, language="vi", the_plan=copy.deepcopy(plan(code)), **options)
        )
        return pages[-1]

    yield open_one
    for page in pages:
        page.context.close()
        assert page.problems == []


def plainest(code: str) -> Answers:
    """The pack's plainest answers, of the questions that are then asked."""
    return ways(code)[0]


def screens(code: str, view: str) -> list[str]:
    """The screens those answers lead through."""
    flow = screens_of(plan(code), plainest(code), TODAY, view, EVALUATOR.evaluate, ())
    return [one["id"] for one in flow["screens"]]


@pytest.mark.parametrize("code", DEEP)
def test_a_citizen_goes_through_by_keys_alone(opened: Any, code: str) -> None:
    guide = opened(code, 'view="citizen" store="phone" key="k"')
    assert walk_as_citizen(Keys(guide, plainest(code))) == ["start", *screens(code, "citizen")]
    assert guide.answers() == plainest(code)


@pytest.mark.parametrize("code", DEEP)
def test_a_member_goes_through_by_keys_alone(opened: Any, code: str) -> None:
    guide = opened(code, 'view="member" store="none"', size=(1366, 768), surface="staff")
    assert walk_as_member(Keys(guide, plainest(code))) == screens(code, "member")
    assert guide.answers() == plainest(code)


@pytest.mark.parametrize("code", DEEP)
def test_the_tab_key_reaches_everything_on_each_step_and_shows_where_it_is(opened: Any, code: str) -> None:
    guide = opened(code, 'view="member" store="none"', size=(1366, 768), surface="staff")
    for at in screens(code, "member"):
        guide.page.evaluate("at => document.querySelector('dh-guide').go(at)", at)
        assert inspection.unreachable(guide.page) == []
