"""What a chip card says, as facts by person key. Its address is an old one: the commune is only proposed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from donghanh.kernel.text import nfc
from donghanh.places.queries.addresses import read_address


def card_facts(card: Mapping[str, str], day: date) -> dict[str, Any]:
    """The card's fields by person key; what is missing is left out.

    The commune is told only when the end of the address names exactly one of today, the rest is the line.
    """
    facts: dict[str, Any] = {
        "name": nfc(card.get("name", "")),
        "born_on": card.get("born_on", ""),
        "sex": card.get("sex", ""),
        "id_number": card.get("id_number", ""),
        "id_issued_on": card.get("issued_on", ""),
        **_residence(nfc(card.get("address", "")), day),
    }
    return {key: fact for key, fact in facts.items() if fact}


def _residence(address: str, day: date) -> dict[str, str]:
    read = read_address(address, day)
    if len(read.areas) != 1:
        return {"residence_line": address}
    return {"residence_area": read.areas[0].code, "residence_line": read.line}
