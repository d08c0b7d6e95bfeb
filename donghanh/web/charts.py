"""Figures for people: a sentence first, then a drawing, then the numbers.

Geometry only: percentages that a plain SVG takes as attributes, so that no page needs a style
attribute and text keeps its size when the drawing stretches. What to count is decided in reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.formats import localize


@dataclass(frozen=True)
class Bar:
    """One horizontal bar; `share` is its length against the longest, such as "43.2%"."""

    label: str
    value: float
    text: str
    share: str


@dataclass(frozen=True)
class Column:
    """One upright bar; all places are percentages of the drawing."""

    label: str
    value: float
    text: str
    left: str
    width: str
    centre: str
    top: str
    height: str


@dataclass(frozen=True)
class Download:
    """A file with the same numbers."""

    label: str
    url: str


@dataclass(frozen=True)
class Figure:
    """What `components/_figure.html` shows; exactly one of `bars` and `columns` is filled."""

    slug: str
    title: str
    words: str
    label_head: str
    value_head: str
    bars: tuple[Bar, ...] = ()
    columns: tuple[Column, ...] = ()
    downloads: tuple[Download, ...] = field(default=())


# The drawing of columns leaves room for the value above and the label below.
COLUMN_TOP = 14.0
COLUMN_FLOOR = 86.0
COLUMN_FILL = 0.72


def percent(value: float) -> str:
    """`value` as an SVG length, always with a point, whatever the language of the page."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def bars(rows: Iterable[tuple[str, float]]) -> tuple[Bar, ...]:
    """Horizontal bars in the order given; the longest fills the track, zero draws nothing."""
    counted = tuple(rows)
    longest = max((value for _, value in counted), default=0) or 1
    return tuple(
        Bar(label, value, str(localize(value)), percent(100 * max(value, 0) / longest))
        for label, value in counted
    )


def columns(rows: Sequence[tuple[str, float]]) -> tuple[Column, ...]:
    """Upright bars from left to right, such as the hours of a day."""
    highest = max((value for _, value in rows), default=0) or 1
    slot = 100 / max(len(rows), 1)
    drawn = []
    for place, (label, value) in enumerate(rows):
        height = (COLUMN_FLOOR - COLUMN_TOP) * max(value, 0) / highest
        drawn.append(
            Column(
                label=label,
                value=value,
                text=str(localize(value)),
                left=percent(slot * (place + (1 - COLUMN_FILL) / 2)),
                width=percent(slot * COLUMN_FILL),
                centre=percent(slot * (place + 0.5)),
                top=percent(COLUMN_FLOOR - height),
                height=percent(height),
            )
        )
    return tuple(drawn)
