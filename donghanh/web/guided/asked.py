"""Events as the guide sends them, read one by one: a bad one is refused alone, the others are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool, ValidationError

from donghanh.cases.rules.events import LONGEST_RAW, LONGEST_REASON, Event, Outcome
from donghanh.kernel.errors import Invalid

MOST_EVENTS = 200

Id = Annotated[
    str, Field(pattern=r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$")
]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,60}$")]
Line = Annotated[str, Field(pattern=r"^[^\u0000-\u001f\u007f]*$")]
Hand = Literal["citizen", "member"]
Words = Literal["own", "relative", "interpreter", "written"]


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    id: Id


class _Answered(_Sent):
    question: Name
    state: Literal["given", "empty", "dont_know", "not_applicable", "absent"]
    value: Any = None
    raw: Annotated[str, Field(max_length=LONGEST_RAW)] = ""
    source: Literal["typed", "scanned", "spoken"] = "typed"
    hand: Hand = "member"
    words: Words = "own"
    device: Annotated[Line, Field(max_length=40)] = ""
    at: Annotated[AwareDatetime | None, Field(strict=False)] = None
    edition: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    reason: Annotated[Line, Field(max_length=LONGEST_REASON)] = ""
    confirmed: StrictBool = True


class _Undone(_Sent):
    undo: Id
    hand: Hand = "member"
    device: Annotated[Line, Field(max_length=40)] = ""
    at: Annotated[AwareDatetime | None, Field(strict=False)] = None


class _Confirmed(_Sent):
    question: Name
    value: Any
    origin: Annotated[Literal["card", "record", "earlier", "other"], Field(alias="from")]


class _Brought(_Sent):
    question: Name
    state: Literal["given", "empty", "dont_know", "not_applicable"]
    value: Any = None
    edition: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    at: Annotated[AwareDatetime | None, Field(strict=False)] = None


class Card(BaseModel):
    """What the chip card's QR says, read in the browser; every field may be missing."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id_number: Annotated[Line, Field(max_length=12)] = ""
    old_number: Annotated[Line, Field(max_length=12)] = ""
    name: Annotated[Line, Field(max_length=120)] = ""
    born_on: Annotated[Line, Field(max_length=10)] = ""
    sex: Literal["", "male", "female"] = ""
    address: Annotated[Line, Field(max_length=250)] = ""
    issued_on: Annotated[Line, Field(max_length=10)] = ""


class Shared(BaseModel):
    """What holds for a whole group of confirmed proposals."""

    model_config = ConfigDict(strict=True)

    hand: Hand = "member"
    words: Words = "own"
    device: Annotated[Line, Field(max_length=40)] = ""


Read = Event | Outcome


def answers_in(events: Any) -> list[Read]:
    """Answers and undos; a bad one is its refusal. Refuses with Invalid when it is no list of up to 200."""
    return _read(events, _answer_or_undo)


def confirmed_in(events: Any, shared: Shared) -> list[Read]:
    """Confirmed proposals of one group."""

    def read(sent: Any) -> Event:
        one = _Confirmed.model_validate(sent)
        return Event(
            UUID(one.id), one.question, "given", one.value, origin=one.origin, hand=shared.hand,
            words=shared.words, device=shared.device,
        )  # fmt: skip

    return _read(events, read)


def brought_in(events: Any) -> list[Read]:
    """What a phone brought along."""

    def read(sent: Any) -> Event:
        one = _Brought.model_validate(sent)
        return Event(UUID(one.id), one.question, one.state, one.value, edition=one.edition, at=one.at)

    return _read(events, read)


def outcomes_in_order(read: Sequence[Read], acted: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes of all that was sent, in its order."""
    rest = iter(acted)
    return [one if isinstance(one, Outcome) else next(rest) for one in read]


def events_in(read: Sequence[Read]) -> list[Event]:
    """Those that could be read."""
    return [one for one in read if isinstance(one, Event)]


def _read(events: Any, reader: Callable[[Any], Event]) -> list[Read]:
    if not isinstance(events, list) or len(events) > MOST_EVENTS:
        raise Invalid(field="events", problem=f"≤ {MOST_EVENTS}")
    return [_one(sent, reader) for sent in events]


def _one(sent: Any, reader: Callable[[Any], Event]) -> Read:
    try:
        return reader(sent)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        named = sent.get("id") if isinstance(sent, dict) else ""
        return Outcome(
            named[:36] if isinstance(named, str) and named.isascii() else "",
            "refused",
            "bad-event",
            ".".join(str(part) for part in first["loc"] if isinstance(part, str) and part.isascii())[:60],
        )


def _answer_or_undo(sent: Any) -> Event:
    if isinstance(sent, dict) and "undo" in sent:
        undone = _Undone.model_validate(sent)
        return Event(
            UUID(undone.id), undoes=UUID(undone.undo), hand=undone.hand, device=undone.device, at=undone.at
        )
    one = _Answered.model_validate(sent)
    return Event(
        id=UUID(one.id), question=one.question, state=one.state, value=one.value, raw=one.raw,
        reason=one.reason, source=one.source, hand=one.hand, words=one.words, device=one.device,
        at=one.at, edition=one.edition, confirmed=one.confirmed,
    )  # fmt: skip
