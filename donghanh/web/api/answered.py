"""Bodies of answers, as the OpenAPI document declares them. Tests hold every answer against these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Answered(BaseModel):
    """Any answer: exactly the fields named."""

    model_config = ConfigDict(extra="forbid")


class Wait(Answered):
    """Minutes until the call: half are called by p50, four of five by p80."""

    p50_minutes: int
    p80_minutes: int


class PointShown(Answered):
    """A place where people are helped."""

    id: UUID
    ward: str
    name: str
    kind: str
    mobile: bool
    active: bool


class CounterShown(Answered):
    """A desk where tickets are called."""

    id: UUID
    label: str
    name: str
    open: bool


class SeriesShown(Answered):
    """A letter of tickets and what it is for."""

    id: UUID
    letter: str
    name: str
    pictogram: str


class ProcedureShown(Answered):
    """A published procedure or service."""

    id: UUID
    code: str
    name: str
    kind: str
    sector: str
    edition: int
    series: list[str]


class TicketShown(Answered):
    """A ticket as it stands."""

    id: UUID
    number: str
    state: str
    point: UUID
    series: str
    procedure: UUID | None
    priority: int
    counter: str | None
    calls: int
    issued_at: datetime
    called_at: datetime | None
    ended_at: datetime | None


class TicketStand(TicketShown):
    """With how many wait before it, and the range; both null unless it waits, the range also when nobody serves."""

    ahead: int | None
    wait: Wait | None


class TicketIssued(Answered):
    """A fresh ticket. `wait` is null when nobody serves; `url` is its page for the citizen's phone."""

    id: UUID
    number: str
    state: str
    ahead: int
    wait: Wait | None
    url: str


class EditionShown(Answered):
    """The edition a case works on until its end."""

    number: int
    hash: str


class StepShown(Answered):
    """A step: what to do, what to read aloud, where a volunteer stops (null: nowhere)."""

    id: str
    title: str
    text: str
    say: str
    who: str
    volunteer_stops: str | None
    done: bool


class PaperShown(Answered):
    """A paper and what is done with it."""

    id: str
    name: str
    get: str
    mode: str
    form: str
    count: int


class DossierShown(Answered):
    """A submission; `warning` says what looks odd about the code, or is null."""

    id: UUID
    portal: str
    code: str
    warning: str | None
    due_on: date | None


class ReferralShown(Answered):
    """A case handed to another organisation."""

    id: UUID
    case: UUID
    organisation: UUID
    reason: str
    due_on: date
    sent_at: datetime
    returned_at: datetime | None
    result: str


class CaseShown(Answered):
    """One person helped with one procedure."""

    id: UUID
    point: UUID
    ticket: UUID | None
    person: UUID | None
    procedure: str
    name: str
    edition: EditionShown
    steps: list[StepShown]
    papers: list[PaperShown]
    dossiers: list[DossierShown]
    opened_at: datetime
    finished_at: datetime | None
    outcome: str | None
    due_on: date | None


class StepTicked(Answered):
    """A step of the edition and whether it is done."""

    step: str
    done: bool


class StepsTicked(Answered):
    """All steps of the case, in their order."""

    id: UUID
    steps: list[StepTicked]


class NoteKept(Answered):
    """A note was kept."""

    id: UUID
    case: UUID
    at: datetime


class CaseEnded(Answered):
    """A finished case; `ticket_state` is where its stay stands now."""

    id: UUID
    outcome: str
    finished_at: datetime
    seconds: int
    due_on: date | None
    ticket: UUID | None
    ticket_state: str | None


class Called(Answered):
    """A number that is called to a counter."""

    number: str
    counter: str
    calls: int
    called_at: datetime


class BoardShown(Answered):
    """What the hall sees. Follow the live stream from `last_event_id` on and miss nothing."""

    point: UUID
    name: str
    called: list[Called]
    recent: list[Called]
    absent: list[str]
    waiting: int
    wait: Wait | None
    last_event_id: int


class Report(BaseModel):
    """The day report; figures only, keys are codes and `names` holds their words."""

    model_config = ConfigDict(extra="allow")

    ward: str
    points: list[UUID]
    first_day: date
    last_day: date
    made_at: datetime
    stays: dict[str, Any]
    cases: dict[str, Any]
    phases: dict[str, Any]


class WrongField(Answered):
    """Where a value has the wrong form, and how."""

    pointer: str
    problem: str


class Problem(BaseModel):
    """RFC 9457: every no, with the refusal's code. docs/refusals.md lists them all."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank", "title": "Not Found", "status": 404, "detail": "This was not found here.",
                    "code": "not-found", "data": {},
                }
            ]
        },
    )  # fmt: skip

    type: str
    title: str
    status: int
    detail: str
    code: str
    data: dict[str, Any]
