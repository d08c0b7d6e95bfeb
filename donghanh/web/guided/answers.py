"""The answers of a case: read, kept, proposed, confirmed, brought from a phone, ticked."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from pydantic import BaseModel, ValidationError

from donghanh.cases.actions.answering import answer
from donghanh.cases.actions.confirming import confirm, take_over
from donghanh.cases.actions.handing_over import take
from donghanh.cases.actions.helping import tick_papers, tick_steps
from donghanh.cases.models import Case
from donghanh.cases.queries import visible_to
from donghanh.cases.queries.answers import answers_of
from donghanh.cases.queries.cards import card_facts
from donghanh.cases.queries.prefill import proposed
from donghanh.cases.rules.codes import read_code
from donghanh.cases.rules.prefill import Proposal
from donghanh.catalog.queries import edition_mark, plan_of
from donghanh.kernel import clock
from donghanh.kernel.errors import Invalid, NotFound
from donghanh.web.access import member_of
from donghanh.web.guided.asked import (
    Card,
    Shared,
    answers_in,
    brought_in,
    confirmed_in,
    events_in,
    outcomes_in_order,
)
from donghanh.web.guided.doors import body_of, case_for, for_helping, text_in
from donghanh.web.guided.shown import state
from donghanh.web.throttle import Throttle

Model = TypeVar("Model", bound=BaseModel)

# Whoever asks for codes that are not there is guessing.
TAKEN = Throttle("handover-take", most=20, seconds=900)


@for_helping("GET", "POST")
def answers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The state of a case; a POST keeps events first."""
    case = case_for(request, pk)
    if request.method != "POST":
        return state(request, case)
    read = answers_in(body_of(request).get("events"))
    outcomes = answer(case, events_in(read), by=member_of(request))
    return state(request, case, outcomes_in_order(read, outcomes))


@for_helping("GET", "POST")
def prefill(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What may be proposed; a POST brings what a card says. Nothing is written."""
    case = case_for(request, pk)
    facts: dict[str, Any] = {}
    role = ""
    if request.method == "POST":
        sent = body_of(request)
        card = _read(Card, sent.get("card", {}), "card")
        facts = card_facts(card.model_dump(), clock.today())
        role = text_in(sent, "role", longest=60, default="")
    found = proposed(case, by=member_of(request), card=facts, card_role=role)
    return JsonResponse({"seq": answers_of(case).seq, "groups": _groups(case, found)})


@for_helping("POST")
def confirmed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep proposals the person confirmed."""
    case, sent = case_for(request, pk), body_of(request)
    events = sent.pop("events", None)
    read = confirmed_in(events, _read(Shared, sent, "confirm"))
    outcomes = confirm(case, events_in(read), by=member_of(request))
    return state(request, case, outcomes_in_order(read, outcomes))


@for_helping("POST")
def takeover(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what the person answered on their phone, opened at this desk."""
    case, sent = case_for(request, pk), body_of(request)
    read = brought_in(sent.get("events"))
    ticks = sent.get("ticks", [])
    if not isinstance(ticks, list):
        raise Invalid(field="ticks", problem="[step, …]")
    outcomes = take_over(
        case,
        events_in(read),
        by=member_of(request),
        handover=text_in(sent, "handover", longest=64, default=""),
        ticks=[step for step in ticks if isinstance(step, str)],
    )
    return state(request, case, outcomes_in_order(read, outcomes))


@for_helping("POST")
def ticks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tick steps and papers, or untick them."""
    case, sent = case_for(request, pk), body_of(request)
    tick_steps(case, _flags(sent, "steps"), by=member_of(request))
    tick_papers(case, _flags(sent, "papers"), by=member_of(request))
    return state(request, case)


@for_helping("POST")
def handover(request: HttpRequest, handover_id: str) -> HttpResponse:
    """The ciphertext a phone left, once."""
    member = member_of(request)
    TAKEN.check(str(member.pk))
    try:
        taken = take(handover_id, by=member)
    except NotFound:
        TAKEN.failed(str(member.pk))
        raise
    return JsonResponse({"id": taken.pk, "kind": taken.kind, "body": taken.body})


@for_helping("POST")
def resume(request: HttpRequest) -> HttpResponse:
    """The open case of a code, among those the member may see."""
    code = read_code(text_in(body_of(request), "code", longest=20))
    rows = visible_to(member_of(request)).filter(code=code, finished_at__isnull=True)
    case = rows.select_related("procedure").first() if code else None
    if case is None:
        raise NotFound()
    return JsonResponse(
        {
            "case": str(case.pk),
            "code": case.code,
            "procedure": case.procedure.code,
            "edition": edition_mark(case.edition_id)[1],
        }
    )


def _groups(case: Case, found: list[Proposal]) -> list[dict[str, Any]]:
    """Proposals by role and source, in the order they were found."""
    asked = {one["id"]: one for one in plan_of(case.edition_id)["questions"]}
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for one in found:
        group = groups.setdefault(
            (one.role, one.origin), {"role": one.role, "from": one.origin, "proposals": []}
        )
        shown = _shown(asked[one.question], one.value)
        group["proposals"].append(
            {"question": one.question, "value": one.value, "from": one.origin, "shown": shown}
        )
    return list(groups.values())


def _shown(question: dict[str, Any], value: Any) -> str:
    for choice in question.get("choices", ()):
        if choice["id"] == value:
            return str(choice["label"])
    return str(value)


def _flags(sent: dict[str, Any], name: str) -> dict[str, bool]:
    flags = sent.get(name, {})
    if not isinstance(flags, dict) or not all(isinstance(one, bool) for one in flags.values()):
        raise Invalid(field=name, problem="true, false")
    return flags


def _read(model: type[Model], sent: Any, field: str) -> Model:
    try:
        return model.model_validate(sent)
    except ValidationError as wrong:
        place = ".".join(str(part) for part in wrong.errors()[0]["loc"] if isinstance(part, str))[:60]
        raise Invalid(field=f"{field}.{place}" if place.isascii() else field, problem="wrong form") from None
