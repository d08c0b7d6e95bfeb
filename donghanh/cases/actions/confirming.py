"""What was proposed and confirmed by the person, and what a phone brought along, as events of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from donghanh.cases.actions.answering import answer
from donghanh.cases.actions.helping import tick_steps, write
from donghanh.cases.models import Case
from donghanh.cases.queries.prefill import proposed
from donghanh.cases.rules.events import Event, Outcome
from donghanh.catalog.queries import content_of
from donghanh.kernel.journal import action
from donghanh.teams.models import Member


@action
def confirm(case: Case, events: Sequence[Event], *, by: Member) -> list[Outcome]:
    """Keep proposals of one group that the person confirmed; `origin` says where each came from.

    A value said to come from record, earlier case or this case must be what is proposed now, else the event
    is refused as not-proposed; what a card says is validated like input. Refuses with CaseFinished.
    """
    offered = {(one.question, str(one.origin)): one.value for one in proposed(case, by=by)}
    sent, outcomes = [], {}
    for event in events:
        kept = event.origin == "card" or offered.get((event.question, event.origin)) == event.value
        if kept or _was_here(event, case):
            source = "scanned" if event.origin == "card" else "prefilled"
            sent.append(replace(event, state="given", source=source, confirmed=True))
        else:
            outcomes[str(event.id)] = Outcome(str(event.id), "refused", "not-proposed")
    outcomes |= {one.id: one for one in answer(case, sent, by=by)}
    return [outcomes[str(event.id)] for event in events]


@action
def take_over(
    case: Case, events: Sequence[Event], *, by: Member, handover: str = "", ticks: Iterable[str] = ()
) -> list[Outcome]:
    """Keep what the person answered on their own phone; their hand, their words. Steps are ticked if still known.

    Refuses with CaseFinished, NotAllowed.
    """
    own = [replace(one, source="taken_over", hand="citizen", words="own") for one in events]
    outcomes = answer(case, own, by=by)
    known = {step.id for step in content_of(case.edition_id).steps}
    done = {step: True for step in ticks if step in known}
    if done:
        tick_steps(case, done, by=by)
    if events or done:
        write(case, "case.takeover", by, {"events": len(own), "handover": bool(handover)})
    return outcomes


def _was_here(event: Event, case: Case) -> bool:
    """Whether a resent event was kept before: then it is a duplicate, though nothing is proposed any more."""
    return case.answers.filter(pk=event.id, question=event.question).exists()
