"""The values of a pack: every one arrives as text and is read by what its key means."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

from donghanh.catalog.rules.fact import Confidence

# Longest fee that anybody could mean, in đồng; above it somebody typed too many zeros.
MAX_AMOUNT = 1_000_000_000


def wrong(what: str, advice: str) -> PydanticCustomError:
    """A refusal of the schema: what is wrong and what to do."""
    return PydanticCustomError("pack", "{what}", {"what": what, "advice": advice})


def _text_of(value: Any) -> str:
    if not isinstance(value, str):
        raise wrong("a single value is expected here", "write it behind the colon on the same line")
    return value


def _matching(pattern: str, what: str, advice: str) -> Callable[[Any], str]:
    compiled = re.compile(pattern)

    def check(value: Any) -> str:
        text = _text_of(value)
        if not compiled.fullmatch(text):
            raise wrong(f"“{text:.60}” is {what}", advice)
        return text

    return check


def _for_editors(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^(?:{pattern})$"})


def _whole(value: Any) -> int:
    text = _text_of(value)
    if re.fullmatch(r"-[0-9]+", text):
        raise wrong(f"{text:.20} is negative", "write a whole number from 0 up")
    if not re.fullmatch(r"0|[1-9][0-9]{0,9}", text):
        raise wrong(f"“{text:.60}” is not a whole number", "write digits only, for example 8000")
    return int(text)


def _bound(value: Any) -> int:
    text = _text_of(value)
    if not re.fullmatch(r"0|-?[1-9][0-9]{0,15}", text) or abs(int(text)) > 2**53 - 1:
        raise wrong(f"“{text:.60}” is no bound", "write a whole number within ±(2^53-1)")
    return int(text)


def _amount(value: Any) -> int | str:
    text = _text_of(value)
    if text in ("set_by_province", "unknown"):
        return text
    if re.fullmatch(r"-?[0-9]+", text):
        found = _whole(text)
        if found > MAX_AMOUNT:
            raise wrong(f"{text:.20} đồng is too much", "check the number of zeros")
        return found
    raise wrong(
        f"“{text:.60}” is not an amount",
        "write whole đồng (8000), set_by_province or unknown; only write 0 when the source says it is free",
    )


def _yes_no(value: Any) -> bool:
    text = _text_of(value)
    if text not in ("true", "false"):
        raise wrong(f"“{text:.60}” is neither true nor false", "write true or false")
    return text == "true"


def _day(value: Any) -> str:
    text = _text_of(value)
    try:
        return _day_or_refuse(text)
    except ValueError:
        raise wrong(f"“{text:.60}” is not a day", "write year-month-day, for example 2026-07-24") from None


def _day_or_today(value: Any) -> str:
    return "today" if value == "today" else _day(value)


def _month_or_day(value: Any) -> str:
    text = _text_of(value)
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
            _day_or_refuse(f"{text}-01")
            return text
        return _day_or_refuse(text)
    except ValueError:
        advice = "write year-month or year-month-day, for example 2026-07"
        raise wrong(f"“{text:.60}” is not a month or a day", advice) from None


def _day_or_refuse(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError
    return date.fromisoformat(text).isoformat()


_SLUG = r"[a-z][a-z0-9_]{0,39}"
_CODE = r"[1-3]\.[0-9]{6}"
_SERVICE = r"svc\.[a-z0-9]+(?:-[a-z0-9]+)*"
_TITLE = r"\S(?:.{0,298}\S)?"
_WORDS = r"\S(?:.{0,598}\S)?"
_HOUR = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_OFFICIAL = r"https://(?:[a-z0-9-]+\.)*(?:dichvucong\.gov\.vn|vanban\.chinhphu\.vn)(?:/\S{0,300})?"
_STATE = r"https://(?:[a-z0-9-]+\.)+gov\.vn(?:/\S{0,300})?"
_ORIGIN = r"practice:|https://(?:[a-z0-9-]+\.)+gov\.vn"
_PATH = r"/[A-Za-z0-9._~/%-]{0,200}"
_LAYOUT = r"[a-z0-9][a-z0-9._-]{0,75}\.(?:pdf|svg)"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

Slug = Annotated[
    str,
    BeforeValidator(_matching(_SLUG, "no id", "use small letters, digits and _, a letter first")),
    _for_editors(_SLUG),
]
Code = Annotated[
    str,
    BeforeValidator(_matching(_CODE, "no procedure code", "write it like 1.000894, in quotes")),
    _for_editors(_CODE),
]
ServiceId = Annotated[
    str,
    BeforeValidator(_matching(_SERVICE, "no service id", "write it like svc.vneid-install")),
    _for_editors(_SERVICE),
]
Title = Annotated[
    str,
    BeforeValidator(_matching(_TITLE, "empty or too long", "use 1 to 300 letters")),
    _for_editors(_TITLE),
]
Words = Annotated[
    str,
    BeforeValidator(_matching(_WORDS, "empty or too long", "use 1 to 600 letters")),
    _for_editors(_WORDS),
]
Hour = Annotated[
    str, BeforeValidator(_matching(_HOUR, "no hour", "write it like 15:00")), _for_editors(_HOUR)
]
OfficialPage = Annotated[
    str,
    BeforeValidator(
        _matching(
            _OFFICIAL,
            "no official page",
            "give an https page of dichvucong.gov.vn or vanban.chinhphu.vn, or leave url out",
        )
    ),
    _for_editors(_OFFICIAL),
]
StateAddress = Annotated[
    str,
    BeforeValidator(
        _matching(
            _STATE,
            "no address of a state portal",
            "give an https address that ends in .gov.vn, or leave address out",
        )
    ),
    _for_editors(_STATE),
]
Origin = Annotated[
    str,
    BeforeValidator(
        _matching(
            _ORIGIN, "no origin of a portal", "write https:// and a host that ends in .gov.vn, or practice:"
        )
    ),
    _for_editors(_ORIGIN),
]
AddressPath = Annotated[
    str,
    BeforeValidator(_matching(_PATH, "no path", "begin with / and leave out ? and #")),
    _for_editors(_PATH),
]
BackgroundFile = Annotated[
    str,
    BeforeValidator(
        _matching(_LAYOUT, "no name of a layout", "name a file of the folder forms, like ct01.pdf")
    ),
    _for_editors(_LAYOUT),
]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
Bound = Annotated[int, BeforeValidator(_bound), WithJsonSchema({"type": "integer"})]
YesNo = Annotated[bool, BeforeValidator(_yes_no), WithJsonSchema({"type": "boolean"})]
Day = Annotated[str, BeforeValidator(_day), _for_editors(_DAY)]
DayOrToday = Annotated[str, BeforeValidator(_day_or_today), _for_editors(f"today|{_DAY}")]
MonthOrDay = Annotated[str, BeforeValidator(_month_or_day), _for_editors(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")]
Amount = Annotated[int | Literal["set_by_province", "unknown"], BeforeValidator(_amount)]
FormatNumber = Annotated[Literal["1", "2"], WithJsonSchema({"enum": [1, 2]})]
# What an author writes of a condition; it is compiled afterwards, when the questions are known.
Expression = Annotated[str, BeforeValidator(_text_of), WithJsonSchema({"type": "string", "minLength": 1})]


class Strict(BaseModel):
    """Refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(Strict):
    """A statement with its source; confidence and date are the source's unless said otherwise."""

    source: Slug | None = None
    checked: MonthOrDay | None = None
    confidence: Confidence | None = None
