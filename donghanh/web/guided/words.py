"""What the guide says when an answer cannot be kept."""

from __future__ import annotations

from django.utils.translation import gettext as _


def fault_words() -> dict[str, str]:
    """Code → words in the language of the request."""
    return {
        "required": _("This answer is needed."),
        "not_text": _("This holds signs that cannot be kept. Please type it again."),
        "too_long": _("This is too long."),
        "pattern": _("This does not have the expected form."),
        "not_a_name": _("Please write the name in letters, as on the identity card."),
        "not_a_day": _("This is no day of the calendar. Example: 24/11/1990."),
        "too_early": _("This day is too early."),
        "too_late": _("This day is too late."),
        "not_a_number": _("Please write a whole number."),
        "too_small": _("This number is too small."),
        "too_big": _("This number is too big."),
        "not_in_list": _("Please choose one of the answers offered."),
        "not_a_phone": _("This is not a Vietnamese phone number. Example: 0912 345 678."),
        "not_a_citizen_id": _("An identity number has 12 digits, or 9 on an old card."),
        "not_an_area": _("Please choose the commune from the list."),
        "too_few_rows": _("There are too few entries."),
        "too_many_rows": _("There are too many entries."),
        "secret": _(
            "This looks like a password or a one-time code. It is never written down: please take it out."
        ),
        "unknown-question": _("This question does not belong to this edition."),
        "not-open": _("This question cannot be left open in this way."),
        "other-edition": _("The procedure has changed meanwhile. Please load the page again."),
        "consent-needed": _(
            "The person has not agreed to this yet. Read the text aloud and write the answer down first."
        ),
        "nothing-to-undo": _("There is nothing to undo any more: somebody answered again meanwhile."),
        "not-proposed": _("This proposal has changed meanwhile. Please look again."),
    }
