"""Rows of the house as plain values of answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from donghanh.cases.models import Case, Dossier, Referral
from donghanh.catalog.queries import content_of
from donghanh.catalog.rules import EditionContent, Step, text
from donghanh.places.models import Counter, Point
from donghanh.queue.models import Series, Ticket
from donghanh.queue.rules.waiting import WaitRange

Shown = dict[str, Any]


def point_shown(point: Point) -> Shown:
    """A place where people are helped."""
    return {
        "id": str(point.pk), "ward": point.ward_id, "name": point.name, "kind": point.kind, "mobile": point.mobile,
        "active": point.is_active,
    }  # fmt: skip


def counter_shown(counter: Counter) -> Shown:
    """A desk."""
    return {"id": str(counter.pk), "label": counter.label, "name": counter.name, "open": counter.is_open}


def series_shown(series: Series, language: str) -> Shown:
    """A letter and what it is for."""
    return {
        "id": str(series.pk), "letter": series.letter, "name": series.name_in(language),
        "pictogram": series.pictogram,
    }  # fmt: skip


def ticket_shown(ticket: Ticket) -> Shown:
    """A ticket; its counter must be fetched with it."""
    return {
        "id": str(ticket.pk), "number": ticket.number, "state": ticket.state, "point": str(ticket.point_id),
        "series": ticket.letter, "procedure": _id(ticket.procedure_id), "priority": ticket.priority,
        "counter": ticket.counter.label if ticket.counter_id and ticket.counter else None, "calls": ticket.calls,
        "issued_at": _moment(ticket.issued_at), "called_at": _moment(ticket.called_at),
        "ended_at": _moment(ticket.ended_at),
    }  # fmt: skip


def wait_shown(wait: WaitRange | None) -> Shown | None:
    """The range, or null when nobody serves."""
    return None if wait is None else {"p50_minutes": wait.p50_minutes, "p80_minutes": wait.p80_minutes}


def called_shown(tickets: Iterable[Ticket]) -> list[Shown]:
    """Numbers and counters, without anything about a person."""
    return [
        {
            "number": one.number, "counter": one.counter.label if one.counter else "", "calls": one.calls,
            "called_at": _moment(one.last_called_at),
        }
        for one in tickets
    ]  # fmt: skip


def case_shown(case: Case, *, edition: tuple[int, str], done: Iterable[str], language: str) -> Shown:
    """A case with its edition's steps and papers; procedure must be fetched with it."""
    told = _told(case.edition_id, language)
    ticked = set(done)
    return {
        "id": str(case.pk), "point": str(case.point_id), "ticket": _id(case.ticket_id), "person": _id(case.person_id),
        "procedure": case.procedure.code, "name": told["name"],
        "edition": {"number": edition[0], "hash": edition[1]},
        "steps": [{**step, "done": step["id"] in ticked} for step in told["steps"]],
        "papers": told["papers"], "dossiers": [],
        "opened_at": _moment(case.opened_at), "finished_at": _moment(case.finished_at),
        "outcome": case.outcome or None, "due_on": day_shown(case.due_on),
    }  # fmt: skip


def dossier_shown(dossier: Dossier) -> Shown:
    """A submission."""
    return {
        "id": str(dossier.pk), "portal": dossier.portal, "code": dossier.code, "warning": dossier.warning or None,
        "due_on": day_shown(dossier.due_on),
    }  # fmt: skip


def referral_shown(referral: Referral) -> Shown:
    """A case handed on."""
    return {
        "id": str(referral.pk), "case": str(referral.case_id), "organisation": str(referral.organisation_id),
        "reason": referral.reason, "due_on": day_shown(referral.due_on), "sent_at": _moment(referral.sent_at),
        "returned_at": _moment(referral.returned_at), "result": referral.result,
    }  # fmt: skip


def moment_shown(moment: datetime) -> str:
    """RFC 3339."""
    return moment.isoformat()


def day_shown(day: date | None) -> str | None:
    """RFC 3339 full-date."""
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _id(pk: UUID | None) -> str | None:
    return str(pk) if pk else None


@lru_cache(maxsize=512)
def _told(edition_id: UUID, language: str) -> Shown:
    """What an edition says in a language; an edition never changes, so this may stay in memory."""
    content = content_of(edition_id)
    return {
        "name": text(content, "name", language),
        "steps": [_step(content, step, language) for step in content.steps],
        "papers": [
            {
                "id": paper.id, "name": text(content, f"papers.{paper.id}.name", language),
                "get": text(content, f"papers.{paper.id}.get", language), "mode": paper.mode, "form": paper.form,
                "count": paper.count,
            }
            for paper in content.papers
        ],
    }  # fmt: skip


def _step(content: EditionContent, step: Step, language: str) -> Shown:
    stop = text(content, f"steps.{step.id}.stop", language) if step.volunteer_stops else None
    said = {part: text(content, f"steps.{step.id}.{part}", language) for part in ("title", "text", "say")}
    return {"id": step.id, **said, "who": step.who, "volunteer_stops": stop}
