"""The words a report needs for the house's codes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from donghanh.reports.documents.tables import Words
from donghanh.web.words import ACCOUNTS, AUTONOMIES, DEVICES, OUTCOMES, PERIODS, ROLES, SEXES


def report_words() -> Words:
    """By kind of code; what is not listed shows its own name."""
    return {
        "outcome": OUTCOMES,
        "autonomy": AUTONOMIES,
        "device": DEVICES,
        "account": ACCOUNTS,
        "sex": SEXES,
        "phase": PERIODS,
        "channel": {"kiosk": ROLES["kiosk"], "desk": _("Desk"), "script": ROLES["script"]},
        "first_time": {"first": _("First time"), "again": _("Has been here before")},
        "sector": {
            "civil_status": _("Civil status"),
            "certification": _("Certification"),
            "residence": _("Residence"),
            "identity": _("Identity"),
            "insurance": _("Insurance"),
            "social": _("Social support"),
            "health": _("Health"),
            "digital": _("Digital skills and VNeID"),
        },
    }
