"""A case one may answer in: with its member, its person and the person's consent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from donghanh.cases.actions.answering import answer
from donghanh.cases.actions.consents import agree
from donghanh.cases.actions.helping import open_case
from donghanh.cases.models import Case
from donghanh.cases.queries.answers import answers_of
from donghanh.cases.rules.consents import hash_of
from donghanh.cases.rules.events import Event
from donghanh.catalog.models import Edition
from donghanh.kernel.ids import new_id
from donghanh.people.models import Person
from donghanh.teams.models import Member
from tests import make
from tests.cases.editions import edition


def a_case(
    *, on: Edition | None = None, person: Person | None = None, consent: bool = True, by: Member | None = None
) -> tuple[Case, Member]:
    """An open case on an edition with questions."""
    member = by or make.member()
    point = member.ward.points.first() or make.point(member.ward)
    case = open_case((on or edition()).procedure, by=member, point=point, person=person)
    if consent:
        consents(case, member)
    return case, member


def consents(case: Case, by: Member, purpose: str = "fill_in_form") -> None:
    """The person agrees to a purpose within the case."""
    agree(case, purpose, by=by, text_hash=hash_of(purpose, "vi"))


def event(question: str, value: Any = None, state: str = "given", **more: Any) -> Event:
    """An event with an id of its own."""
    return Event(id=more.pop("id", None) or new_id(), question=question, state=state, value=value, **more)  # type: ignore[arg-type]


def undo(of: UUID) -> Event:
    """An event that undoes another."""
    return Event(id=new_id(), undoes=of)


def said(case: Case, by: Member, *events: Event) -> list[str]:
    """Keep events; the outcome or the code of each."""
    return [one.code or one.outcome for one in answer(case, events, by=by)]


def bare(case: Case) -> dict[str, Any]:
    """Question → state and value that hold."""
    return answers_of(case).bare
