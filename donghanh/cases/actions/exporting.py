"""All that was answered in a case, for the person it is about."""

from __future__ import annotations

import json
from typing import Any

from donghanh.cases.actions.consents import NAME
from donghanh.cases.actions.helping import write
from donghanh.cases.models import Answer, Authorisation, Case, Rebase
from donghanh.cases.queries.answers import RAW, REASON, VALUE, answers_of, events_of
from donghanh.catalog.queries import content_of, edition_mark
from donghanh.catalog.rules.texts import text
from donghanh.kernel import clock
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.keys import ring
from donghanh.teams.models import Member
from donghanh.teams.rules import require

FORMAT = 1


@action
def export(case: Case, *, by: Actor, language: str = "vi") -> dict[str, Any]:
    """The case as plain JSON values, opened: answers that hold, every event behind them, ticks, consents,
    dossiers. An entry of the journal says that it was given out. Refuses with NotAllowed, KeyMissing.
    """
    if isinstance(by, Member):
        require(by.role, "help_case")
    content = content_of(case.edition_id)
    number, digest = edition_mark(case.edition_id)
    answers = answers_of(case)
    exported = {
        "format": FORMAT,
        "exported_at": clock.now().isoformat(),
        "case": str(case.pk),
        "code": case.code,
        "procedure": {"code": content.id, "name": text(content, "name", language)},
        "edition": {"number": number, "hash": digest},
        "opened_at": case.opened_at.isoformat(),
        "finished_at": case.finished_at.isoformat() if case.finished_at else None,
        "outcome": case.outcome,
        "answers": {question: one.bare for question, one in answers.now.items()},
        "old": {question: one.bare for question, one in answers.old.items()},
        "aside": {question: one.bare for question, one in answers.aside.items()},
        "events": [_event(row) for row in events_of(case)],
        "steps": [
            _tick("step", one.step, one) for one in case.ticks.select_related("done_by").order_by("pk")
        ],
        "papers": [
            _tick("paper", one.paper, one)
            for one in case.paper_ticks.select_related("done_by").order_by("pk")
        ],
        "missing_papers": case.missing_papers,
        **_around(case),
    }
    write(case, "case.export", by, {"answers": len(answers.now), "events": len(exported["events"])})
    return exported


def _event(row: Answer) -> dict[str, Any]:
    keys = ring()
    return {
        "id": str(row.pk),
        "seq": row.seq,
        "question": row.question,
        "state": row.state,
        "value": json.loads(keys.decrypt(row.value, column=VALUE)) if row.value else None,
        "raw": keys.decrypt(row.raw, column=RAW) if row.raw else "",
        "reason": keys.decrypt(row.reason, column=REASON) if row.reason else "",
        "source": row.source,
        "from": row.origin,
        "hand": row.hand,
        "words": row.words,
        "entered_by": row.by.full_name if row.by else "",
        "at": row.at.isoformat(),
        "kept_at": row.kept_at.isoformat(),
        "confirmed": row.confirmed,
        "undoes": str(row.undoes) if row.undoes else None,
        "edition": row.edition_hash,
    }


def _tick(kind: str, name: str, row: Any) -> dict[str, Any]:
    return {kind: name, "at": row.done_at.isoformat(), "by": row.done_by.full_name if row.done_by else ""}


def _around(case: Case) -> dict[str, Any]:
    """Consents, who spoke for the person, moves between editions, and the dossiers with their history."""
    return {
        "consents": [
            {
                "purpose": one.purpose,
                "text_version": one.text_version,
                "text_hash": one.text_hash,
                "method": one.method,
                "language": one.language,
                "given_at": one.given_at.isoformat(),
                "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
            }
            for one in case.consents.order_by("given_at", "pk")
        ],
        "authorisations": [_authorisation(one) for one in case.authorisations.order_by("seen_at", "pk")],
        "rebases": [_rebase(one) for one in case.rebases.order_by("at", "pk")],
        "dossiers": [
            {
                "portal": one.portal,
                "code": one.code,
                "status": one.status,
                "submitted_at": one.submitted_at.isoformat(),
                "due_on": one.due_on.isoformat() if one.due_on else None,
                "statuses": [
                    {"status": status.status, "source": status.source, "at": status.at.isoformat()}
                    for status in one.statuses.order_by("at", "pk")
                ],
            }
            for one in case.dossiers.order_by("submitted_at", "pk")
        ],
    }


def _authorisation(row: Authorisation) -> dict[str, Any]:
    return {
        "name": ring().decrypt(row.name, column=NAME) if row.name else "",
        "relation": row.relation,
        "paper": row.paper,
        "note": row.note,
        "seen_at": row.seen_at.isoformat(),
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
    }


def _rebase(row: Rebase) -> dict[str, Any]:
    return {
        "from": edition_mark(row.from_edition_id)[1],
        "to": edition_mark(row.to_edition_id)[1],
        "why": row.why,
        "at": row.at.isoformat(),
        "undone_at": row.undone_at.isoformat() if row.undone_at else None,
    }
