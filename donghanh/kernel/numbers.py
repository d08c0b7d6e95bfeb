"""Numbers that people write in many ways and the state keeps in one: phones and identity numbers."""

from __future__ import annotations

import re
import unicodedata

_SEPARATORS = re.compile(r"[\s.\-\u2013()]")
_ABROAD = re.compile(r"^(?:\+84|0084|84(?=[0-9]{9,10}$))0?")
_PHONE = re.compile(r"0[35789][0-9]{8}|02[0-9]{9}")
_CITIZEN_ID = re.compile(r"[0-9]{9}|[0-9]{12}")


def without_separators(text: str) -> str:
    """The text without blanks, dots, hyphens and brackets, wide digits made narrow."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


def phone_digits(text: str) -> str | None:
    """A Vietnamese number as digits from its 0, mobile (10) or landline (11); None if it is none.

    +84, 0084 and 84 are read as 0. Mobile numbers begin with 03, 05, 07, 08 or 09, landlines with
    02 (numbering plan since 2018; GK).
    """
    number = _ABROAD.sub("0", without_separators(text))
    return number if _PHONE.fullmatch(number) else None


def citizen_id_digits(text: str) -> str | None:
    """An identity number as its 12 digits, or 9 of the former card; None if it is none."""
    plain = without_separators(text)
    return plain if _CITIZEN_ID.fullmatch(plain) else None
