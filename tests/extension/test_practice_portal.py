"""From the desk's page through the extension to the practice portal, and the dossier code back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from donghanh.catalog.actions.read_pack import read_pack
from donghanh.catalog.rules.guidance import PortalMap
from donghanh.practice.rules.entering import practice_map
from donghanh.practice.rules.lessons import card_of
from tests.extension.browsers import Desk
from tests.practice.lay import mapped
from tests.server import LiveServer

pytestmark = [pytest.mark.pure, pytest.mark.browser, pytest.mark.server]


@pytest.fixture(scope="module")
def house() -> Iterator[LiveServer]:
    """A house with every procedure that can be practised."""
    with LiveServer("sqlite", DONGHANH_DEMO="1", DONGHANH_SECOND_FACTOR="optional") as server:
        server.run("tests.practice.lay")
        yield server.start()


def sign_in(context: BrowserContext, house: LiveServer, code: str) -> Page:
    """On the practice portal as an invented person, at the form."""
    page = context.new_page()
    page.goto(f"{house.url}/practice/forms/{code}")
    if page.url.endswith(f"?form={code}"):
        page.check("[name=card][value=khang]")
        page.click("main button")
        page.fill("#practice-digits", page.inner_text(".sandbox-digits"))
        page.click("main form button")
    assert page.url == f"{house.url}/practice/forms/{code}"
    return page


def plan_of(form: PortalMap, values: dict[str, str]) -> dict[str, Any]:
    fields = [
        {"name": one.name, "label": one.label, "kind": one.kind, "required": one.required, "longest": one.longest}
        for one in form.fields
    ]  # fmt: skip
    reads = [{"what": one.what, "selector": one.selector, "pattern": one.pattern} for one in form.reads]
    mapped = {"portal": form.portal, "origin": form.origin, "path": form.path, "form": form.form}
    return {
        "case": "c1",
        "caseWords": "A027",
        "language": "vi",
        "map": {**mapped, "fields": fields, "reads": reads},
        "values": values,
    }


def task(code: str) -> tuple[PortalMap, dict[str, str]]:
    content = read_pack(settings.PACKS / code)
    form = practice_map(content)
    assert form is not None
    return form, {line.name: line.value for line in card_of(content, form, date(2026, 11, 24))}


@pytest.mark.parametrize("code", mapped())
def test_every_shipped_form_is_filled_and_its_code_comes_back(context, house, code):
    form, values = task(code)
    desk = Desk(context, f"{house.url}/practice/")
    assert desk.hand_over(plan_of(form, values))["verb"] == "taken"
    page = sign_in(context, house, code)
    assert f"Đã điền {len(values)} ô" in desk.press(page)
    page.bring_to_front()
    page.evaluate("() => document.getElementById('donghanh-note')?.remove()")
    for following in ("fee", "papers", "review", ""):
        page.click("main form button")
        page.wait_for_url(f"**/{following}")
        if following == "papers":
            page.check("[name=file] >> nth=0")
    shown = {"dossier_code": page.inner_text("#dossier-code"), "due_on": page.inner_text("#due-on")}
    popup = desk.popup_for(page)
    popup.wait_for_selector("#give:visible")
    popup.click("#give")
    desk.page.wait_for_function("() => window.said.at(-1).verb === 'dossier'")
    day, month, year = shown["due_on"].split("/")
    assert desk.page.evaluate("() => window.said.at(-1)") == {
        "channel": "donghanh-extension",
        "verb": "dossier",
        "case": "c1",
        "portal": "practice",
        "code": shown["dossier_code"],
        "due_on": f"{year}-{month}-{day}",
    }
