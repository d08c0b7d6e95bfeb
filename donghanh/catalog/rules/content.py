"""The content of one edition of a procedure, as plain values that never change.

Everything people read is a text by key and language (see `texts`); here stand only the
facts, their order and where each comes from. What is asked and checked is in `guidance`. A further
field has an empty default, so that editions stored before stay readable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from donghanh.catalog.rules.fact import Confidence as Confidence
from donghanh.catalog.rules.fact import Fact as Fact
from donghanh.catalog.rules.guidance import (
    Condition,
    EidAct,
    Eligibility,
    Form,
    PortalMap,
    Question,
    Role,
    StepKind,
)

LANGUAGES = ("vi", "fr", "en")

Kind = Literal["procedure", "service"]
Level = Literal["commune", "province", "ministry", "vertical", "other"]
OnlineMode = Literal["full", "partial", "in_person", "unknown"]
Channel = Literal["online", "post", "in_person"]
PaperMode = Literal["submit", "show", "upload"]
PaperForm = Literal["original", "copy", "certified", "photo", "form"]
AmountKind = Literal["amount", "set_by_province", "unknown"]
# text: known, but not computable from one figure; none: the law sets no limit (a service).
LimitKind = Literal["same_day", "working_days", "calendar_days", "text", "unknown", "none"]
Actor = Literal["citizen", "member", "officer"]
PortalKind = Literal["national", "linked", "justice", "province", "ministry", "app", "office"]
ReferralTarget = Literal["police", "social_insurance", "bank", "health", "ward_office", "province", "other"]
DurationBasis = Literal["own_estimate", "reported", "measured"]
Pictogram = Literal[
    "birth",
    "marriage",
    "death",
    "moving",
    "id",
    "insurance",
    "phone",
    "paper",
    "signature",
    "health",
    "social",
    "business",
    "other",
]


@dataclass(frozen=True, slots=True)
class Source:
    """A place where facts were read. `checked` is a month or a day: 2026-07 or 2026-07-24."""

    id: str
    title: str
    checked: str
    confidence: Confidence
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Online:
    """How much of it can be done online."""

    mode: OnlineMode
    fact: Fact


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper and what is done with it. Texts: papers.ID.name, papers.ID.get."""

    id: str
    mode: PaperMode
    form: PaperForm
    count: int
    not_needed_if_in_database: bool
    fact: Fact
    when: Condition | None = None
    one_of: str | None = None  # papers of the same group: one of them is enough


@dataclass(frozen=True, slots=True)
class Fee:
    """What is paid through some channels, in whole đồng. `amount` is None unless it is known;
    unknown is never free. Text: fees.ID."""

    id: str
    channels: tuple[Channel, ...]
    kind: AmountKind
    amount: int | None
    fact: Fact
    when: Condition | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    per: Literal["case", "copy", "page", "person"] = "case"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long the authority may take. `days` for working and calendar days; `cutoff` is an hour
    as HH:MM: what comes in later counts from the next working day. Text: time_limit."""

    kind: LimitKind
    days: int | None
    cutoff: str | None
    fact: Fact


@dataclass(frozen=True, slots=True)
class HelpMinutes:
    """A first guess of how long helping takes, in minutes, until the point has measured it."""

    p50: int
    p80: int
    basis: DurationBasis


@dataclass(frozen=True, slots=True)
class Portal:
    """Where the dossier goes. Text: portals.ID."""

    id: str
    kind: PortalKind
    address: str | None
    fact: Fact


@dataclass(frozen=True, slots=True)
class Result:
    """What the citizen gets in the end. Text: results.ID."""

    id: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account acts: always the citizen's own or their representative's, or an officer's;
    a member's never. Text: account."""

    who: Literal["citizen", "representative", "officer", "none"]
    fact: Fact


@dataclass(frozen=True, slots=True)
class Step:
    """One guided step. Texts: steps.ID.title, .text, .say, and .stop when `volunteer_stops`.

    `who` acts. `officer_only`: nobody but an officer may do it. `fact` is None when the step is
    our own advice and states no legal duty.
    """

    id: str
    who: Actor
    papers: tuple[str, ...]
    volunteer_stops: bool
    officer_only: bool
    fact: Fact | None
    kind: StepKind = "explain"
    when: Condition | None = None
    ask: tuple[str, ...] = ()
    eid: EidAct | None = None


@dataclass(frozen=True, slots=True)
class Referral:
    """Where to send someone, and for what. Text: referrals.ID."""

    id: str
    to: ReferralTarget
    fact: Fact


@dataclass(frozen=True, slots=True)
class Exemption:
    """Who pays nothing or less. Text: fee_exemptions.ID. Without a condition it is only told."""

    id: str
    fees: tuple[str, ...]
    fact: Fact
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the citizen holds after sending: a dossier code of a portal, or a slip. Text: receipts.ID."""

    id: str
    portal: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class EditionContent:
    """All that one edition says. `id` is the national code, or the slug of a service without one.

    `texts` is language → key → text; `sector` is an id whose name is the text `sector`.
    """

    id: str
    kind: Kind
    code: str | None
    valid_from: str
    checked_on: str
    sector: str
    levels: tuple[Level, ...]
    pictogram: Pictogram
    needs_skill: str | None
    online: Online | None
    account: Account
    papers: tuple[Paper, ...]
    fees: tuple[Fee, ...]
    exemptions: Fact | None
    time_limit: TimeLimit
    usual_minutes: HelpMinutes
    portals: tuple[Portal, ...]
    results: tuple[Result, ...]
    steps: tuple[Step, ...]
    referrals: tuple[Referral, ...]
    sources: tuple[Source, ...]
    texts: Mapping[str, Mapping[str, str]]
    format: int = 1
    roles: tuple[Role, ...] = ()
    questions: tuple[Question, ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    fee_exemptions: tuple[Exemption, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    forms: tuple[Form, ...] = ()
    portal_maps: tuple[PortalMap, ...] = ()
    media: Mapping[str, str] | None = None  # file name inside media/ or forms/ → SHA-256
