"""What a point has learned of its durations: own cases, shrunk to what is known without them.

Each level is believed by the number of its own accurate cases, n / (n + K), and falls back on the
level above: procedure → series → point → the stated prior. Figures are kept as ratios to the
stated minutes, so that a quick team is quick at procedures it has not met yet.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from donghanh.queue.rules.waiting import PRIOR_SPREAD, Length

# A level weighs half at this many own cases (design reference, section 11: under 50 mostly shrunk).
CASES_TO_BELIEVE = 50
POINT_CASES_TO_BELIEVE = 10
# How far off stated minutes may be at a ward nobody has measured yet (assumption, low confidence).
PRIOR_DOUBT = 0.3
# One help never teaches more than this many times its stated length: a forgotten ticket is no lesson.
LONGEST_RATIO = 8.0
PRIOR_MINUTES = 12.0


@dataclass(frozen=True)
class Moments:
    """Count, sum and sum of squares of ratios to the stated minutes."""

    n: int = 0
    total: float = 0.0
    squares: float = 0.0

    def __add__(self, other: Moments) -> Moments:
        return Moments(self.n + other.n, self.total + other.total, self.squares + other.squares)

    def with_one(self, ratio: float) -> Moments:
        """One case more."""
        kept = min(max(ratio, 0.0), LONGEST_RATIO)
        return Moments(self.n + 1, self.total + kept, self.squares + kept**2)


@dataclass(frozen=True)
class Kind:
    """What a ticket is for: its series and, when known, its procedure; and the stated minutes."""

    series: Hashable
    procedure: Hashable | None
    stated: float


@dataclass(frozen=True)
class Learned:
    """The moments of a point by (series, procedure), and arrivals per minute by priority level."""

    cases: Mapping[tuple[Hashable, Hashable | None], Moments] = field(default_factory=dict)
    priority_rates: Mapping[int, float] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """All own cases."""
        return self._whole.n

    @property
    def doubt(self) -> float:
        """How uncertain the level of the whole point still is."""
        return float(PRIOR_DOUBT * (POINT_CASES_TO_BELIEVE / (POINT_CASES_TO_BELIEVE + self.n)) ** 0.5)

    def length(self, kind: Kind, elapsed: float = 0.0) -> Length:
        """Mean and spread of the kind, in minutes."""
        ratio, spread_squared = 1.0, PRIOR_SPREAD**2
        for moments, needed in self._levels(kind):
            weight = moments.n / (moments.n + needed)
            if moments.n > 1:
                mean = moments.total / moments.n
                variance = max(moments.squares / moments.n - mean**2, 0.0) * moments.n / (moments.n - 1)
                spread_squared += weight * (variance / mean**2 - spread_squared) if mean else 0.0
            if moments.n:
                ratio += weight * (moments.total / moments.n - ratio)
        return Length(max(kind.stated, 1.0) * max(ratio, 0.05), spread_squared**0.5, elapsed)

    def basis(self, kinds: list[Kind]) -> str:
        """On what an announcement over these kinds rests: prior, mixed or learned."""
        if not self.n:
            return "prior"
        own = [self.cases.get((kind.series, kind.procedure), Moments()).n for kind in kinds]
        known = all(n >= CASES_TO_BELIEVE for n in own) if own else self.n >= CASES_TO_BELIEVE
        return "learned" if known else "mixed"

    def _levels(self, kind: Kind) -> list[tuple[Moments, int]]:
        return [
            (self._whole, POINT_CASES_TO_BELIEVE),
            (self._by_series.get(kind.series, Moments()), CASES_TO_BELIEVE),
            (self.cases.get((kind.series, kind.procedure), Moments()), CASES_TO_BELIEVE),
        ]

    @cached_property
    def _whole(self) -> Moments:
        return sum(self.cases.values(), Moments())

    @cached_property
    def _by_series(self) -> dict[Hashable, Moments]:
        sums: dict[Hashable, Moments] = {}
        for (series, _), one in self.cases.items():
            sums[series] = sums.get(series, Moments()) + one
        return sums


def overtakers(learned: Learned, *, level: int, head_start_minutes: float, mean_wait: float) -> int:
    """How many with a greater head start will still come and go first, at the rate of the last hour.

    One of level p passes if they come within (p - level) head starts, and before the call.
    """
    expected = sum(
        rate * min(mean_wait, head_start_minutes * (other - level))
        for other, rate in learned.priority_rates.items()
        if other > level
    )
    return round(expected)
