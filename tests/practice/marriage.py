"""A small marriage form for the practice portal, made by hand: every kind of field once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings

from donghanh.catalog.actions.publish import publish
from donghanh.catalog.actions.read_pack import read_pack
from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.guidance import (
    FormValue,
    PersonKey,
    PortalField,
    PortalMap,
    PortalRead,
    Question,
    QuestionType,
    Role,
    Spelling,
)
from donghanh.kernel.journal import House
from donghanh.practice.queries import Service, service

CODE = "1.000894"
ROLES = (Role("spouse_a", True), Role("spouse_b"))


def _question(name: str, kind: QuestionType, key: PersonKey | None, role: str, **more: Any) -> Question:
    return Question(name, kind, True, "register", "basic", key=key, role=role, **more)


def _questions(side: str) -> tuple[Question, ...]:
    role = f"spouse_{side}"
    return (
        _question(f"{side}_name", "name", "name", role),
        _question(f"{side}_born", "date", "born_on", role),
        _question(f"{side}_id", "citizen_id", "id_number", role),
        _question(f"{side}_nationality", "choice", "nationality", role, choices=("vietnamese", "other")),
        _question(f"{side}_area", "area", "residence_area", role),
        _question(f"{side}_line", "address", "residence_line", role),
    )


QUESTIONS = (
    *_questions("a"),
    *_questions("b"),
    _question("copies", "integer", None, "spouse_a", least=0, most=20),
    _question("first_time", "yes_no", None, "spouse_a"),
    _question("phone", "phone", "phone", "spouse_a"),
    _question("remark", "text", None, "spouse_a"),
)


def _value(*questions: str, spelling: Spelling = "plain", join: str = " ") -> FormValue:
    return FormValue(questions, spelling, join)


def _fields(side: str, words: str) -> tuple[PortalField, ...]:
    nations = {"vietnamese": "VN", "other": "XX"}
    return (
        PortalField(f"ten_{side}", f"Họ, chữ đệm, tên {words}", "text", _value(f"{side}_name", spelling="upper"), True, 60),
        PortalField(f"sinh_{side}", f"Ngày sinh {words}", "date", _value(f"{side}_born"), True),
        PortalField(f"dinh_danh_{side}", f"Số định danh {words}", "text", _value(f"{side}_id"), True, 12),
        PortalField(
            f"quoc_tich_{side}", f"Quốc tịch {words}", "select", _value(f"{side}_nationality"), True, None, nations,
            {"VN": "Việt Nam", "XX": "Nước khác"},
        ),
        PortalField(
            f"cu_tru_{side}", f"Nơi cư trú {words}", "textarea",
            _value(f"{side}_line", f"{side}_area", spelling="area", join=", "), True, 200,
        ),
    )  # fmt: skip


FORM = PortalMap(
    portal="practice",
    origin="practice:",
    path=f"/practice/forms/{CODE}",
    form="form#e-form",
    fields=(
        *_fields("a", "bên nam"),
        *_fields("b", "bên nữ"),
        PortalField("so_ban_sao", "Số bản sao", "text", _value("copies"), False, 2),
        PortalField(
            "lan_dau", "Kết hôn lần đầu", "radio", _value("first_time"), True, None, {"true": "co", "false": "khong"},
            {"co": "Có", "khong": "Không"},
        ),
        PortalField("dien_thoai", "Điện thoại", "text", _value("phone"), False, 11),
        PortalField("cam_doan", "Tôi cam đoan", "checkbox", _value("first_time"), False),
    ),
    reads=(
        PortalRead("dossier_code", "#dossier-code", "[A-Z0-9.]+-[0-9]{6}-[0-9]{6}"),
        PortalRead("due_on", "#due-on", "[0-9]{2}/[0-9]{2}/[0-9]{4}"),
    ),
)  # fmt: skip

# What two invented people answer: see practice.rules.invented.
ENTERED = {
    "ten_a": "TRẦN MINH KHANG",
    "sinh_a": "1996-03-14",
    "dinh_danh_a": "092096999901",
    "quoc_tich_a": "VN",
    "cu_tru_a": "Số 12, hẻm 5, đường Tập Dượt, Phường Ninh Kiều, Thành phố Cần Thơ",
    "ten_b": "NGUYỄN THỊ ÁNH TUYẾT",
    "sinh_b": "1998-09-02",
    "dinh_danh_b": "092198999902",
    "quoc_tich_b": "VN",
    "cu_tru_b": "Số 7, khu vực Mẫu 2, Phường Cái Khế, Thành phố Cần Thơ",
    "so_ban_sao": "1",
    "lan_dau": "co",
    "dien_thoai": "0900000101",
}


def content() -> EditionContent:
    """The shipped marriage edition with this form and these questions."""
    return replace(
        read_pack(settings.PACKS / CODE), questions=QUESTIONS, roles=ROLES, portal_maps=(FORM,), format=2
    )


def published() -> Service:
    """The edition, published, as the practice portal offers it."""
    publish(content(), by=House())
    return service(CODE)
