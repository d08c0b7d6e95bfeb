"""A small plan with every kind of question, as the server would give it: a lending of boats and ladders."""

from __future__ import annotations

from typing import Any

from donghanh.catalog.actions.compiling import compile_condition
from donghanh.catalog.rules.answer_schema import answer_schema
from donghanh.catalog.rules.guidance import Question

TODAY = "2026-11-24"
HASH = "a" * 64


def _plain(question: str, kind: str, *, required: bool = True) -> Question:
    choices = {"home": ("house", "flat", "boat"), "tools": ("ladder", "rope")}.get(question, ())
    fields = (_plain("child", "name"), _plain("age", "integer")) if kind == "repeat" else ()
    return Question(question, kind, required, "decide", "basic", choices=choices, fields=fields)  # type: ignore[arg-type]


ASKED = {
    one.id: one
    for one in (
        _plain("name", "name"),
        _plain("born", "date"),
        _plain("number", "citizen_id"),
        _plain("phone", "phone", required=False),
        _plain("home", "choice"),
        _plain("floors", "integer"),
        _plain("place", "area"),
        _plain("has_children", "yes_no"),
        _plain("children", "repeat"),
        _plain("tools", "choices", required=False),
    )
}


def condition(text: str) -> dict[str, Any]:
    """A condition as a plan carries it."""
    compiled = compile_condition(text, list(ASKED.values()))
    return {"tree": compiled.tree, "refs": list(compiled.refs)}


def _questions() -> list[dict[str, Any]]:
    return [
        {"id": "name", "type": "name", "required": True, "label": "What is your name?", "role": "owner", "key": "name", "hint": "As on the card."},
        {"id": "born", "type": "date", "required": True, "label": "When were you born?", "role": "owner", "key": "born_on", "earliest": "1900-01-01", "latest": "today", "example": "27/11/1950",
         "checks": [{"id": "age", "level": "hard", "must": condition("age_on(born, today) >= 18"), "message": "Only from 18 years on."}]},
        {"id": "number", "type": "citizen_id", "required": True, "label": "Number of the card?", "allow": ["dont_know"]},
        {"id": "phone", "type": "phone", "required": False, "label": "Phone number?"},
        {"id": "home", "type": "choice", "required": True, "label": "Where do you live?", "choices": [{"id": "house", "label": "In a house"}, {"id": "flat", "label": "In a flat"}, {"id": "boat", "label": "On a boat"}]},
        {"id": "floors", "type": "integer", "required": True, "label": "How many floors up?", "when": condition("home == 'flat'"), "least": 0, "most": 99,
         "checks": [{"id": "high", "level": "soft", "must": condition("floors <= 30"), "message": "This is unusually high."}]},
        {"id": "place", "type": "area", "required": True, "label": "Which ward?"},
        {"id": "has_children", "type": "yes_no", "required": True, "label": "Are there children?", "allow": ["dont_know"]},
        {"id": "children", "type": "repeat", "required": True, "label": "Who are the children?", "when": condition("has_children"), "least": 1, "most": 3,
         "fields": [{"id": "child", "type": "name", "required": True, "label": "Name of the child"}, {"id": "age", "type": "integer", "required": False, "label": "Age of the child", "least": 0, "most": 17}]},
        {"id": "tools", "type": "choices", "required": False, "label": "What do you need?", "choices": [{"id": "ladder", "label": "A ladder"}, {"id": "rope", "label": "A rope"}]},
    ]  # fmt: skip


def _step(step: str, kind: str, title: str, **more: Any) -> dict[str, Any]:
    return {
        "id": step,
        "kind": kind,
        "who": "citizen",
        "title": title,
        "text": "",
        "say": f"{title}, please.",
        **more,
    }


def plan() -> dict[str, Any]:
    """The plan; a new one for each test."""
    questions = _questions()
    return {
        "format": 1, "procedure": "9.000009", "edition": 1, "hash": HASH, "language": "en", "kind": "service",
        "name": "Borrow a ladder", "short": "A ladder", "summary": "Ladders are lent for a week.", "pictogram": "paper",
        "time_limit": {"kind": "same_day", "text": "On the same day."}, "roles": [{"id": "owner", "is_beneficiary": True, "label": "The borrower"}],
        "steps": [
            _step("who", "ask", "About you", ask=["name", "born", "number", "phone"]),
            _step("home_step", "ask", "About your home", ask=["home", "floors", "place", "has_children", "children", "tools"]),
            _step("papers", "papers", "The papers"),
            _step("review", "review", "Read again"),
            _step("send", "portal", "Send it", stop="Do not press for them."),
            _step("receipt", "receipt", "Keep the code", who="member"),
        ],
        "questions": questions,
        "papers": [
            {"id": "card", "mode": "show", "form": "original", "count": 1, "name": "The card", "get": "At home."},
            {"id": "lift", "mode": "submit", "form": "copy", "count": 1, "name": "Note about the lift", "get": "From the house.", "when": condition("home == 'flat'")},
        ],
        "fees": [{"id": "rope", "kind": "amount", "amount": 8000, "text": "For the rope", "when": condition("'rope' in tools")}, {"id": "hire", "kind": "unknown", "amount": None, "text": "For the ladder"}],
        "fee_exemptions": [], "eligibility": [{"id": "dry", "must": condition("home != 'boat'"), "message": "A ladder does not stand on a boat.", "instead": "Ask the harbour.", "referral": "harbour"}],
        "referrals": [{"id": "harbour", "text": "The harbour office, door 2"}], "receipts": [], "results": [],
        "portals": [{"id": "office", "kind": "office", "text": "The office"}], "portal_maps": [], "forms": [],
        "schema": answer_schema(questions), "audio": {},
    }  # fmt: skip
