"""The plan of an edition, as the guide gets it and as the server walks by it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import jsonschema_rs

from donghanh.catalog.queries.editions import content_of, edition_mark
from donghanh.catalog.queries.evaluating import EVALUATOR
from donghanh.catalog.rules.flow import View, screens_of
from donghanh.catalog.rules.plan import plan_from


@lru_cache(maxsize=256)
def plan_of(edition_id: UUID, language: str = "vi") -> dict[str, Any]:
    """The plan of an edition in a language. It is shared: never change it."""
    number, edition_hash = edition_mark(edition_id)
    return plan_from(content_of(edition_id), number=number, edition_hash=edition_hash, language=language)


def walked(
    edition_id: UUID,
    answers: Mapping[str, Any],
    *,
    today: date,
    view: View = "member",
    ticks: Collection[str] = (),
) -> dict[str, Any]:
    """Where a walk with these answers stands: `rules.flow.screens_of` with this house's evaluator."""
    plan = plan_of(edition_id)
    return screens_of(plan, answers, today.isoformat(), view, EVALUATOR.evaluate, ticks)


@lru_cache(maxsize=256)
def _validator(edition_id: UUID) -> jsonschema_rs.Draft202012Validator:
    return validator(plan_of(edition_id)["schema"])


def schema_faults(edition_id: UUID, answers: Mapping[str, Any]) -> list[str]:
    """The places, as “groom_name/value”, where the answers do not fit the schema of the edition; no value."""
    return faults(_validator(edition_id), answers)


def validator(schema: Mapping[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """What checks answers by this schema of a plan."""
    return jsonschema_rs.Draft202012Validator(dict(schema))


def faults(check: jsonschema_rs.Draft202012Validator, answers: Mapping[str, Any]) -> list[str]:
    """The places where the answers do not fit; one empty place for what no JSON in UTF-8 could carry."""
    try:
        json.dumps(answers, ensure_ascii=False).encode()
    except (ValueError, TypeError, RecursionError):  # half a pair, what is no JSON at all
        return [""]
    return ["/".join(map(str, fault.instance_path)) for fault in check.iter_errors(answers)]
