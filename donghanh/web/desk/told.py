"""How the person of the case at the desk is told, and what may be added: read here, changed in telling.py."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.functional import Promise

from donghanh.cases.actions.following import TELLING, address_of
from donghanh.cases.actions.telling import PUSH
from donghanh.cases.models import Case, CaseConsent, Contact
from donghanh.cases.queries.channels import channels
from donghanh.cases.rules.consents import hash_of, text_of
from donghanh.catalog.rules.content import LANGUAGES
from donghanh.kernel.text import masked
from donghanh.web import words

PHONES = ("sms", "zalo")


@dataclass(frozen=True)
class Told:
    """A contact as a list shows it: never the whole address."""

    id: UUID
    channel: str | Promise
    address: str


@dataclass(frozen=True)
class Telling:
    """What `desk/_tell.html` needs."""

    text: str
    text_hash: str
    given: bool
    methods: list[tuple[str, str | Promise]]
    channels: list[tuple[str, str | Promise]]
    takes_phone: bool
    takes_address: bool
    phone: str
    contacts: list[Told]
    languages: list[tuple[str, str]]


def telling_of(case: Case, language: str) -> Telling:
    """How the person of a case is told, and what may be added. A browser of their own adds itself."""
    spoken = language if language in LANGUAGES else "vi"
    kinds = [kind for kind in channels() if kind != PUSH]
    kept = Contact.objects.filter(case=case, ended_at__isnull=True).order_by("added_at", "pk")
    return Telling(
        text=text_of(TELLING, spoken),
        text_hash=hash_of(TELLING, spoken),
        given=CaseConsent.objects.filter(case=case, purpose=TELLING, withdrawn_at__isnull=True).exists(),
        methods=[(code, words.METHODS[code]) for code in CaseConsent.METHODS],
        channels=[(kind, words.CHANNELS[kind]) for kind in kinds],
        takes_phone=any(kind in PHONES for kind in kinds),
        takes_address=any(kind not in PHONES for kind in kinds),
        phone=(case.person.phone or "") if case.person else "",
        contacts=[Told(one.pk, words.CHANNELS[one.kind], _masked(one)) for one in kept],
        languages=[("vi", "Tiếng Việt"), ("en", "English"), ("fr", "Français")],
    )


def _masked(one: Contact) -> str:
    if one.kind == PUSH:
        return ""
    address = address_of(one)
    if one.kind in PHONES:
        return masked(address)
    if one.kind == "webhook":
        return urlsplit(address).hostname or ""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}•••@{domain}"
