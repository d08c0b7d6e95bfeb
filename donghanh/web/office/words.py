"""Words that only the office uses."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PICTOGRAMS: tuple[tuple[str, str | Promise], ...] = (
    ("birth", _("Birth")),
    ("marriage", _("Marriage")),
    ("death", _("Death")),
    ("moving", _("Residence")),
    ("id", _("ID card")),
    ("phone", _("VNeID and phone")),
    ("paper", _("Copies")),
    ("signature", _("Signature")),
    ("insurance", _("Insurance")),
    ("health", _("Health record")),
    ("social", _("Allowances")),
    ("business", _("Household business")),
    ("help", _("Something else")),
)
CONFIDENCE: dict[str, str | Promise] = {
    "H": _("read in the official record"),
    "M": _("one good secondary source"),
    "L": _("weak source"),
    "GK": _("general knowledge, not verified"),
}

ONLINE: dict[str, str | Promise] = {
    "full": _("Online, or at the counter"),
    "partial": _("Partly online, the rest at the counter"),
    "in_person": _("At the counter only"),
}
