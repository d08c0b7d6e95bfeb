"""What may stand under roles, questions and eligibility of pack.yaml."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from donghanh.catalog.actions.pack_values import (
    Bound,
    DayOrToday,
    Expression,
    Slug,
    Sourced,
    Strict,
    Whole,
    Words,
    YesNo,
)
from donghanh.catalog.rules import guidance as g


class RoleIn(Strict):
    """One of the people a procedure is about."""

    id: Slug
    beneficiary: YesNo = False


class CheckIn(Sourced):
    """What must hold for an answer. A limit of the law names its source."""

    id: Slug
    must: Expression
    level: Literal["hard", "soft"]


class QuestionIn(Strict):
    """One question."""

    id: Slug
    type: g.QuestionType
    required: YesNo = False
    purpose: g.Purpose
    privacy: g.PrivacyClass
    when: Expression | None = None
    allow: list[g.Opening] = []
    choices: list[Slug] = Field(default=[], max_length=100)
    least: Bound | None = None
    most: Bound | None = None
    longest: Whole | None = None
    earliest: DayOrToday | None = None
    latest: DayOrToday | None = None
    pattern: Words | None = None
    role: Slug | None = None
    key: g.PersonKey | None = None
    checks: list[CheckIn] = []
    fields: list[QuestionIn] = Field(default=[], max_length=30)


class EligibilityIn(Sourced):
    """Who may ask for this, and where the others are sent."""

    id: Slug
    must: Expression
    refer: Slug | None = None
