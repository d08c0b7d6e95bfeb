"""The communes of today that an address on a card may mean, and what is left of it as house and street."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.places.queries.finding import FoundArea, found_areas

# Commune, district and province end an address of before July 2025; commune and province one of since.
TAILS = (3, 2)


@dataclass(frozen=True, slots=True)
class ReadAddress:
    """`line` is what stands before the commune; the whole address while no commune of today is found."""

    line: str
    areas: tuple[FoundArea, ...] = ()


def read_address(address: str, day: date) -> ReadAddress:
    """The address in two parts. Several communes: only the person knows which one it is today."""
    parts = [part.strip() for part in address.split(",") if part.strip()]
    for tail in TAILS:
        if len(parts) < tail:
            continue
        areas = found_areas(" ".join(parts[-tail:]), day)
        if areas:
            return ReadAddress(", ".join(parts[:-tail]), tuple(areas))
    return ReadAddress(address)
