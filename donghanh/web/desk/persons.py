"""The person beside the case: find, add, agree, show the number, merge. Never by an address."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from donghanh.cases.actions.merging import merge_persons, part_persons
from donghanh.cases.actions.persons import link_person
from donghanh.cases.models import Case
from donghanh.kernel.errors import Invalid, NotFound
from donghanh.people.actions.consents import give_consent, withdraw_consent
from donghanh.people.actions.records import PersonFacts, look, save_person, show_number
from donghanh.people.actions.representing import represent, represent_by_new
from donghanh.people.models import Person
from donghanh.people.queries import found, merges_visible_to
from donghanh.places.models import Zone
from donghanh.web.access import member_of
from donghanh.web.desk.answers import at_desk, case_for, person_for, shown, uuid_of
from donghanh.web.recheck import rechecked

MOST_FOUND = 8
EID_LEVELS = ("1", "2")


@at_desk("find_person")
def search(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Persons by name, phone or whole number; a POST, so that no name stands in an address."""
    case = case_for(member_of(request), pk)
    words = request.POST.get("words", "").strip()
    persons = found(member_of(request), words)[:MOST_FOUND]
    address = "desk-representative" if request.POST.get("for") == "representative" else "desk-person"
    url = reverse(address, args=[case.pk])
    return render(request, "desk/_found.html", {"persons": persons, "words": words, "url": url})


@at_desk("find_person")
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a person's record for this case (an entry of the journal), or make the case anonymous again."""
    member = member_of(request)
    case = case_for(member, pk)
    chosen = request.POST.get("person", "")
    if not chosen:
        link_person(case, None, by=member)
        return shown(request, _("Anonymous again."))
    person = look(person_for(member, uuid_of(chosen)), by=member, why="case")
    link_person(case, person, by=member)
    return shown(request, opened="person")


@at_desk("edit_person")
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a person to the case, or correct the one it has."""
    member = member_of(request)
    case = case_for(member, pk)
    is_known = request.POST.get("is_known") == "1"
    if is_known and case.person is None:
        raise NotFound()
    known = case.person if is_known else None
    person = save_person(known, _facts(request, case, known), by=member, ward=case.ward)
    if case.person_id != person.pk:
        link_person(case, person, by=member)
    return shown(request, _("The record is kept."), opened="person")


@at_desk("edit_person")
def representative(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who speaks for the case's person: one who was found, one written down now, or nobody any more."""
    member = member_of(request)
    case = case_for(member, pk)
    if case.person is None:
        raise NotFound()
    if request.POST.get("is_new") == "1":
        represent_by_new(case.person, _facts(request, case), by=member)
    else:
        chosen = request.POST.get("person", "")
        represent(case.person, person_for(member, uuid_of(chosen)) if chosen else None, by=member)
    return shown(request, _("The record is kept."), opened="person")


@at_desk("edit_person")
def consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One purpose agreed to, or taken back."""
    member = member_of(request)
    person = person_for(member, pk)
    purpose = request.POST.get("purpose", "")
    if request.POST.get("withdraw") == "1":
        withdraw_consent(person, purpose, by=member)
        return shown(request, _("The consent is taken back."), opened="person")
    give_consent(
        person,
        purpose,
        by=member,
        method=request.POST.get("method", "spoken_with_witness"),
        language=request.POST.get("language", "vi"),
    )
    return shown(request, _("The consent is written down."), opened="person")


@at_desk("see_id_number")
@rechecked
def number(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The identity number in clear, once, for an officer who was checked within 15 minutes."""
    member = member_of(request)
    person = person_for(member, pk)
    return render(request, "desk/_number.html", {"number": show_number(person, by=member)})


@at_desk("merge_persons")
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """This record and another are one person; the toast can undo it."""
    member = member_of(request)
    kept = person_for(member, pk)
    done = merge_persons(kept, person_for(member, uuid_of(request.POST.get("merged", ""))), by=member)
    return shown(
        request, _("The two records are one now."), undo=reverse("desk-part", args=[done.pk]), opened="person"
    )


@at_desk("merge_persons")
def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Undo a merge."""
    member = member_of(request)
    done = merges_visible_to(member).filter(pk=pk).first()
    if done is None:
        raise NotFound()
    part_persons(done, by=member)
    return shown(request, _("The two records are apart again."), opened="person")


def _facts(request: HttpRequest, case: Case, known: Person | None = None) -> PersonFacts:
    typed = request.POST
    zone = typed.get("zone", "")
    number = typed.get("id_number", "")
    return PersonFacts(
        name=typed.get("name", ""),
        address_form=typed.get("address_form", ""),
        born_on=_born_on(typed.get("born", "")),
        born_year=_born_year(typed.get("born", "")),
        sex=typed.get("sex", "unknown"),
        phone=typed.get("phone", ""),
        zone=Zone.objects.filter(ward=case.ward_id, pk=uuid_of(zone)).first() if zone else None,
        # An empty field leaves a kept number as it is: it is never shown in the form.
        id_number=number if number.strip() else None,
        # Chosen in a form of its own (`representative`): correcting the record leaves it.
        representative=known.representative if known else None,
        eid_level=int(level) if (level := typed.get("eid_level", "")) in EID_LEVELS else None,
    )


def _born_on(typed: str) -> date | None:
    parts = typed.replace(".", "/").replace("-", "/").split("/")
    if len(parts) != 3:
        return None
    day, month, year = parts if len(parts[2].strip()) == 4 else reversed(parts)
    try:
        return parse_date(f"{year.strip():0>4}-{month.strip():0>2}-{day.strip():0>2}")
    except ValueError:
        raise _no_birth() from None


def _born_year(typed: str) -> int | None:
    plain = typed.strip()
    if not plain or _born_on(plain) is not None:
        return None
    if len(plain) == 4 and plain.isdigit():
        return int(plain)
    raise _no_birth()


def _no_birth() -> Invalid:
    return Invalid(field="born", problem=_("write a year such as 1950, or a day such as 24/11/1950"))
