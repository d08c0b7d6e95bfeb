"""A portal's page that is not exactly as the map says: the extension stops, says which, and fills nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.extension.browsers import Desk, pages

pytestmark = [pytest.mark.pure, pytest.mark.browser]

FIELDS = """
  <p><label>Họ tên <input name="ten" maxlength="60"></label></p>
  <p><label>Ngày sinh <input type="date" name="sinh"></label></p>
  <p><label>Quốc tịch <select name="quoc_tich"><option value=""></option><option value="VN">Việt Nam</option></select></label></p>
  <p><label><input type="radio" name="lan_dau" value="co"> Có</label> <label><input type="radio" name="lan_dau" value="khong"> Không</label></p>
  <p><label>Địa chỉ <textarea name="dia_chi"></textarea></label></p>
  <p><label><input type="checkbox" name="cam_doan"> Tôi cam đoan</label></p>
  <input type="hidden" name="token" value="t1"><button>Nộp</button>"""
FORM = f'<form id="to-khai" method="post" action="/sent">{FIELDS}</form>'
VALUES = {
    "ten": "Nguyễn Thị Ánh Tuyết Đỗ",
    "sinh": "1998-09-02",
    "quoc_tich": "VN",
    "lan_dau": "co",
    "dia_chi": "Số 7, khu vực Mẫu 2",
    "cam_doan": "on",
}
KINDS = {
    "ten": ("Họ tên", "text"),
    "sinh": ("Ngày sinh", "date"),
    "quoc_tich": ("Quốc tịch", "select"),
    "lan_dau": ("Lần đầu", "radio"),
    "dia_chi": ("Địa chỉ", "textarea"),
    "cam_doan": ("Cam đoan", "checkbox"),
}
HELD = """() => Object.fromEntries([...document.querySelectorAll("input, select, textarea")]
  .filter(one => one.type !== "hidden" && (!["radio", "checkbox"].includes(one.type) || one.checked))
  .map(one => [one.name, one.value]).filter(([, value]) => value))"""


def changed(old: str, new: str) -> str:
    assert old in FORM
    return FORM.replace(old, new, 1)


# name → (the page's body, what the extension must say)
CHANGED: dict[str, tuple[str, str]] = {
    "renamed": (changed('name="ten"', 'name="ho_ten"'), "Trang hỏi thêm ô lạ “ho_ten”."),
    "missing": (changed('<input type="date" name="sinh">', ""), "Không thấy ô “Ngày sinh”."),
    "two forms": (FORM + FORM, "Trang có nhiều biểu mẫu giống nhau."),
    "no form": ("<p>Bảo trì</p>", "Trang không có biểu mẫu cần điền."),
    "asks for more": (changed("<button>", '<input name="so_the" required><button>'), "Trang hỏi thêm ô lạ “so_the”."),
    "asks for more, hidden": (
        changed("<button>", '<input name="me" style="display:none"><button>'),
        "Trang hỏi thêm ô lạ “me”.",
    ),
    "asks from outside the form": (
        FORM + '<input form="to-khai" name="cha" style="position:absolute;left:-999px">',
        "Trang hỏi thêm ô lạ “cha”.",
    ),
    "password": (changed("<button>", '<input type="password" name="mk"><button>'), "mật khẩu hoặc mã OTP"),
    "one-time code": (
        changed("<button>", '<input autocomplete="one-time-code" name="ma"><button>'),
        "mật khẩu hoặc mã OTP",
    ),
    "mapped field became a one-time code": (changed("Họ tên", "Mã OTP"), "mật khẩu hoặc mã OTP"),
    "mapped field became a password": (changed("Họ tên", "Mật khẩu VNeID"), "mật khẩu hoặc mã OTP"),
    "asks for a code by name": (
        changed("<button>", '<input name="ma_xac_thuc"><button>'),
        "mật khẩu hoặc mã OTP",
    ),
    "twice": (changed("<button>", '<input name="ten"><button>'), "Ô “Họ tên” có hơn một lần."),
    "other kind": (changed('type="date" name="sinh"', 'name="sinh"'), "Ô “Ngày sinh” không đúng loại."),
    "hidden kind": (changed('name="ten"', 'type="hidden" name="ten"'), "Ô “Họ tên” bị ẩn hoặc bị che."),
    "out of sight": (
        changed('name="ten"', 'style="position:absolute;left:-5000px" name="ten"'),
        "Ô “Họ tên” bị ẩn hoặc bị che.",
    ),
    "transparent": (changed('<p><label>Họ tên', '<p style="opacity:0"><label>Họ tên'), "Ô “Họ tên” bị ẩn hoặc bị che."),
    "covered": (
        FORM + '<div style="position:fixed;inset:0;background:white">Xin chờ</div>',
        "Ô “Họ tên” bị ẩn hoặc bị che.",
    ),
    "locked": (changed('name="ten"', 'name="ten" readonly'), "Ô “Họ tên” bị khóa."),
    "option gone": (changed('value="VN"', 'value="VNM"'), "Ô “Quốc tịch” không có lựa chọn cần điền."),
    "too short a field": (changed('maxlength="60"', 'maxlength="5"'), "Nội dung của ô “Họ tên” dài quá."),
    "sent elsewhere": (changed('action="/sent"', 'action="https://evil.example/"'), "gửi dữ liệu đến nơi khác"),
    "sent elsewhere by its button": (
        changed("<button>", '<button formaction="https://evil.example/">'),
        "gửi dữ liệu đến nơi khác",
    ),
    "values in the address": (changed('method="post"', 'method="get"'), "thanh địa chỉ"),
    "a field called elements": (changed("<button>", '<input name="elements"><button>'), "Trang hỏi thêm ô lạ “elements”."),
    "framed": ('<iframe src="/form" width="800" height="600"></iframe>', "Trang không có biểu mẫu cần điền."),
}  # fmt: skip


def plan(origin: str, path: str = "/form", **values: str) -> dict[str, Any]:
    fields = [
        {"name": name, "label": label, "kind": kind, "required": True, "longest": None}
        for name, (label, kind) in KINDS.items()
    ]
    read = [{"what": "dossier_code", "selector": "#code", "pattern": "[A-Z0-9.]+-[0-9]{6}-[0-9]{6}"}]
    form = {
        "portal": "national",
        "origin": origin,
        "path": path,
        "form": "form#to-khai",
        "fields": fields,
        "reads": read,
    }
    return {
        "case": "case-1",
        "caseWords": "A027",
        "language": "vi",
        "map": form,
        "values": {**VALUES, **values},
    }


@pytest.fixture(scope="module")
def web() -> Iterator[str]:
    made = {"/desk": "<p>Quầy</p>", "/form": FORM, "/other": FORM}
    made |= {f"/{name.replace(' ', '-').replace(',', '')}": body for name, (body, _) in CHANGED.items()}
    made["/reacts"] = FORM + (
        "<script>document.querySelector('[name=ten]').addEventListener('input', event => {"
        " const more = document.createElement('input'); more.name = 'them'; event.target.form.append(more); });</script>"
    )
    made["/drops"] = FORM + (
        "<script>document.querySelector('[name=ten]').addEventListener('input', event =>"
        " document.querySelector('[name=token]').remove());</script>"
    )
    made["/done"] = '<p>Mã hồ sơ: <b id="code">H13.99-261124-000007</b></p>'
    made["/done-twice"] = made["/done"] * 2
    made["/pushy"] = (
        "<script>window.said = []; window.addEventListener('message', event => {"
        " if (event.data.channel === 'donghanh-extension') window.said.push(event.data); });"
        f" window.postMessage({{channel: 'donghanh', verb: 'hand-over', plan: {json.dumps(plan('practice:'))}}}, location.origin);"
        "</script>"
    )
    with pages(made) as address:
        yield address


@pytest.fixture
def desk(context: BrowserContext, web: str) -> Desk:
    return Desk(context, f"{web}/desk")


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def test_the_page_as_the_map_says_is_filled_and_not_sent(context, desk, web):
    assert desk.hand_over(plan(web))["verb"] == "taken"
    page = opened(context, f"{web}/form")
    said = desk.press(page)
    assert page.evaluate(HELD) == VALUES
    assert page.url == f"{web}/form"
    assert page.locator("[name=token]").input_value() == "t1"
    assert "Đã điền 6 ô" in said
    assert page.locator("[data-donghanh=filled]").count() == 7  # both radio buttons are marked


@pytest.mark.parametrize("name", CHANGED)
def test_a_changed_page_is_left_alone(context, desk, web, name):
    path = f"/{name.replace(' ', '-').replace(',', '')}"
    desk.hand_over(plan(web, path))
    page = opened(context, web + path)
    said = desk.press(page)
    assert CHANGED[name][1] in said
    assert "Đã dừng" in said
    for frame in page.frames:
        assert frame.evaluate(HELD) == {}
    assert CHANGED[name][1] in page.inner_text("#donghanh-note")


def test_another_path_or_another_origin_gets_nothing(context, desk, web):
    desk.hand_over(plan(web))
    with pages({"/form": FORM}) as elsewhere:
        for address in (f"{web}/other", f"{elsewhere}/form"):
            page = opened(context, address)
            assert "Đây không phải trang biểu mẫu" in desk.press(page)
            assert page.evaluate(HELD) == {}


def test_fields_that_are_not_empty_are_left_alone_until_the_member_says_otherwise(context, desk, web):
    desk.hand_over(plan(web))
    page = opened(context, f"{web}/form")
    page.fill("[name=ten]", "Người khác")
    popup = desk.popup_for(page)
    popup.click("#press")
    popup.wait_for_selector("#overwrite:visible")
    assert page.input_value("[name=ten]") == "Người khác"
    assert "Họ tên" in popup.inner_text("#told")
    popup.click("#overwrite")
    popup.wait_for_selector("#overwrite", state="hidden")
    assert page.input_value("[name=ten]") == VALUES["ten"]


@pytest.mark.parametrize("path", ["/reacts", "/drops"])
def test_a_page_that_changes_its_form_while_it_is_filled_gets_no_more(context, desk, web, path):
    desk.hand_over(plan(web, path))
    page = opened(context, web + path)
    assert "Trang tự thay đổi trước ô “Ngày sinh”" in desk.press(page)
    assert page.evaluate(HELD) == {"ten": VALUES["ten"]}


def test_values_leave_the_desk_by_a_press_only(context, web):
    page = context.new_page()
    page.goto(f"{web}/pushy")
    # Looking into a page counts as a press for the browser: only afterwards is it asked what it heard.
    context.pages[0].wait_for_timeout(500)
    assert page.evaluate("() => window.said") == [
        {"channel": "donghanh-extension", "verb": "refused", "code": "no_press"}
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "http://portal.example"},
        {"origin": "https://portal.example/path"},
        {"origin": "javascript:alert(1)"},
        {"path": "form"},
        {"fields": []},
        {"fields": [{"name": "a", "label": "A", "kind": "password"}]},
        {"fields": [{"name": "a", "label": "A", "kind": "text"}] * 2},
        {"reads": [{"what": "password", "selector": "#a", "pattern": "."}]},
    ],
)
def test_a_map_that_is_none_is_refused(context, desk, web, wrong):
    said = plan(web)
    said["map"] = {**said["map"], **wrong}
    assert desk.hand_over(said)["code"] == "no_plan"
    assert desk.kept() == {}


def test_end_at_the_desk_wipes_the_memory(context, desk, web):
    desk.hand_over(plan(web))
    assert desk.kept()["plan"]["values"] == VALUES
    desk.say(verb="end")
    desk.page.wait_for_function("() => window.said.at(-1).verb === 'ended'")
    assert desk.kept() == {}
    assert desk.worker.evaluate("() => chrome.storage.local.get(null)") == {}
    page = opened(context, f"{web}/form")
    popup = desk.popup_for(page)
    popup.wait_for_selector("#whose")
    assert popup.is_hidden("#press")


def test_a_closed_desk_wipes_the_memory(context, desk, web):
    desk.hand_over(plan(web))
    desk.page.close()
    for _ in range(50):
        if not desk.kept():
            break
        context.pages[0].wait_for_timeout(50)
    assert desk.kept() == {}


def test_a_case_left_lying_is_forgotten_within_the_hour(context, desk, web):
    desk.hand_over(plan(web))
    alarms = desk.worker.evaluate("() => chrome.alarms.getAll()")
    assert [one["name"] for one in alarms] == ["forget"]
    left = alarms[0]["scheduledTime"] - desk.worker.evaluate("() => Date.now()")
    assert 0 < left <= 60 * 60_000
    desk.worker.evaluate("alarm => chrome.alarms.onAlarm.dispatch(alarm)", alarms[0])
    desk.page.wait_for_timeout(300)
    assert desk.kept() == {}


def test_content_scripts_and_pages_cannot_read_the_memory(context, desk, web):
    desk.hand_over(plan(web))
    page = opened(context, f"{web}/form")
    assert page.evaluate("() => typeof chrome === 'undefined' || !chrome.storage")
    said = desk.worker.evaluate(
        """async url => { const [tab] = (await chrome.tabs.query({})).filter(one => one.url === url);
             const [answer] = await chrome.scripting.executeScript({target: {tabId: tab.id},
               func: () => chrome.storage.session?.get(null).then(() => "read", () => "shut") ?? "shut"});
             return answer.result; }""",
        page.url,
    )
    assert said == "shut"


def test_the_code_is_read_only_after_filling_and_from_one_place_only(context, desk, web):
    desk.hand_over(plan(web))
    page = opened(context, f"{web}/done")
    desk.press(page)
    assert "found" not in desk.kept()
    page.goto(f"{web}/form")
    desk.press(page)
    page.goto(f"{web}/done-twice")
    page.wait_for_timeout(300)
    assert "found" not in desk.kept()
    page.goto(f"{web}/done")
    page.wait_for_timeout(300)
    assert desk.kept()["found"] == {"dossier_code": "H13.99-261124-000007"}


def test_the_keys_are_bound_and_do_what_the_button_does(context, desk, web):
    commands = desk.worker.evaluate("() => chrome.commands.getAll()")
    assert {one["name"]: one["shortcut"] for one in commands}["fill"] == "Alt+Shift+F"
    desk.hand_over(plan(web))
    page = opened(context, f"{web}/form")
    desk.worker.evaluate(
        """async url => { const [tab] = (await chrome.tabs.query({})).filter(one => one.url === url);
             chrome.commands.onCommand.dispatch("fill", tab); }""",
        page.url,
    )
    page.wait_for_selector("#donghanh-note")
    assert page.evaluate(HELD) == VALUES
