"""What the practice portal's forms take, and with which complaint they come back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.guidance import PortalField, PortalMap, Question
from donghanh.practice.rules.invented import holds_a_real_phone, is_only_invented

PORTAL = "practice"
ORIGIN = "practice:"
LONGEST = 250

Complaint = Literal[
    "required", "too_long", "not_a_day", "not_in_list", "not_a_number", "not_a_phone", "not_invented",
    "not_a_name",
]  # fmt: skip
_PATTERNS: dict[str, tuple[str, Complaint]] = {
    "citizen_id": (r"[0-9]{12}|[0-9]{9}", "not_a_number"),
    "integer": (r"-?[0-9]{1,9}", "not_a_number"),
    "money": (r"[0-9.]{1,15}( ?đồng)?", "not_a_number"),
    "phone": (r"0[0-9]{9,10}", "not_a_phone"),
    "name": (r"[^0-9<>@#]+", "not_a_name"),
}


@dataclass(frozen=True, slots=True)
class Entered:
    """What a form holds after it was sent: tidy values, and complaints by field in the form's order."""

    values: Mapping[str, str]
    complaints: Mapping[str, Complaint]


def practice_map(content: EditionContent) -> PortalMap | None:
    """The map of an edition to the practice portal, if it has one."""
    return next((one for one in content.portal_maps if one.portal == PORTAL), None)


def tidy(text: str) -> str:
    """NFC, unseen marks gone, blanks collapsed; a text area keeps none of its line ends."""
    plain = "".join(
        mark for mark in unicodedata.normalize("NFC", text) if unicodedata.category(mark) not in {"Cf", "Cs"}
    )
    return " ".join(plain.split())


def entered(form: PortalMap, sent: Mapping[str, str], questions: Mapping[str, Question]) -> Entered:
    """Check what was sent, field by field; fields that the form does not have are not looked at."""
    values = {field.name: tidy(sent.get(field.name, "")) for field in form.fields}
    complaints: dict[str, Complaint] = {}
    for field in form.fields:
        complaint = _complaint(field, values[field.name], _type_of(field, questions))
        if complaint:
            complaints[field.name] = complaint
            if complaint == "not_invented":
                values[field.name] = ""  # what may be real is not even shown again
    return Entered(values, complaints)


def _complaint(field: PortalField, value: str, kind: str) -> Complaint | None:
    if not value:
        return "required" if field.required and field.when is None else None
    if not is_only_invented(value) or (kind != "citizen_id" and holds_a_real_phone(value)):
        return "not_invented"
    if len(value) > (field.longest or LONGEST):
        return "too_long"
    if field.kind in {"select", "radio"}:
        return None if value in option_values(field) else "not_in_list"
    if field.kind == "date":
        return None if _is_day(value) else "not_a_day"
    pattern, complaint = _PATTERNS.get(kind, ("", "not_a_number"))
    if field.value.spelling == "plain" and pattern and not re.fullmatch(pattern, value):
        return complaint
    return None


def option_values(field: PortalField) -> tuple[str, ...]:
    """The values that a list or a row of buttons offers, in the map's order."""
    listed = [*(field.option_labels or {}), *(field.options or {}).values()]
    return tuple(dict.fromkeys(listed))


def _type_of(field: PortalField, questions: Mapping[str, Question]) -> str:
    """The type of the one question behind a field; several joined are just text."""
    ids = field.value.questions
    return questions[ids[0]].type if len(ids) == 1 and ids[0] in questions else "text"


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
