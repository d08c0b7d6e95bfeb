"""A dossier code is opaque text: whatever the portal gave is kept. Here are only warnings."""

from __future__ import annotations

import re
from enum import StrEnum


class DossierWarning(StrEnum):
    """Why a code deserves a second look. Never a reason to refuse it."""

    EMPTY = "empty"
    # Personal data and secrets are typed into the wrong field when people are in a hurry.
    LOOKS_LIKE_IDENTITY_NUMBER = "looks_like_identity_number"
    LOOKS_LIKE_ONE_TIME_CODE = "looks_like_one_time_code"
    PAYMENT_ID = "payment_id"
    UNUSUAL_FORM = "unusual_form"
    UNUSUAL_DATE = "unusual_date"


# Agency code (QCVN 102:2016/BTTTT), day as yyMMdd, sequence of four to six digits.
_USUAL = re.compile(r"[A-Z0-9]{1,4}(?:\.[A-Z0-9]{1,4}){1,4}-([0-9]{6})-[0-9]{4,6}")
_PAYMENT = re.compile(r"G22\.99\.3-.*", re.DOTALL)
# Whose codes are known to follow that form; ministries and apps have their own.
_PORTALS_OF_USUAL_FORM = frozenset({"national", "linked", "justice", "province"})
PORTAL_KINDS = _PORTALS_OF_USUAL_FORM | {"ministry", "app", "office"}


def dossier_warning(portal: str, code: str) -> DossierWarning | None:
    """What looks odd about this code on a portal of this kind, or None.

    `portal` is one of PORTAL_KINDS. Blanks around the code are forgiven, small letters too.
    """
    tidy = code.strip().upper()
    if not tidy:
        return DossierWarning.EMPTY
    if re.fullmatch(r"[0-9]{9}|[0-9]{12}", tidy):
        return DossierWarning.LOOKS_LIKE_IDENTITY_NUMBER
    if re.fullmatch(r"[0-9]{6}", tidy):
        return DossierWarning.LOOKS_LIKE_ONE_TIME_CODE
    if _PAYMENT.fullmatch(tidy):
        return DossierWarning.PAYMENT_ID
    if portal not in _PORTALS_OF_USUAL_FORM:
        return None
    usual = _USUAL.fullmatch(tidy)
    if usual is None:
        return DossierWarning.UNUSUAL_FORM
    return None if _is_plausible_day(usual[1]) else DossierWarning.UNUSUAL_DATE


def _is_plausible_day(digits: str) -> bool:
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31
