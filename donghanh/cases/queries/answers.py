"""What is answered in a case now: the last event of each question, opened and set against the case's edition."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from donghanh.cases.models import Answer, Case, CaseConsent
from donghanh.cases.rules.events import in_order, standing, still_fits
from donghanh.catalog.models import Edition
from donghanh.catalog.queries import content_of
from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.guidance import Question
from donghanh.kernel.keys import ring

VALUE, RAW, REASON = "answer.value", "answer.raw", "answer.reason"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that holds: what, and how it came here."""

    question: str
    state: str
    value: Any
    source: str
    origin: str
    hand: str
    words: str
    by: str
    at: datetime
    confirmed: bool
    seq: int
    event: UUID
    reason: str

    @property
    def bare(self) -> dict[str, Any]:
        """State and value alone, as the flow takes it."""
        return {"state": self.state, "value": self.value} if self.state == "given" else {"state": self.state}


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a case on its edition.

    `old`: given before a rebase and no longer fitting, so unanswered now; `aside`: to questions this edition
    does not ask. Neither is lost: going back to the edition brings them back.
    """

    now: Mapping[str, Answered]
    old: Mapping[str, Answered] = field(default_factory=dict)
    aside: Mapping[str, Answered] = field(default_factory=dict)
    seq: int = 0

    @property
    def bare(self) -> dict[str, dict[str, Any]]:
        """Question → state and value, as the flow takes it."""
        return {question: one.bare for question, one in self.now.items()}


def events_of(case: Case) -> list[Answer]:
    """All events of a case, oldest first."""
    return list(Answer.objects.filter(case=case).select_related("by").order_by("seq"))


def answers_of(case: Case, edition_id: UUID | None = None) -> Answers:
    """The answers that hold, on the case's edition or on another one of its procedure."""
    events = events_of(case)
    target = edition_id or case.edition_id
    content = content_of(target)
    asked = {question.id: question for question in content.questions}
    before = _Before(case, target)
    now: dict[str, Answered] = {}
    old: dict[str, Answered] = {}
    aside: dict[str, Answered] = {}
    for event in _last_of_each(events):
        answered = opened(event)
        if answered is None:
            continue
        question = asked.get(event.question)
        if question is None:
            aside[event.question] = answered
        elif event.state == "given" and not before.fits(event, question, answered.value):
            old[event.question] = answered
        elif event.state == "given":
            now[event.question] = replace(answered, value=in_order(question, answered.value))
        else:
            now[event.question] = answered
    return Answers(now, old, aside, events[-1].seq if events else 0)


def opened(event: Answer) -> Answered | None:
    """The event with its value in clear; None for a clear and for one that was erased."""
    if event.state == "absent" or (event.state == "given" and not event.value):
        return None
    keys = ring()
    return Answered(
        question=event.question,
        state=event.state,
        value=json.loads(keys.decrypt(event.value, column=VALUE)) if event.value else None,
        source=event.source,
        origin=event.origin,
        hand=event.hand,
        words=event.words,
        by=event.by.full_name if event.by else "",
        at=event.at,
        confirmed=event.confirmed,
        seq=event.seq,
        event=event.pk,
        reason=keys.decrypt(event.reason, column=REASON) if event.reason else "",
    )


def standing_ids(case: Case, question: str) -> list[UUID]:
    """The ids of one question's events that are not undone, oldest first."""
    rows = Answer.objects.filter(case=case, question=question).order_by("seq")
    return [row.pk for row in standing(rows.only("pk", "undoes"))]


def has_consent(case: Case, purpose: str) -> bool:
    """Whether the person agrees to this purpose within this case."""
    return CaseConsent.objects.filter(case=case, purpose=purpose, withdrawn_at__isnull=True).exists()


def consents_held(case: Case) -> frozenset[str]:
    """The purposes agreed to within this case."""
    rows = CaseConsent.objects.filter(case=case, withdrawn_at__isnull=True)
    return frozenset(rows.values_list("purpose", flat=True))


def _last_of_each(events: Iterable[Answer]) -> list[Answer]:
    last: dict[str, Answer] = {}
    for event in events:
        last[event.question] = event
    return list(last.values())


class _Before:
    """The questions of the editions that answers were given on, where it is not the one looked at."""

    def __init__(self, case: Case, target: UUID) -> None:
        self._procedure = case.procedure_id
        self._here = Edition.objects.values_list("hash", flat=True).get(pk=target)
        self._contents: dict[str, EditionContent | None] = {}

    def fits(self, event: Answer, question: Question, value: Any) -> bool:
        if event.edition_hash == self._here:
            return True
        return still_fits(self._then(event), question, value)

    def _then(self, event: Answer) -> Question | None:
        digest = event.edition_hash
        if digest not in self._contents:
            found = Edition.objects.filter(procedure=self._procedure, hash=digest).values_list(
                "pk", flat=True
            )
            self._contents[digest] = content_of(found[0]) if found else None
        content = self._contents[digest]
        asked = content.questions if content else ()
        return next((one for one in asked if one.id == event.question), None)
