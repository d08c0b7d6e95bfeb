"""How a figure is said, and what percentiles are."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any


def say(what: str, figure: float, unit: str, **compared_with: Any) -> None:
    """One line on standard output."""
    line = {"what": what, "figure": round(figure, 2), "unit": unit, "compared_with": compared_with}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that `share` of all do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def say_times(what: str, seconds: list[float], **compared_with: Any) -> None:
    """p50, p95 and p99 of durations, in milliseconds."""
    for share in (0.50, 0.95, 0.99):
        say(f"{what}, p{share:.0%}".rstrip("%"), percentile(seconds, share) * 1000, "ms", **compared_with)
