"""How an answer is written into a field of a portal or onto a form. Twin: static/js/guide/spelling.js.

Forms and portals of the country speak Vietnamese, so days in words and money are spelt in Vietnamese.
What is not given is written as nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from donghanh.catalog.rules.guidance import FormValue, Question, Spelling

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


@dataclass(frozen=True, slots=True)
class Names:
    """The words behind ids: labels of one question's choices, names of areas by code, yes and no."""

    choices: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    yes: str = "Có"
    no: str = "Không"


def choice_names(question: Question, texts: Mapping[str, str], repeat: str | None = None) -> dict[str, str]:
    """The labels of a question's choices from the texts of one language; `repeat` is what it stands in."""
    root = f"questions.{repeat}.fields.{question.id}" if repeat else f"questions.{question.id}"
    return {choice: texts.get(f"{root}.choices.{choice}", choice) for choice in question.choices}


def spelt(value: Any, spelling: Spelling, question: Question, names: Names) -> str:
    """A value of a question as it is written: `day` is 24/11/2026, `day_words` is said in words."""
    if value is None or isinstance(value, dict) or question.type == "repeat":
        return ""
    ids = [str(one) for one in value] if isinstance(value, list) else [_plain(value)]
    if spelling == "choice":
        return ", ".join(names.choices.get(one, one) for one in ids)
    plain = ",".join(ids)
    if spelling == "area":
        return names.areas.get(plain, plain)
    if spelling == "yes_no":
        return {"true": names.yes, "false": names.no}.get(plain, plain)
    if spelling == "upper":
        return normalize("NFC", plain.upper())
    if spelling == "digits":
        return re.sub(r"[^0-9]", "", plain)
    if spelling == "money":
        return _money(plain)
    return _of_a_day(plain, spelling)


def written(
    value: FormValue,
    answers: Mapping[str, Mapping[str, Any]],
    questions: Mapping[str, Question],
    texts: Mapping[str, str],
    areas: Mapping[str, str],
    repeat: str | None = None,
) -> str:
    """All answers of a place, joined; those not given are left out. For a row of a repeat `answers` and
    `questions` are the row's own, and `repeat` names it."""
    parts = []
    for name in value.questions:
        question, answer = questions.get(name), answers.get(name, {})
        if question is None or answer.get("state") != "given":
            continue
        names = Names(choice_names(question, texts, repeat), areas)
        parts.append(spelt(answer.get("value"), value.spelling, question, names))
    return value.join.join(part for part in parts if part)


def number_in_words(number: int) -> str:
    """A number from 0 to 9999 in Vietnamese: 24 is "hai mươi tư", 2005 "hai nghìn không trăm linh năm"."""
    thousands, rest = divmod(number, 1000)
    words = [f"{_DIGITS[thousands]} nghìn"] if thousands else []
    if rest or not thousands:
        words.append(_below_thousand(rest, whole=bool(thousands)))
    return " ".join(words)


def _below_thousand(number: int, *, whole: bool) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or whole else []
    tens, ones = divmod(rest, 10)
    if not tens and words:
        words += [f"linh {_DIGITS[ones]}"] if ones else []
    elif not tens:
        words.append(_DIGITS[ones])
    elif tens == 1:
        words.append("mười" if not ones else f"mười {'lăm' if ones == 5 else _DIGITS[ones]}")
    else:
        last = {0: "", 1: " mốt", 4: " tư", 5: " lăm"}.get(ones, f" {_DIGITS[ones]}")
        words.append(f"{_DIGITS[tens]} mươi{last}")
    return " ".join(words)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return normalize("NFC", str(value))


def _money(plain: str) -> str:
    whole = re.fullmatch(r"(-?)([0-9]+)", plain)
    if whole is None:
        return plain
    return whole[1] + re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", ".", whole[2]) + " đồng"


def _of_a_day(plain: str, spelling: Spelling) -> str:
    parts = _DAY.fullmatch(plain)
    if parts is None or spelling == "plain":
        return plain
    year, month, day = parts[1], parts[2], parts[3]
    if spelling == "year":
        return year
    if spelling == "day":
        return "/".join(part for part in (day, month, year) if part)
    if spelling == "day_words":
        named = (("ngày", day), ("tháng", month), ("năm", year))
        return " ".join(f"{word} {_part_in_words(word, part)}" for word, part in named if part)
    return plain


def _part_in_words(word: str, part: str) -> str:
    # The fourth month is said "tư", not "bốn".
    return "tư" if word == "tháng" and part == "04" else number_in_words(int(part))
