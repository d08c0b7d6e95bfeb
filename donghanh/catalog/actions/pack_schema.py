"""What may stand in pack.yaml, key by key. Unknown keys are refused; every value arrives as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from donghanh.catalog.rules import content as c

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


def _whole(value: Any) -> int:
    text = _text_of(value)
    if re.fullmatch(r"-[0-9]+", text):
        raise wrong(f"{text:.20} is negative", "write a whole number from 0 up")
    if not re.fullmatch(r"0|[1-9][0-9]{0,9}", text):
        raise wrong(f"“{text:.60}” is not a whole number", "write digits only, for example 8000")
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


Slug = Annotated[
    str,
    BeforeValidator(
        _matching(r"[a-z][a-z0-9_]{0,39}", "no id", "use small letters, digits and _, a letter first")
    ),
]
Code = Annotated[
    str,
    BeforeValidator(_matching(r"[1-3]\.[0-9]{6}", "no procedure code", "write it like 1.000894, in quotes")),
]
ServiceId = Annotated[
    str,
    BeforeValidator(
        _matching(r"svc\.[a-z0-9]+(?:-[a-z0-9]+)*", "no service id", "write it like svc.vneid-install")
    ),
]
Title = Annotated[
    str, BeforeValidator(_matching(r"\S(?:.{0,298}\S)?", "empty or too long", "use 1 to 300 letters"))
]
Hour = Annotated[
    str, BeforeValidator(_matching(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", "no hour", "write it like 15:00"))
]
OfficialPage = Annotated[
    str,
    BeforeValidator(
        _matching(
            r"https://(?:[a-z0-9-]+\.)*(?:dichvucong\.gov\.vn|vanban\.chinhphu\.vn)(?:/\S{0,300})?",
            "no official page",
            "give an https page of dichvucong.gov.vn or vanban.chinhphu.vn, or leave url out",
        )
    ),
]
StateAddress = Annotated[
    str,
    BeforeValidator(
        _matching(
            r"https://(?:[a-z0-9-]+\.)+gov\.vn(?:/\S{0,300})?",
            "no address of a state portal",
            "give an https address that ends in .gov.vn, or leave address out",
        )
    ),
]
Whole = Annotated[int, BeforeValidator(_whole)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Day = Annotated[str, BeforeValidator(_day)]
MonthOrDay = Annotated[str, BeforeValidator(_month_or_day)]
Amount = Annotated[int | Literal["set_by_province", "unknown"], BeforeValidator(_amount)]


class Strict(BaseModel):
    """Refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(Strict):
    """A statement with its source; confidence and date are the source's unless said otherwise."""

    source: Slug | None = None
    checked: MonthOrDay | None = None
    confidence: c.Confidence | None = None


class SourceIn(Strict):
    """A place where facts were read."""

    id: Slug
    title: Title
    checked: MonthOrDay
    confidence: c.Confidence
    url: OfficialPage | None = None


class OnlineIn(Sourced):
    """How much can be done online."""

    mode: c.OnlineMode


class PaperIn(Sourced):
    """A paper and what is done with it."""

    id: Slug
    mode: c.PaperMode
    form: c.PaperForm
    count: Whole = 1
    not_needed_if_in_database: YesNo = False


class FeeIn(Sourced):
    """What is paid through some channels."""

    id: Slug
    channels: list[c.Channel] = Field(min_length=1)
    amount: Amount


class TimeLimitIn(Sourced):
    """How long the authority may take."""

    kind: c.LimitKind
    days: Whole | None = None
    cutoff: Hour | None = None


class HelpMinutesIn(Strict):
    """A first guess of how long helping takes."""

    p50: Whole
    p80: Whole
    basis: c.DurationBasis


class PortalIn(Sourced):
    """Where the dossier goes."""

    id: Slug
    kind: c.PortalKind
    address: StateAddress | None = None


class ResultIn(Sourced):
    """What the citizen gets."""

    id: Slug


class AccountIn(Sourced):
    """Whose account acts."""

    who: Literal["citizen", "representative", "officer", "none"]


class StepIn(Sourced):
    """One guided step."""

    id: Slug
    who: c.Actor
    papers: list[Slug] = []
    volunteer_stops: YesNo = False
    officer_only: YesNo = False


class ReferralIn(Sourced):
    """Where to send someone."""

    id: Slug
    to: c.ReferralTarget


class PackIn(Strict):
    """The whole of pack.yaml."""

    format: Literal["1"]
    kind: c.Kind
    code: Code | None = None
    id: ServiceId | None = None
    valid_from: Day
    checked_on: MonthOrDay
    sector: Slug
    levels: list[c.Level] = []
    pictogram: c.Pictogram
    needs_skill: Slug | None = None
    online: OnlineIn | None = None
    account: AccountIn
    papers: list[PaperIn] = []
    fees: list[FeeIn] = []
    exemptions: Sourced | None = None
    time_limit: TimeLimitIn
    usual_minutes: HelpMinutesIn
    portals: list[PortalIn] = []
    results: list[ResultIn] = []
    steps: list[StepIn] = Field(min_length=1, max_length=30)
    referrals: list[ReferralIn] = []
    sources: list[SourceIn] = Field(min_length=1)
