"""What a report holds. Plain facts, ready for JSON; keys are codes, `names` holds their words.

No figure crosses two traits of a person: a table of age by sex would single people out in a ward.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from donghanh.reports.rules.spread import METHOD, Spread

PHASES = ("wait", "walk", "service", "hold")
Counts = dict[str, int]


@dataclass(frozen=True)
class Stays:
    """Tickets of the days, by how far they came."""

    issued: int = 0
    served: int = 0  # finished
    left: int = 0  # went without being served
    closed: int = 0  # ended by the nightly close
    open: int = 0  # neither yet
    priority: int = 0  # issued with a level above 0
    inaccurate: int = 0  # whose times are no use
    calls: int = 0  # stays called at least once
    priority_calls: int = 0  # of these, with a level above 0
    overtakings: int = 0  # first calls that went before someone who had come earlier
    out_of_turn: int = 0  # calls picked from the list with a reason
    by_series: Counts = field(default_factory=dict)
    by_hour: Counts = field(default_factory=dict)
    by_channel: Counts = field(default_factory=dict)
    by_origin: Counts = field(default_factory=dict)


@dataclass(frozen=True)
class Cases:
    """Persons helped with procedures; what is not known is counted as "unknown"."""

    opened: int = 0
    finished: int = 0
    open: int = 0
    without_ticket: int = 0
    anonymous: int = 0
    persons: int = 0  # distinct, of those not anonymous
    inaccurate: int = 0
    by_procedure: Counts = field(default_factory=dict)
    by_sector: Counts = field(default_factory=dict)
    by_zone: Counts = field(default_factory=dict)
    by_member: Counts = field(default_factory=dict)
    by_age_band: Counts = field(default_factory=dict)
    by_sex: Counts = field(default_factory=dict)
    by_hour: Counts = field(default_factory=dict)
    by_outcome: Counts = field(default_factory=dict)
    by_autonomy: Counts = field(default_factory=dict)
    by_device: Counts = field(default_factory=dict)
    by_account: Counts = field(default_factory=dict)
    by_first_time: Counts = field(default_factory=dict)


@dataclass(frozen=True)
class HourOf:
    """One hour of the day: who came, and how long those waited."""

    hour: str
    arrivals: int
    cases: int
    wait: Spread


@dataclass(frozen=True)
class Promise:
    """How announced ranges held, among stays that were told one and then called."""

    basis: str  # prior, mixed, learned; "all" for the sum
    n: int
    over_p50: int
    over_p80: int
    at_once: int  # told that a counter is free; not among n


@dataclass(frozen=True)
class Referrals:
    """Cases handed on in these days."""

    sent: int = 0
    returned: int = 0
    late: int = 0
    by_organisation: Counts = field(default_factory=dict)


@dataclass(frozen=True)
class Chain:
    """The journal entry up to which the report was made."""

    seq: int = 0
    hash: str = ""


@dataclass(frozen=True)
class DayReport:
    """The report of one point, or of several points of one ward, over one or more days."""

    ward: str
    ward_name: str
    province_name: str
    points: tuple[str, ...]
    point_name: str
    first_day: date
    last_day: date
    made_at: datetime
    journal: Chain
    stays: Stays
    cases: Cases
    phases: dict[str, Spread]  # seconds a stay spent in each phase
    wait_of_those_who_left: Spread
    case_seconds: Spread
    hours: tuple[HourOf, ...]
    promises: tuple[Promise, ...]
    referrals: Referrals
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    percentile_method: str = METHOD

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened."""
        return not (self.stays.issued or self.cases.opened)


def as_json(report: DayReport) -> dict[str, Any]:
    """The report as plain JSON values."""
    plain = asdict(report)
    plain["first_day"], plain["last_day"] = report.first_day.isoformat(), report.last_day.isoformat()
    plain["made_at"] = report.made_at.isoformat()
    plain["points"] = list(report.points)
    return plain


def without_members(report: DayReport) -> DayReport:
    """The totals alone, for readers outside the ward: nothing by member or by zone, and no names of them."""
    names = {kind: words for kind, words in report.names.items() if kind not in ("member", "zone")}
    return replace(report, cases=replace(report.cases, by_member={}, by_zone={}), names=names)
