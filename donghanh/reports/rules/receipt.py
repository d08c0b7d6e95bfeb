"""What a citizen takes home: what was done, by whom, what is missing, what comes next. No legal receipt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

CODE_END = 4  # letters of a dossier code that a page in another hand may show
MOST_NEXT = 3


@dataclass(frozen=True, slots=True)
class HelpedBy:
    """Who helped: the given name, the organisation, and the number on the badge (0: none was given out)."""

    given_name: str
    organisation: str
    badge: int


@dataclass(frozen=True, slots=True)
class ReceiptDossier:
    """A submission: where, its code, and the day of the result if one was told."""

    portal: str
    code: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class HandedTo:
    """An organisation that goes on with it, how to reach it, and the day it should be back by."""

    organisation: str
    contact: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Receipt:
    """One case on paper. `person` is empty on the page behind the QR code; `outcome` is the case's code."""

    procedure: str
    day: date
    outcome: str
    person: str
    steps: tuple[str, ...]
    helped_by: tuple[HelpedBy, ...]
    missing: tuple[str, ...]
    dossiers: tuple[ReceiptDossier, ...]
    handed: tuple[HandedTo, ...]
    next_steps: tuple[str, ...]
    next_on: date | None
    point: str
    place: str
    ward: str
    complaint: str


def for_any_eye(receipt: Receipt) -> Receipt:
    """As it may lie in another hand: no person, and of each code only the end."""
    ends = tuple(replace(one, code=f"… {one.code[-CODE_END:]}") for one in receipt.dossiers)
    return replace(receipt, person="", dossiers=ends)
