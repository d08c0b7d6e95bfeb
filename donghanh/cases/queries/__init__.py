"""Reads of the room. Every list starts from `visible_to(member)`."""

from donghanh.cases.queries.helping import (
    ShownCase,
    ShownDossier,
    helped_on,
    late_referrals,
    open_cases,
    referrals_visible_to,
    shown_to_citizen,
    visible_to,
)

__all__ = [
    "ShownCase", "ShownDossier", "helped_on", "late_referrals", "open_cases", "referrals_visible_to",
    "shown_to_citizen", "visible_to",
]  # fmt: skip
