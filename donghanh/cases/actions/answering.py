"""Keep what is answered: one event a time, each by its id once, none of its words in the journal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from donghanh.cases.actions.helping import refuse_finished
from donghanh.cases.models import Answer, Case
from donghanh.cases.queries.answers import RAW, REASON, VALUE, has_consent, opened, standing_ids
from donghanh.cases.queries.checking import value_check
from donghanh.cases.rules.events import Event, Fault, Outcome, fault_of
from donghanh.catalog.queries import content_of, edition_mark, schema_faults
from donghanh.kernel import clock, journal
from donghanh.kernel.journal import action
from donghanh.kernel.keys import ring
from donghanh.kernel.text import nfc
from donghanh.people.models import Person
from donghanh.teams.models import Member
from donghanh.teams.rules import require

FILLING = "fill_in_form"
# A form is answered in some hundreds; a machine that goes on for ever is stopped here.
MOST_OF_A_CASE = 5_000
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)


@action
def answer(case: Case, events: Sequence[Event], *, by: Member) -> list[Outcome]:
    """Keep events in their order; gives what became of each. Refuses with CaseFinished, NotAllowed.

    An event that came before changes nothing (duplicate); a refused one leaves the others alone. The last
    event of a question holds, whoever made it; both stay.
    """
    require(by.role, "help_case")
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    refuse_finished(locked)
    writer = _Writer(locked, by)
    known = {row.pk: row for row in Answer.objects.filter(pk__in=[event.id for event in events])}
    outcomes = [writer.take(event, known) for event in events]
    if writer.fresh:
        if locked.person_id:
            Person.objects.filter(pk=locked.person_id).update(last_helped_at=clock.now())
        _write(locked, by, writer.fresh)
    return outcomes


def _write(case: Case, by: Member, rows: Sequence[Answer]) -> None:
    """What the journal says: which questions, how many, how; never a value."""
    # Without a point: an answer changes nothing in the hall, and every screen of the point would ask anew.
    journal.write(
        "case.answers",
        ward=case.ward_id,
        by=by,
        subject="case",
        subject_id=case.pk,
        facts={
            "questions": sorted({row.question for row in rows}),
            "events": len(rows),
            "sources": sorted({row.source for row in rows}),
            "hands": sorted({row.hand for row in rows}),
        },
    )


class _Writer:
    """Turns events into rows of one case, one after the other, under the case's lock."""

    def __init__(self, case: Case, by: Member) -> None:
        self.case, self.by = case, by
        self.fresh: list[Answer] = []
        self._keys, self._now = ring(), clock.now()
        self._edition = edition_mark(case.edition_id)[1]
        self._asked = {one.id: one for one in content_of(case.edition_id).questions}
        self._has_consent = has_consent(case, FILLING)
        self._check = value_check(clock.today())
        last = Answer.objects.filter(case=case).order_by("-seq").values_list("seq", flat=True).first()
        self._seq = last or 0
        self._stacks: dict[str, list[UUID]] = {}

    def take(self, event: Event, known: dict[Any, Answer]) -> Outcome:
        """Write one event, unless it was here before or is refused."""
        before = known.get(event.id)
        if before is not None:
            same = before.case_id == self.case.pk and (
                before.undoes == event.undoes if event.undoes else before.question == event.question
            )
            return Outcome(str(event.id), "duplicate") if same else _refused(event, Fault("id-reused"))
        if self._seq >= MOST_OF_A_CASE:
            return _refused(event, Fault("case-full"))
        row = self._undo(event, event.undoes) if event.undoes else self._row(event)
        if isinstance(row, Fault):
            return _refused(event, row)
        row.save(force_insert=True)
        if not event.undoes and row.question in self._stacks:
            self._stacks[row.question].append(row.pk)
        known[event.id] = row
        self.fresh.append(row)
        return Outcome(str(event.id), "applied")

    def _row(self, event: Event) -> Answer | Fault:
        fault = fault_of(
            event,
            self._asked.get(event.question),
            edition=self._edition,
            has_consent=self._has_consent,
            check=self._check,
        )
        if fault is not None:
            return fault
        given = event.state == "given"
        # A second look by the schema that integrators get: what it does not take is not kept either.
        if given and schema_faults(
            self.case.edition_id, {event.question: {"state": "given", "value": event.value}}
        ):
            return Fault("wrong-shape")
        return self._made(
            event,
            question=event.question,
            state=event.state,
            value=self._closed(json.dumps(event.value, ensure_ascii=False), VALUE) if given else "",
            raw=self._closed(event.raw, RAW) if event.state != "absent" else "",
            reason=self._closed(nfc(event.reason), REASON),
            source=event.source,
            origin=event.origin,
            confirmed=event.confirmed,
        )

    def _undo(self, event: Event, undoes: UUID) -> Answer | Fault:
        """What held before the undone event holds again; only the event that holds now can be undone."""
        undone = Answer.objects.filter(pk=undoes, case=self.case).first()
        stack = self._stack(undone.question) if undone else []
        if not undone or not stack or stack[-1] != undone.pk:
            return Fault("nothing-to-undo")
        stack.pop()
        back = Answer.objects.get(pk=stack[-1]) if stack else None
        if back is not None and opened(back) is None:
            back = None
        return self._made(
            event,
            question=undone.question,
            state=back.state if back else "absent",
            value=back.value if back else "",
            raw=back.raw if back else "",
            reason=back.reason if back else "",
            source="undone",
            origin="",
            confirmed=back.confirmed if back else True,
            edition=back.edition_hash if back else self._edition,
        )

    def _stack(self, question: str) -> list[UUID]:
        """The ids of a question's events that are not undone, read once however many undos come together."""
        if question not in self._stacks:
            self._stacks[question] = standing_ids(self.case, question)
        return self._stacks[question]

    def _made(self, event: Event, *, edition: str = "", **facts: Any) -> Answer:
        self._seq += 1
        return Answer(
            id=event.id,
            case=self.case,
            hand=event.hand,
            words=event.words,
            device=event.device,
            at=_no_later(event.at, self._now),
            kept_at=self._now,
            by=self.by,
            edition_hash=edition or self._edition,
            seq=self._seq,
            undoes=event.undoes,
            **facts,
        )

    def _closed(self, text: str, column: str) -> str:
        return self._keys.encrypt(text, column=column) if text else ""


def _refused(event: Event, fault: Fault) -> Outcome:
    return Outcome(str(event.id), "refused", fault.code, fault.field)


def _no_later(told: datetime | None, now: datetime) -> datetime:
    """A phone's clock may be wrong; nothing is answered in the future, or before there was this house."""
    return min(told, now) if told is not None and told > EARLIEST else now
