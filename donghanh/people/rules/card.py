"""What the QR code of a chip card says: text in fields parted by “|”, unsigned, so never a proof of identity.

The usual order: identity number, number of the old card, name, birthday, sex, address, day of issue. Cards
with six to eight fields were seen, and the card of 2024 may differ: what is read is read, what is not is
left empty and named in a warning. The browser reads by the same rules: js/guide/card.js. The raw text is
kept nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from donghanh.catalog.rules.writing import NotText, is_name, normal
from donghanh.people.rules import Sex, disagreements, read_citizen_id

LEAST_FIELDS = 6
LONGEST_TEXT = 1000
LONGEST_NAME = 120
LONGEST_ADDRESS = 250
_NUMBER = re.compile(r"[0-9]{12}")
_OLD_NUMBER = re.compile(r"[0-9]{9}|[0-9]{12}")
_DAY = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_SEXES: dict[str, Sex] = {"nam": "male", "nữ": "female", "nu": "female", "male": "male", "female": "female"}


@dataclass(frozen=True, slots=True)
class Card:
    """A card as read; days as YYYY-MM-DD, "" for what could not be read.

    Warnings: name, born, sex, address, issued (not readable); number-province, number-sex, number-born (the
    number says something else: a slip of whoever made the card, or a card that is none).
    """

    id_number: str
    old_number: str = ""
    name: str = ""
    born_on: str = ""
    sex: str = ""
    address: str = ""
    issued_on: str = ""
    warnings: tuple[str, ...] = ()


def read_card(text: str, today: date) -> Card | None:
    """The card of a QR code's text; None when this is the code of something else."""
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        return None
    fields = [_field(field) for field in text.split("|")]
    if len(fields) < LEAST_FIELDS or not _NUMBER.fullmatch(fields[0]):
        return None
    # Without an old number some cards leave its field out instead of empty.
    old = fields[1] if re.fullmatch("[0-9]*", fields[1]) else None
    rest = fields[1:] if old is None else fields[2:]
    rest += [""] * 5
    found = Card(
        id_number=fields[0],
        old_number=old if old and _OLD_NUMBER.fullmatch(old) else "",
        name=rest[0] if is_name(rest[0]) and len(rest[0]) <= LONGEST_NAME else "",
        born_on=_day(rest[1], today),
        sex=_SEXES.get(rest[2].lower(), ""),
        address=rest[3] if len(rest[3]) <= LONGEST_ADDRESS and "\ufffd" not in rest[3] else "",
        issued_on=_day(rest[4], today),
    )
    return replace(found, warnings=_warnings(found, has_issue=rest[4] != ""))


def _field(text: str) -> str:
    try:
        return normal(text)
    except NotText:
        return ""


def _day(text: str, today: date) -> str:
    """A day from ddmmyyyy; "" for none, and for one that is still to come."""
    found = _DAY.fullmatch(text)
    if found is None:
        return ""
    day, month, year = found.groups()
    iso = f"{year}-{month}-{day}"
    try:
        return iso if date.fromisoformat(iso) <= today and year >= "1900" else ""
    except ValueError:
        return ""


def _warnings(card: Card, *, has_issue: bool) -> tuple[str, ...]:
    unread = [
        *(["name"] if not card.name else []),
        *(["born"] if not card.born_on else []),
        *(["sex"] if not card.sex else []),
        *(["address"] if not card.address else []),
        *(["issued"] if has_issue and not card.issued_on else []),
    ]
    number = read_citizen_id(card.id_number)
    if number.warnings:
        unread.append("number-province")
    born_year = int(card.born_on[:4]) if card.born_on else None
    told = {"sex": "number-sex", "born-year": "number-born"}
    return (*unread, *(told[one] for one in disagreements(number, card.sex, born_year)))
