"""A case as the guide sees it: the one shape that every address of a case answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from donghanh.cases.models import Case, Rebase
from donghanh.cases.queries.answers import Answered, Answers, answers_of, consents_held
from donghanh.cases.queries.guarding import guarded
from donghanh.cases.rules.consents import TEXTS
from donghanh.cases.rules.events import Outcome
from donghanh.catalog.queries import edition_mark, walked
from donghanh.kernel import clock
from donghanh.web.access import member_of
from donghanh.web.guided.words import fault_words


def state(request: HttpRequest, case: Case, outcomes: Sequence[Outcome] | None = None) -> JsonResponse:
    """The whole state of a case, and what became of the events just sent."""
    shown = state_of(case, view="citizen" if request.GET.get("view") == "citizen" else "member")
    for part in ("answers", "old", "aside"):
        shown[part] = guarded(case, member_of(request), shown[part])
    if outcomes is not None:
        shown["outcomes"] = [outcome_shown(one) for one in outcomes]
    return JsonResponse(shown)


def state_of(case: Case, view: str = "member") -> dict[str, Any]:
    """See the shape in docs/guide-api.md."""
    answers = answers_of(case)
    number, digest = edition_mark(case.edition_id)
    held = consents_held(case)
    ticks = list(case.ticks.order_by("pk").values_list("step", flat=True))
    return {
        "case": str(case.pk),
        "code": case.code,
        "procedure": case.procedure.code,
        "edition": digest,
        "number": number,
        "seq": answers.seq,
        "finished": case.finished_at is not None,
        "person": {"id": str(case.person.pk), "name": case.person.name} if case.person else None,
        "consent": {purpose: purpose in held for purpose in TEXTS},
        "answers": {question: answered_shown(one) for question, one in answers.now.items()},
        "old": {question: one.bare for question, one in answers.old.items()},
        "aside": {question: one.bare for question, one in answers.aside.items()},
        "ticks": ticks,
        "papers_ticked": list(case.paper_ticks.order_by("pk").values_list("paper", flat=True)),
        "newer": _newer(case),
        "rebased": _rebased(case),
        "flow": flow_of(case, answers, ticks, view),
    }


def flow_of(case: Case, answers: Answers, ticks: Sequence[str], view: str) -> dict[str, Any]:
    """Where the walk stands: the server's word."""
    return walked(
        case.edition_id,
        answers.bare,
        today=clock.today(),
        view="citizen" if view == "citizen" else "member",
        ticks=ticks,
    )


def answered_shown(one: Answered) -> dict[str, Any]:
    """An answer with where it came from."""
    return {
        **one.bare,
        "source": one.source,
        "from": one.origin,
        "hand": one.hand,
        "words": one.words,
        "by": one.by or None,
        "at": one.at.isoformat(),
        "confirmed": one.confirmed,
        "seq": one.seq,
        "event": str(one.event),
        "reason": one.reason,
    }


def outcome_shown(one: Outcome) -> dict[str, Any]:
    """What became of an event, a refusal with its words."""
    shown = {"id": one.id, "outcome": one.outcome, "code": one.code, "message": ""}
    if one.outcome == "refused":
        shown["message"] = fault_words().get(one.code) or _("This answer could not be kept.")
    if one.field:
        shown["field"] = one.field
    return shown


def _newer(case: Case) -> dict[str, Any] | None:
    """The procedure's current edition, when it is a later one than the case's."""
    current = case.procedure.current_id
    if current is None or current == case.edition_id:
        return None
    number, digest = edition_mark(current)
    return {"hash": digest, "number": number} if number > edition_mark(case.edition_id)[0] else None


def _rebased(case: Case) -> dict[str, Any] | None:
    last = Rebase.objects.filter(case=case).order_by("-at", "-pk").first()
    if last is None or last.undone_at is not None:
        return None
    return {
        "from": edition_mark(last.from_edition_id)[1],
        "at": last.at.isoformat(),
        "can_undo": case.finished_at is None,
    }
