"""Words of the practice portal: statuses, complaints, stories."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.web.words import DOSSIER_STATUSES

Words = dict[str, str | Promise]

STATUSES: Words = DOSSIER_STATUSES
COMPLAINTS: Words = {
    "required": _("Please fill in this field."),
    "too_long": _("This is too long for the field."),
    "not_a_day": _("Please give a day that exists."),
    "not_in_list": _("Please choose from the list."),
    "not_a_number": _("Digits only, please. An identity number has 12."),
    "not_a_phone": _("A phone number has 10 digits and begins with 0."),
    "not_invented": _("Only invented people live here. Please take a number from a practice card."),
    "not_a_name": _("A name holds letters only."),
}
STORIES: Words = {
    "": _("As it comes"),
    "ordinary": _("All goes well"),
    "supplement": _("A paper is missing"),
    "payment": _("Payment is asked for"),
    "refused": _("It is not accepted"),
}
ACTS: Words = {
    "supplement": _("Hand in the missing paper"),
    "pay": _("Pay now (pretended)"),
    "withdraw": _("Withdraw the dossier"),
}
