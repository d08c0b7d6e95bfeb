"""Reads of people: whom a member may see, and how to find someone."""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet

from donghanh.kernel.keys import ring
from donghanh.kernel.text import search_key
from donghanh.people.models import Consent, Merge, Person
from donghanh.people.rules import CONSENT_TEXTS
from donghanh.teams.models import Member
from donghanh.teams.queries import wards_visible_to

NUMBER = "person.id_number"
FEWEST_DIGITS = 3
FEWEST_LETTERS = 2


def visible_to(member: Member) -> QuerySet[Person]:
    """The persons in use of the wards a member may see: merged and erased records left out."""
    return Person.objects.filter(
        ward__in=wards_visible_to(member), merged_into__isnull=True, erased_at__isnull=True
    ).select_related("zone", "ward")


def found(member: Member, words: str) -> QuerySet[Person]:
    """Persons by words of the name (any order, accents or not), by phone, or by the whole identity number.

    A phone may begin with +84 or be its last digits (3 or more). An identity number is only found
    whole: the blind index knows no parts. Too short a search finds nobody.
    """
    persons = visible_to(member)
    digits = re.sub(r"[\s.\-–()+]", "", words)
    if digits.isascii() and digits.isdigit():
        if len(digits) < FEWEST_DIGITS:
            return persons.none()
        return persons.filter(_by_digits(digits)).order_by("name_key")
    keys = search_key(words).split()
    if not keys or max(len(key) for key in keys) < FEWEST_LETTERS:
        return persons.none()
    for key in keys:
        persons = persons.filter(Q(name_key__startswith=key) | Q(name_key__contains=f" {key}"))
    return persons.order_by("name_key", "born_year")


def likely_duplicates(person: Person) -> QuerySet[Person]:
    """Records in use of the same ward with the same phone, or the same name and no other year of birth."""
    same_name = Q(name_key=person.name_key)
    if person.born_year is not None:
        same_name &= Q(born_year=person.born_year) | Q(born_year__isnull=True)
    alike = same_name | Q(phone=person.phone) if person.phone else same_name
    return (
        Person.objects.filter(alike, ward_id=person.ward_id, merged_into__isnull=True, erased_at__isnull=True)
        .exclude(pk=person.pk)
        .order_by("name_key", "created_at")
    )


def consents_of(person: Person) -> dict[str, Consent | None]:
    """Each purpose and the agreement that holds, None where there is none."""
    held = {one.purpose: one for one in Consent.objects.filter(person=person, withdrawn_at__isnull=True)}
    return {purpose: held.get(purpose) for purpose in CONSENT_TEXTS}


def merges_visible_to(member: Member) -> QuerySet[Merge]:
    """Merges of the wards a member may see that may still be undone, newest first."""
    return Merge.objects.filter(kept__ward__in=wards_visible_to(member), undone_at__isnull=True).order_by(
        "-merged_at"
    )


def _by_digits(digits: str) -> Q:
    by_phone = Q(phone__endswith=_national(digits)) & ~Q(phone="")
    if len(digits) in (9, 12):
        return by_phone | Q(id_index=ring().blind_index(digits, column=NUMBER))
    return by_phone


def _national(digits: str) -> str:
    """+84 and 0084 are read as 0; shorter pieces stay as typed."""
    if digits.startswith("0084"):
        return "0" + digits[4:]
    return "0" + digits[2:] if digits.startswith("84") and len(digits) >= 11 else digits
