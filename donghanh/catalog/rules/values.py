"""Answers as people type them, read into the values that are kept: the twin is static/js/guide/values.js.

A question is a mapping as in a plan: id, type, and of choices, longest, least, most, earliest,
latest, pattern, key, allow, required, fields what it has. `today` is the ward's day as YYYY-MM-DD.
Values: text NFC; date YYYY-MM-DD; partial date YYYY, YYYY-MM or YYYY-MM-DD; whole numbers up to
2^53-1; yes/no true or false; choices a list in the order of the question; phone 0912345678;
identity number 12 or 9 digits; area 5 digits; rows a list of {field: {state, value}}.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from donghanh.catalog.rules.calendar import is_day, is_partial_day
from donghanh.catalog.rules.patterns import matches
from donghanh.catalog.rules.writing import LONGEST_RAW, NotText, is_name, looks_secret, normal, plain_key
from donghanh.kernel.numbers import citizen_id_digits, phone_digits

BIGGEST = 2**53 - 1
LONGEST = {"name": 100, "address": 200, "text": 200}
EMAIL = r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,24}$"
OPEN = ("empty", "dont_know", "not_applicable")
MOST_ROWS = 50
# Rows too few or too many can be read all the same.
COUNT_CODES = ("too_few_rows", "too_many_rows")

Question = Mapping[str, Any]
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
_WRITTEN = re.compile(r"(?:(?:([0-9]{1,2})[/. -])?([0-9]{1,2})[/. -])?([0-9]{4})")
_RUN_TOGETHER = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_WORDS = re.compile(r"(?:(?:(?:ngay )?([0-9]{1,2}) )?thang ([0-9]{1,2}) )?nam ([0-9]{4})")
_WHOLE = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+)")
_CURRENCY = re.compile(r" ?(?:d|₫|dong|vnd)$")
_AREA = re.compile(r"[0-9]{5}")
_YES, _NO = ("yes", "true", "co", "1", "oui"), ("no", "false", "khong", "0", "non")


class Parsed(NamedTuple):
    """A value, or the code of what is wrong; neither when nothing was written."""

    value: Any
    error: str | None


def parse(question: Question, raw: object, today: str) -> Parsed:
    """What was typed, read and checked by the limits of the question itself."""
    if isinstance(raw, str) and len(raw) > LONGEST_RAW:
        return Parsed(None, "too_long")
    try:
        text = normal(raw)
    except NotText:
        return Parsed(None, "not_text")
    if not text:
        return Parsed(None, None)
    read = _READERS.get(question["type"])
    if read is None:
        return Parsed(None, "not_text")
    value = read(question, text)
    if value is None:
        return Parsed(None, _UNREADABLE.get(question["type"], "not_text"))
    error = wrong(question, value, today)
    return Parsed(None, error) if error else Parsed(value, None)


def wrong(question: Question, value: object, today: str) -> str | None:
    """The code of what is wrong with a kept value, or None. For a repeat only the number of rows."""
    kind = question["type"]
    if kind in LONGEST:
        return _wrong_text(question, value)
    if kind in ("date", "partial_date"):
        return _wrong_day(question, value, today)
    if kind in ("integer", "money"):
        return _wrong_number(question, value)
    if kind == "repeat":
        return _wrong_rows(question, value)
    if kind == "yes_no":
        return None if isinstance(value, bool) else "not_in_list"
    if kind == "choices":
        return None if _is_choices(question, value) else "not_in_list"
    if not isinstance(value, str):
        return _UNREADABLE[kind]
    if kind == "choice":
        return None if value in choice_ids(question) else "not_in_list"
    return None if _READERS[kind](question, value) == value else _UNREADABLE[kind]


def errors_in(question: Question, value: object, today: str) -> list[tuple[str, str]]:
    """Every (place, code) wrong with a kept value: place "" is the value itself, "0.name" a field of a row."""
    code = wrong(question, value, today)
    found = [("", code)] if code else []
    if question["type"] != "repeat" or code not in (None, *COUNT_CODES):
        return found
    assert isinstance(value, list)
    for number, row in enumerate(value):
        for field in question["fields"]:
            answer = row.get(field["id"])
            if answer is not None and (code := wrong_answer(field, answer, today)):
                found.append((f"{number}.{field['id']}", code))
    return found


def wrong_answer(question: Question, answer: object, today: str) -> str | None:
    """The code of what is wrong with {state, value}: a state it may not have, or a value."""
    if not isinstance(answer, Mapping):
        return "not_in_list"
    state = answer.get("state")
    if state == "given":
        return wrong(question, answer.get("value"), today)
    is_open = state in ("absent", "empty") or (state in OPEN and state in question.get("allow", ()))
    return None if is_open else "not_in_list"


def choice_ids(question: Question) -> list[str]:
    """The ids of the choices, whether a plan carries their labels or not."""
    return [one if isinstance(one, str) else one["id"] for one in question.get("choices", ())]


def _wrong_text(question: Question, value: object) -> str | None:
    if not isinstance(value, str):
        return "not_text"
    longest = question.get("longest") or LONGEST[question["type"]]
    if len(value) > longest:
        return "too_long"
    try:
        if not value or normal(value) != value:
            return "not_text"
    except NotText:
        return "not_text"
    if looks_secret(value):
        return "secret"
    if question["type"] == "name" and not is_name(value):
        return "not_a_name"
    pattern = question.get("pattern") or (EMAIL if question.get("key") == "email" else None)
    return "pattern" if pattern and not matches(pattern, value) else None


def _wrong_day(question: Question, value: object, today: str) -> str | None:
    whole = question["type"] == "date"
    if not isinstance(value, str) or not (is_day(value) if whole else is_partial_day(value)):
        return "not_a_day"
    for limit, is_beyond, code in (
        (question.get("earliest"), value.__lt__, "too_early"),
        (question.get("latest"), value.__gt__, "too_late"),
    ):
        if limit and is_beyond((today if limit == "today" else limit)[: len(value)]):
            return code
    return None


def _wrong_number(question: Question, value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return "not_a_number"
    least, most = question.get("least"), question.get("most")
    if least is None:
        least = 0 if question["type"] == "money" else -BIGGEST
    if value < least:
        return "too_small"
    return "too_big" if value > (BIGGEST if most is None else most) else None


def _wrong_rows(question: Question, value: object) -> str | None:
    known = {field["id"] for field in question["fields"]}
    if not isinstance(value, list) or any(not isinstance(row, dict) or set(row) - known for row in value):
        return "not_in_list"
    if len(value) < (question.get("least") or 0):
        return "too_few_rows"
    most = question.get("most")
    return "too_many_rows" if len(value) > (MOST_ROWS if most is None else most) else None


def _is_choices(question: Question, value: object) -> bool:
    return isinstance(value, list) and value == [one for one in choice_ids(question) if one in value]


def _read_text(question: Question, text: str) -> str:
    return text


def _read_day(question: Question, text: str) -> str | None:
    plain = _digits_made_narrow(text)
    if found := _ISO.fullmatch(plain):
        year, month, day = found.groups()
    elif (
        found := _RUN_TOGETHER.fullmatch(plain)
        or _WRITTEN.fullmatch(plain)
        or _WORDS.fullmatch(plain_key(plain))
    ):
        day, month, year = found.groups()
    else:
        return None
    written = "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
    return written if question["type"] == "partial_date" or len(written) == 10 else None


def _read_number(question: Question, text: str) -> int | None:
    plain = plain_key(_digits_made_narrow(text))
    if question["type"] == "money":
        plain = _CURRENCY.sub("", plain)
    if not _WHOLE.fullmatch(plain):
        return None
    digits = re.sub("[., ]", "", plain)
    if len(digits) > 20:  # beyond every number kept, whatever they are
        return -(10**17) if digits[0] == "-" else 10**17
    return int(digits)


def _read_yes_no(question: Question, text: str) -> bool | None:
    plain = plain_key(text)
    return True if plain in _YES else False if plain in _NO else None


def _read_choices(question: Question, text: str) -> list[str] | None:
    chosen = [one for one in re.split("[ ,;]+", text) if one]
    known = choice_ids(question)
    return [one for one in known if one in chosen] if set(chosen) <= set(known) else None


def _read_phone(question: Question, text: str) -> str | None:
    return phone_digits(text)


def _read_citizen_id(question: Question, text: str) -> str | None:
    return citizen_id_digits(text)


def _read_area(question: Question, text: str) -> str | None:
    return text if _AREA.fullmatch(text) else None


def _digits_made_narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


_READERS = {
    "text": _read_text,
    "name": _read_text,
    "address": _read_text,
    "choice": _read_text,
    "date": _read_day,
    "partial_date": _read_day,
    "integer": _read_number,
    "money": _read_number,
    "yes_no": _read_yes_no,
    "choices": _read_choices,
    "phone": _read_phone,
    "citizen_id": _read_citizen_id,
    "area": _read_area,
}
_UNREADABLE = {
    "date": "not_a_day",
    "partial_date": "not_a_day",
    "integer": "not_a_number",
    "money": "not_a_number",
    "yes_no": "not_in_list",
    "choice": "not_in_list",
    "choices": "not_in_list",
    "phone": "not_a_phone",
    "citizen_id": "not_a_citizen_id",
    "area": "not_an_area",
}
