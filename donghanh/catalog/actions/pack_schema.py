"""What may stand in pack.yaml, key by key. Unknown keys are refused; every value arrives as text."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from donghanh.catalog.actions.pack_question_schema import EligibilityIn, QuestionIn, RoleIn
from donghanh.catalog.actions.pack_values import (
    Amount,
    Code,
    Day,
    Expression,
    FormatNumber,
    Hour,
    MonthOrDay,
    OfficialPage,
    ServiceId,
    Slug,
    Sourced,
    StateAddress,
    Strict,
    Title,
    Whole,
    YesNo,
)
from donghanh.catalog.rules import content as c
from donghanh.catalog.rules.guidance import EidAct, StepKind

# Keys that came with format 2, by the list they stand in; the empty name is the file itself.
NEEDS_FORMAT_2 = {
    "": ("roles", "questions", "eligibility", "fee_exemptions", "receipts", "forms", "portal_maps"),
    "papers": ("when", "one_of"),
    "fees": ("when", "valid_from", "valid_to", "per"),
    "steps": ("kind", "when", "ask", "eid"),
}


class SourceIn(Strict):
    """A place where facts were read."""

    id: Slug
    title: Title
    checked: MonthOrDay
    confidence: c.Confidence
    url: OfficialPage | None = None


class OnlineIn(Sourced):
    """How much can be done online."""

    mode: c.OnlineMode


class PaperIn(Sourced):
    """A paper and what is done with it."""

    id: Slug
    mode: c.PaperMode
    form: c.PaperForm
    count: Whole = 1
    not_needed_if_in_database: YesNo = False
    when: Expression | None = None
    one_of: Slug | None = None


class FeeIn(Sourced):
    """What is paid through some channels."""

    id: Slug
    channels: list[c.Channel] = Field(min_length=1)
    amount: Amount
    when: Expression | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    per: Literal["case", "copy", "page", "person"] = "case"


class ExemptionIn(Sourced):
    """Who pays nothing or less."""

    id: Slug
    fees: list[Slug] = Field(min_length=1)
    when: Expression | None = None


class TimeLimitIn(Sourced):
    """How long the authority may take."""

    kind: c.LimitKind
    days: Whole | None = None
    cutoff: Hour | None = None


class HelpMinutesIn(Strict):
    """A first guess of how long helping takes."""

    p50: Whole
    p80: Whole
    basis: c.DurationBasis


class PortalIn(Sourced):
    """Where the dossier goes."""

    id: Slug
    kind: c.PortalKind
    address: StateAddress | None = None


class ResultIn(Sourced):
    """What the citizen gets."""

    id: Slug


class AccountIn(Sourced):
    """Whose account acts."""

    who: Literal["citizen", "representative", "officer", "none"]


class StepIn(Sourced):
    """One guided step."""

    id: Slug
    who: c.Actor
    papers: list[Slug] = []
    volunteer_stops: YesNo = False
    officer_only: YesNo = False
    kind: StepKind = "explain"
    when: Expression | None = None
    ask: list[Slug] = []
    eid: EidAct | None = None


class ReferralIn(Sourced):
    """Where to send someone."""

    id: Slug
    to: c.ReferralTarget


class ReceiptIn(Sourced):
    """What the citizen holds after sending."""

    id: Slug
    portal: Slug


class PackIn(Strict):
    """The whole of pack.yaml."""

    format: FormatNumber
    kind: c.Kind
    code: Code | None = None
    id: ServiceId | None = None
    valid_from: Day
    checked_on: MonthOrDay
    sector: Slug
    levels: list[c.Level] = []
    pictogram: c.Pictogram
    needs_skill: Slug | None = None
    online: OnlineIn | None = None
    account: AccountIn
    roles: list[RoleIn] = []
    questions: list[QuestionIn] = Field(default=[], max_length=500)
    eligibility: list[EligibilityIn] = []
    papers: list[PaperIn] = []
    fees: list[FeeIn] = []
    fee_exemptions: list[ExemptionIn] = []
    exemptions: Sourced | None = None
    time_limit: TimeLimitIn
    usual_minutes: HelpMinutesIn
    portals: list[PortalIn] = []
    receipts: list[ReceiptIn] = []
    results: list[ResultIn] = []
    steps: list[StepIn] = Field(min_length=1, max_length=30)
    referrals: list[ReferralIn] = []
    forms: list[Slug] = []
    portal_maps: list[Slug] = []
    sources: list[SourceIn] = Field(min_length=1)
