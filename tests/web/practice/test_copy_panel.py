"""The copy panel and the bridge to the extension, beside a guide that tells what it knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.twins.pages import ORIGIN, module_page

pytestmark = [pytest.mark.pure, pytest.mark.browser]

CHOICES = [{"id": "vietnamese", "label": "Việt Nam"}, {"id": "other", "label": "Nước khác"}]
PLAN = {
    "questions": [
        {"id": "name", "type": "name"},
        {"id": "born", "type": "date"},
        {"id": "nation", "type": "choice", "choices": CHOICES},
        {"id": "line", "type": "address"},
        {"id": "area", "type": "area"},
        {"id": "first", "type": "yes_no"},
        {"id": "phone", "type": "phone"},
    ],
    "portal_maps": [
        {
            "portal": "practice", "origin": "practice:", "path": "/practice/forms/x", "form": "form#e-form", "reads": [],
            "fields": [
                {"name": "ten", "label": "Họ tên", "kind": "text", "value": {"questions": ["name"], "spelling": "upper", "join": " "}},
                {"name": "sinh", "label": "Ngày sinh", "kind": "date", "value": {"questions": ["born"]}},
                {"name": "qt", "label": "Quốc tịch", "kind": "select", "value": {"questions": ["nation"]},
                 "options": {"vietnamese": "VN"}, "option_labels": {"VN": "Việt Nam (VN)"}},
                {"name": "o", "label": "Nơi ở", "kind": "textarea", "value": {"questions": ["line", "area"], "spelling": "area", "join": ", "}},
                {"name": "ld", "label": "Lần đầu", "kind": "checkbox", "value": {"questions": ["first"]}},
                {"name": "dt", "label": "Điện thoại", "kind": "text", "value": {"questions": ["phone"]}},
            ],
        }
    ],
}  # fmt: skip
ANSWERS = {
    "name": {"state": "given", "value": "Nguyễn Thị Ánh Tuyết Đỗ"},
    "born": {"state": "given", "value": "1998-09-02"},
    "nation": {"state": "given", "value": "vietnamese"},
    "line": {"state": "given", "value": "Số 7"},
    "area": {"state": "given", "value": "31120"},
    "first": {"state": "given", "value": True},
    "phone": {"state": "dont_know"},
}
EXPECTED = [
    ("Họ tên", "NGUYỄN THỊ ÁNH TUYẾT ĐỖ"),
    ("Ngày sinh", "02/09/1998"),
    ("Quốc tịch", "Việt Nam (VN)"),
    ("Nơi ở", "Số 7, Phường Cái Khế"),
    ("Lần đầu", "✓"),
]
TELL = """([plan, answers, hidden]) => {
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, {detail}));
  tell("guide:answers", {plan, answers, names: new Map([["31120", "Phường Cái Khế"]]), case: "AB3C"});
  tell("guide:flow", {flow: {hidden, waiting: []}});
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as program:
        yield program


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with translation.override("en"):
        body = render_to_string(
            "guide/_copy_panel.html", {"case_id": "c1", "case_words": "A027", "record_url": "/kept"}
        )
    opened = module_page(browser, "js/keys.js", "js/copy_panel.js", "js/extension_bridge.js", body=body)
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=ORIGIN)
    yield opened
    opened.close()


def tell(page: Page, answers: dict[str, Any] = ANSWERS, hidden: tuple[str, ...] = ()) -> None:
    page.evaluate(TELL, [PLAN, answers, list(hidden)])
    page.wait_for_selector("dh-copy-panel .copy-line, dh-copy-panel .muted")


def lines(page: Page) -> list[tuple[str, str]]:
    return [
        (line.locator(".copy-label").inner_text(), line.locator(".copy-value").inner_text())
        for line in page.locator("dh-copy-panel .copy-line").all()
    ]


def clipboard(page: Page) -> str:
    text: str = page.evaluate("() => navigator.clipboard.readText()")
    return text


def test_values_stand_in_the_portals_order_as_a_person_would_enter_them(page):
    tell(page)
    assert lines(page) == EXPECTED
    assert page.get_attribute("dh-copy-panel a", "href") == "/practice/forms/x"


def test_a_hidden_answer_never_leaves_the_case(page):
    tell(page, hidden=("name", "line"))
    assert lines(page) == [*EXPECTED[1:3], ("Nơi ở", "Phường Cái Khế"), EXPECTED[4]]


