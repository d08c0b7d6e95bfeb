"""The code of a case: short enough to be said aloud, without letters and digits that are mistaken."""

from __future__ import annotations

import secrets

# Without 0 1 I O Q U Z; every third sign is a digit, so that no word comes out.
LETTERS = "ABCDEFGHJKLMNPRSTVWXY"
DIGITS = "23456789"
LENGTH = 8


def case_code() -> str:
    """Eight signs at random: two letters, a digit, two letters, a digit, two letters."""
    return "".join(secrets.choice(DIGITS if place % 3 == 2 else LETTERS) for place in range(LENGTH))


def read_code(typed: str) -> str:
    """The code as kept, from what was typed: blanks, hyphens, dots and small letters are forgiven."""
    return "".join(sign for sign in typed.upper() if sign not in " -.\u00a0\u2013")
