"""Bodies of requests. An unknown field is refused: a misspelt one must not be lost in silence."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from donghanh.web.api.kinds import Code, Day, Flag, Id, IdOrCode, IdOrLetter, Level, Line, Text

Outcome = Literal[
    "submitted", "done", "guided_to_submit_alone", "informed_only", "referred", "papers_missing", "gave_up",
    "portal_down", "not_possible",
]  # fmt: skip


class Asked(BaseModel):
    """Any body."""

    model_config = ConfigDict(extra="forbid")


class NewTicket(Asked):
    """Which number is wanted. The series may be left out: the one that offers the procedure, else the first."""

    point: Id
    series: IdOrLetter | None = None
    procedure: IdOrCode | None = None
    priority: Level = 0


class Resumed(Asked):
    """Where a held ticket goes on; its own counter when left out."""

    counter: Id | None = None


class Forwarded(Asked):
    """Where a ticket goes on to; the note is for the next member and wiped at the end."""

    series: IdOrLetter | None = None
    counter: Id | None = None
    member: Id | None = None
    note: Annotated[Line, Field(max_length=300)] = ""


class NewCase(Asked):
    """Help with a procedure: on a called ticket, or at a point without one."""

    procedure: IdOrCode
    ticket: Id | None = None
    point: Id | None = None
    person: Id | None = None


class StepDone(Asked):
    """A step and whether it is done."""

    step: Code
    done: Flag = True


class StepsDone(Asked):
    """Steps to tick or untick; all or none."""

    steps: Annotated[list[StepDone], Field(min_length=1, max_length=100)]


class NewDossier(Asked):
    """What the portal gave: opaque text. Never a password, never a one-time code."""

    portal: Annotated[Line, Field(min_length=1, max_length=40, examples=["national"])]
    code: Annotated[Line, Field(min_length=1, max_length=60, examples=["000.00.01.H17-261124-0003"])]
    due_on: Day | None = None


class NewNote(Asked):
    """A remark to go on with the case. Never a password, never a one-time code."""

    text: Annotated[Text, Field(min_length=1, max_length=1000)]


class NewReferral(Asked):
    """To whom, and by when it should be back."""

    organisation: Id
    due_on: Day
    reason: Annotated[Line, Field(max_length=200)] = ""


class Returned(Asked):
    """What the other organisation did."""

    result: Annotated[Line, Field(max_length=200)] = ""


class Finished(Asked):
    """How a case ended; the stay ends with its last open case unless `stay_open`."""

    outcome: Outcome
    autonomy: Literal["", "alone", "together", "done_beside"] = ""
    device: Literal["", "own_phone", "relatives_phone", "centre_computer", "none"] = ""
    account: Literal["", "citizens", "relatives", "officers_on_behalf", "none"] = ""
    account_ground: Annotated[Line, Field(max_length=200)] = ""
    account_consent: Flag = False
    missing_papers: Annotated[list[Code], Field(max_length=50)] = []
    first_time: Flag | None = None
    stay_open: Flag = False
