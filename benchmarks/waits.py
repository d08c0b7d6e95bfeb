"""How good is the announced wait? This house's range beside the announcements of its peers.

Prints one JSON line an announcement. The forecast learns from imagined days before the tested ones,
with one wrong stated prior for all procedures; it never sees the true distributions.
Run: python benchmarks/waits.py [days]
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.hall import Arrival, Hall, arrivals_of_a_day, live
from donghanh.queue.rules.learning import PRIOR_MINUTES, Kind, Learned, Moments
from donghanh.queue.rules.waiting import expected_wait

Forecast = Callable[[Hall, Arrival], float]


@dataclass
class Score:
    """What came of an announcement."""

    told: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def line(self, name: str) -> dict[str, object]:
        """The figures as one JSON-able line."""
        errors = [told - waited for told, waited in zip(self.told, self.waited, strict=True)]
        n = max(len(errors), 1)
        return {
            "what": "wait announced",
            "announcement": name,
            "figure": round(sum(abs(e) for e in errors) / n, 2),
            "unit": "minutes mean absolute error",
            "mean_wait": round(sum(self.waited) / n, 1),
            "bias": round(sum(errors) / n, 2),
            "waited_longer": round(sum(e < 0 for e in errors) / n, 3),
            "ten_minutes_longer": round(sum(e < -10 for e in errors) / n, 3),
            "n": len(errors),
        }


def kind_of(one: Arrival) -> Kind:
    """All in one series, all with the same wrong stated minutes."""
    return Kind("A", one.kind, PRIOR_MINUTES)


def learn(seeds: range) -> Learned:
    """What the imagined days teach."""
    cases: dict[tuple[object, object | None], Moments] = {}
    for seed in seeds:
        for one in arrivals_of_a_day(seed):
            key = ("A", one.kind)
            cases[key] = cases.get(key, Moments()).with_one(one.minutes / PRIOR_MINUTES)
    return Learned(cases)  # type: ignore[arg-type]


def ours(learned: Learned, end: str) -> Forecast:
    """The house's p50 or p80."""

    def told(hall: Hall, _: Arrival) -> float:
        wait = expected_wait(
            [learned.length(kind_of(one)) for one in hall.waiting],
            [learned.length(kind_of(one), hall.now - since) for one, since in hall.serving],
            hall.servers,
            doubt=learned.doubt,
        )
        assert wait is not None
        return float(wait.p50_minutes if end == "p50" else wait.p80_minutes)

    return told


def queue_length(learned: Learned) -> Forecast:
    """QL: place in line times the learned mean over servers."""
    mean = learned.length(Kind("A", None, PRIOR_MINUTES)).mean

    def told(hall: Hall, _: Arrival) -> float:
        return (len(hall.waiting) + 1) * mean / hall.servers if len(hall.serving) >= hall.servers else 0.0

    return told


def last_to_enter(hall: Hall, _: Arrival) -> float:
    """LES: the wait of the last who began to be served."""
    return hall.last_started[1] - hall.last_started[0].at if hall.last_started else 0.0


def head_of_line(hall: Hall, _: Arrival) -> float:
    """HOL: how long the first in line has waited so far."""
    return hall.now - hall.waiting[0].at if hall.waiting else 0.0


def three_minutes_each(hall: Hall, _: Arrival) -> float:
    """Three minutes times those ahead, whatever the number of counters."""
    return 3.0 * len(hall.waiting)


def twelve_minutes(hall: Hall, _: Arrival) -> float:
    """A constant of twelve minutes, over the counters."""
    return 12.0 * (len(hall.waiting) + 1) / hall.servers if len(hall.serving) >= hall.servers else 0.0


def forecasts(learned: Learned) -> dict[str, Forecast]:
    """All announcements by name."""
    return {
        "this house, p50": ours(learned, "p50"),
        "this house, p80": ours(learned, "p80"),
        "this house on day one, p50": ours(Learned(), "p50"),
        "this house on day one, p80": ours(Learned(), "p80"),
        "QL with learned mean": queue_length(learned),
        "LES": last_to_enter,
        "HOL": head_of_line,
        "3 min x ahead": three_minutes_each,
        "12 min / servers x place": twelve_minutes,
    }


def scores(days: range, learned: Learned) -> dict[str, Score]:
    """Each announcement over the days, for all who had to wait."""
    made = forecasts(learned)
    found = {name: Score() for name in made}
    for seed in days:
        told: dict[int, dict[str, float]] = {}

        def seen(hall: Hall, one: Arrival, told: dict[int, dict[str, float]] = told) -> None:
            told[id(one)] = {name: forecast(hall, one) for name, forecast in made.items()}

        day = arrivals_of_a_day(seed)
        for one, waited in live(day, seen):
            if waited > 0:
                for name, score in found.items():
                    score.told.append(told[id(one)][name])
                    score.waited.append(waited)
    return found


def main() -> None:
    """Twenty days to learn from, then the tested ones."""
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    learned = learn(range(20))
    for name, score in scores(range(1000, 1000 + days), learned).items():
        print(json.dumps(score.line(name)))
    lengths = [learned.length(Kind("A", "middle", PRIOR_MINUTES))] * 30
    started = time.perf_counter()
    for _ in range(200):
        expected_wait(lengths, lengths[:5], 5)
    each = (time.perf_counter() - started) / 200 * 1000
    print(json.dumps({"what": "one forecast with 30 ahead", "figure": round(each, 3), "unit": "ms"}))


if __name__ == "__main__":
    main()
