"""What is wrong with the way through a pack: steps, what each asks, who acts, what is never reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from donghanh.catalog.actions.pack_conditions import asked_in_order, inside
from donghanh.catalog.actions.pack_draft import Draft
from donghanh.catalog.actions.pack_schema import StepIn
from donghanh.catalog.actions.pack_shape import Loc, suggestion
from donghanh.catalog.actions.pack_truth import verdict
from donghanh.catalog.actions.pack_yaml import Problem
from donghanh.catalog.rules.guidance import Condition, Question

# What nobody does in the citizen's place, whatever kind of step it is.
OWN_HANDS = re.compile(r"(?:^|_)(?:sign|sign_in|log_?in|send|submit|pay|payment)(?:_|$)")
# Looking something up and making an appointment may be done beside the citizen.
SHARED_ACTS = ("check", "appointment_level_2")


def checked_journey(draft: Draft) -> Iterator[Problem]:
    """Every problem of the steps and of conditions that never or always hold."""
    yield from _asked(draft)
    for i, step in enumerate(draft.pack.steps):
        yield from _kind(draft, i, step)
        yield from _hands(draft, i, step)
    yield from _ends(draft)
    yield from _verdicts(draft)


def _asked(draft: Draft) -> Iterator[Problem]:
    known = [question.id for question in draft.pack.questions]
    first: dict[str, str] = {}
    for i, step in enumerate(draft.pack.steps):
        for j, name in enumerate(step.ask):
            spot = draft.spot("steps", i, "ask", j)
            if name not in known:
                advice = suggestion(name, known, "add it under “questions:”")
                yield Problem(
                    spot, f"step “{step.id}” asks the unknown question “{name}”", advice, "missing-reference"
                )
            elif name in first:
                what = f"“{name}” is asked again; the first time is in “{first[name]}”"
                yield Problem(spot, what, "remove one", "asked-twice")
            first.setdefault(name, step.id)
    for i, name in enumerate(known):
        if name not in first and known.index(name) == i:
            spot = draft.spot("questions", i, "id")
            yield Problem(
                spot, f"no step asks “{name}”", "name it in “ask:” of a step", "unreachable-question"
            )


def _kind(draft: Draft, i: int, step: StepIn) -> Iterator[Problem]:
    spot = draft.spot("steps", i, "kind")
    if step.kind == "ask" and not step.ask:
        yield Problem(
            spot, f"step “{step.id}” asks nothing", "add “ask: [..]” with the questions", "step-kind"
        )
    if step.kind != "ask" and step.ask:
        spot = draft.spot("steps", i, "ask")
        yield Problem(
            spot, f"step “{step.id}” asks, but its kind is {step.kind}", "write kind: ask", "step-kind"
        )
    if step.kind == "eid" and step.eid is None:
        yield Problem(spot, f"step “{step.id}” says no act", "add “eid:”, what is done with it", "step-kind")
    if step.kind != "eid" and step.eid is not None:
        spot = draft.spot("steps", i, "eid")
        yield Problem(spot, f"“eid” in a step of kind {step.kind}", "write kind: eid", "step-kind")


def _hands(draft: Draft, i: int, step: StepIn) -> Iterator[Problem]:
    own = (
        step.kind == "portal"
        or (step.kind == "eid" and step.eid not in SHARED_ACTS)
        or (draft.pack.format == "2" and OWN_HANDS.search(step.id) is not None)
    )
    if own and step.who == "member":
        what = f"step “{step.id}” is done by the citizen's own hands, but member acts"
        yield Problem(draft.spot("steps", i, "who"), what, "write who: citizen", "citizen-only")
    elif own and step.who == "citizen" and not step.volunteer_stops and step.kind in ("portal", "eid"):
        what = f"step “{step.id}” does not say where the helper stops"
        advice = "write volunteer_stops: true and the text “stop”"
        yield Problem(draft.spot("steps", i, "id"), what, advice, "citizen-only")


def _ends(draft: Draft) -> Iterator[Problem]:
    asking = [i for i, step in enumerate(draft.pack.steps) if step.kind == "ask"]
    if not asking:
        return
    after = [step.kind for step in draft.pack.steps[asking[-1] + 1 :]]
    spot = draft.spot("steps", asking[-1], "id")
    for kind, why in (
        ("review", "people read once more what they said"),
        ("receipt", "nobody leaves without one"),
    ):
        if kind not in after:
            what = f"no step of kind {kind} comes after the last question"
            yield Problem(spot, what, f"add one: {why}", f"no-{kind}")


def _verdicts(draft: Draft) -> Iterator[Problem]:
    order = {name: place for place, name in enumerate(asked_in_order(draft.pack))}
    asked = sorted(draft.questions, key=lambda question: order.get(question.id, len(order)))
    asked_when = {
        name: draft.conditions[("pack.yaml", "steps", i, "when")]
        for i, step in enumerate(draft.pack.steps)
        for name in step.ask
        if ("pack.yaml", "steps", i, "when") in draft.conditions
    }
    # What is wrong already says nothing about the conditions that read it.
    doubtful = {question.id for question in asked if _is_doubtful(draft, question, order)}
    for at, condition in sorted(draft.conditions.items(), key=lambda pair: _place(draft, pair[0], order)):
        own = draft.pack.questions[int(at[2])].id if at[1] == "questions" and len(at) == 4 else None
        if at[0] != "pack.yaml" or own in doubtful or doubtful & set(condition.refs):
            doubtful |= {own} if own and doubtful & set(condition.refs) else set()
            continue
        found = verdict(condition, *_scope(asked, asked_when, draft, at))
        if found is not None:
            doubtful |= {own} if own and at[-1] == "when" else set()
            yield _verdict(draft, at, found)


def _is_doubtful(draft: Draft, question: Question, order: Mapping[str, int]) -> bool:
    own = draft.question(question.id)
    when, place = question.when, order.get(question.id)
    unread = own is not None and own.when is not None and when is None
    if place is None or unread or (question.type == "choice" and not question.choices):
        return True
    return when is not None and any(order.get(name, place) >= place for name in when.refs)


def _place(draft: Draft, at: Loc, order: Mapping[str, int]) -> int:
    """Questions first, in the order they are asked."""
    if at[1] != "questions":
        return len(order)
    return order.get(draft.pack.questions[int(at[2])].id, len(order))


def _verdict(draft: Draft, at: Loc, found: bool) -> Problem:
    spot = inside(draft.trees, at)
    if at[-1] == "must":
        way, rule = ("always", "always-true") if found else ("never", "never-true")
        return Problem(spot, f"this {way} holds", "correct it, or remove the rule", rule)
    if found:
        return Problem(spot, "this is always so", "remove “when:”", "always-true")
    rule = {"questions": "unreachable-question", "steps": "unreachable-step"}.get(str(at[1]), "never-true")
    return Problem(spot, "this is never so", "correct the condition, or remove what it belongs to", rule)


def _scope(
    asked: list[Question], asked_when: Mapping[str, Condition], draft: Draft, at: Loc
) -> tuple[list[Question], Mapping[str, Condition]]:
    """What can be read at this place, and the conditions of the steps that ask it: a row's fields come first."""
    if at[1] != "questions" or "fields" not in at:
        return asked, asked_when
    row = draft.questions[int(at[2])].fields
    ids = {field.id for field in row}
    around = [question for question in asked if question.id not in ids]
    return [*around, *row], {name: when for name, when in asked_when.items() if name not in ids}
