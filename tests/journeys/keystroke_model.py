"""The keystroke-level model of Card, Moran and Newell (Communications of the ACM 23(7), 1980, 396–410).

An expert's time for a task without errors is the sum of its operators: a key of an average typist of 40 words a
minute 0.28 s, pointing with a mouse 1.10 s, a press or release of its button 0.10 s, moving a hand between keyboard
and mouse 0.40 s, and 1.35 s of preparing in the mind before each chunk: a field's whole value, or a command.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

KEY, POINT, CLICK, HOME, MIND = 0.28, 1.10, 0.20, 0.40, 1.35


@dataclass(frozen=True)
class Acts:
    """What somebody's hands and mind did; `telex` are the further keys that Vietnamese marks take on a keyboard."""

    keys: int = 0
    clicks: int = 0
    homings: int = 0
    chunks: int = 0
    telex: int = 0
    points: int = 0

    @classmethod
    def counted(cls, seen: dict[str, Any]) -> Acts:
        """What tests/journeys/presses.js counted on a page."""
        return cls(seen["keys"], seen["clicks"], seen["homings"], seen["chunks"], seen["telex"])

    def __add__(self, other: Acts) -> Acts:
        return Acts(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def seconds(self) -> float:
        """The model's time. Marks are counted as free here, which favours whoever types more."""
        pointing = (self.clicks + self.points) * POINT + self.clicks * CLICK
        return self.keys * KEY + pointing + self.homings * HOME + self.chunks * MIND

    @property
    def seconds_with_marks(self) -> float:
        """The same with the keys of Telex for each mark."""
        return self.seconds + self.telex * KEY
