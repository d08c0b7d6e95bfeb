"""What a message says, in the person's language and in as few words as a text message allows."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from donghanh.cases.models import Contact, Dossier
from donghanh.catalog.queries import content_of
from donghanh.catalog.rules.texts import text
from donghanh.kernel.text import search_key

CODE_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Message:
    """A subject line, one or two sentences, and the ids its receiver may tell a repetition by."""

    key: str  # the errand's: the same message sent again bears the same key
    language: str
    status: str
    subject: str
    text: str
    place: str
    procedure: str
    code_end: str

    @property
    def plain(self) -> str:
        """Without accents, for the text messages of phones and contracts that know no others."""
        return "".join(_without_accent(letter) for letter in self.text.replace("…", "..."))


def message_for(contact: Contact, dossier: Dossier, status: str, *, key: str) -> Message:
    """The message about this dossier's status. Names nobody."""
    case = dossier.case
    with override(contact.language):
        procedure = text(content_of(case.edition_id), "short", contact.language)
        place, end = case.point.name, dossier.code[-CODE_SHOWN:]
        news = _news()[status].format(procedure=procedure, code=end, place=place)
        return Message(
            key=key,
            language=contact.language,
            status=status,
            subject=_("News of your dossier"),
            text=f"{news} {_('We never ask for a password or a code.')}",
            place=place,
            procedure=procedure,
            code_end=end,
        )


def _news() -> dict[str, str]:
    return {
        "processed": _("{procedure}: dossier …{code} is ready. Please fetch the result at {place}."),
        "delivered": _("{procedure}: the result of dossier …{code} was handed over."),
        "supplement_requested": _(
            "{procedure}: dossier …{code} needs one more paper. Please ask at {place}."
        ),
        "payment_requested": _("{procedure}: a fee is due for dossier …{code}. Please ask at {place}."),
        "refused": _(
            "{procedure}: dossier …{code} was not accepted. Please come to {place}, we look at it together."
        ),
    }


def _without_accent(letter: str) -> str:
    plain = search_key(letter) if letter.strip() else letter
    return plain.upper() if letter.isupper() else plain or letter