def test_c_copies_one_value_after_the_other(page):
    tell(page)
    copied = []
    for _ in EXPECTED:
        page.keyboard.press("c")
        page.wait_for_selector(f".copy-state >> nth={len(copied)}")
        copied.append(clipboard(page))
    assert copied == [value for _, value in EXPECTED]
    assert page.inner_text("dh-copy-panel [data-copy=next]").startswith("From the top again")
    assert page.inner_text("dh-copy-panel [role=status]") == "Lần đầu: copied"


def test_a_digit_copies_its_line_while_the_panel_has_the_focus(page):
    tell(page)
    page.keyboard.press("3")
    assert page.locator(".copy-state").count() == 0
    page.focus("dh-copy-panel [data-copy=next]")
    page.keyboard.press("3")
    page.wait_for_selector(".copy-state")
    assert clipboard(page) == "Việt Nam (VN)"
    assert page.evaluate("() => document.activeElement.dataset.copy") == "next"


def test_where_copying_is_forbidden_the_value_is_marked(page):
    tell(page)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.keyboard.press("c")
    page.wait_for_function("() => getSelection().toString() !== ''")
    assert page.inner_text("dh-copy-panel [role=status]") == "Họ tên: marked, press Ctrl+C"
    assert page.locator(".copy-state").count() == 0


def test_at_the_end_nothing_is_left_on_the_page_or_in_the_clipboard(page):
    tell(page)
    page.keyboard.press("c")
    page.wait_for_selector(".copy-state")
    page.evaluate("() => document.dispatchEvent(new CustomEvent('guide:end'))")
    page.wait_for_function("async () => (await navigator.clipboard.readText()) === ''")
    assert "Họ tên" not in page.content()
    assert "NGUYỄN" not in page.content()
    assert page.is_hidden("dh-copy-panel")


def test_a_panel_that_is_taken_away_with_its_case_forgets_too(page):
    tell(page)
    page.evaluate("() => { window.gone = document.querySelector('dh-copy-panel'); window.gone.remove(); }")
    page.wait_for_function("() => window.gone.filled.length === 0 && !window.gone.known.plan")


def test_without_the_extension_the_bridge_shows_nothing(page):
    tell(page)
    assert page.locator("dh-portal-bridge button").count() == 0


def test_what_the_extension_read_is_kept_only_after_the_member_said_so(page):
    tell(page)
    page.evaluate(
        """() => {
          window.kept = [];
          window.htmx = {ajax: (method, url, how) => window.kept.push([method, url, how.values])};
          const say = words => window.postMessage({channel: "donghanh-extension", ...words}, location.origin);
          say({verb: "here"});
          say({verb: "dossier", case: "another", portal: "practice", code: "H13.99-261124-000009", due_on: ""});
          say({verb: "dossier", case: "c1", portal: "practice", code: "H13.99-261124-000007", due_on: "2026-12-01"});
        }"""
    )
    page.wait_for_selector("[data-record]")
    assert page.inner_text("[data-code]") == "H13.99-261124-000007"
    assert page.inner_text("[data-due]") == "01/12/2026"
    assert page.evaluate("() => window.kept") == []
    page.click("[data-record]")
    assert page.evaluate("() => window.kept") == [
        ["POST", "/kept", {"portal": "practice", "code": "H13.99-261124-000007", "due_on": "2026-12-01"}]
    ]


def test_the_plan_handed_over_holds_the_map_and_the_values_and_no_more(page):
    tell(page)
    page.evaluate(
        """() => {
          window.heard = [];
          window.addEventListener("message", event => { if (event.data.channel === "donghanh") window.heard.push(event.data); });
          window.postMessage({channel: "donghanh-extension", verb: "here"}, location.origin);
        }"""
    )
    page.click("[data-hand-over]")
    page.wait_for_function("() => window.heard.length === 1")
    plan = page.evaluate("() => window.heard[0].plan")
    assert plan["values"] == {
        "ten": "NGUYỄN THỊ ÁNH TUYẾT ĐỖ", "sinh": "1998-09-02", "qt": "VN", "o": "Số 7, Phường Cái Khế", "ld": "on", "dt": "",
    }  # fmt: skip
    assert sorted(plan) == ["case", "caseWords", "language", "map", "values"]
    assert sorted(plan["map"]) == ["fields", "form", "origin", "path", "portal", "reads"]
    first = {name: value for name, value in plan["map"]["fields"][0].items() if value is not None}
    assert first == {"name": "ten", "label": "Họ tên", "kind": "text"}
