"""The person beside the case: found by POST, looked at with an entry, never of another ward."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse

from donghanh.cases.models import Case
from donghanh.kernel import clock
from donghanh.kernel.models import JournalEntry
from donghanh.people.models import Person
from tests import make
from tests.signed import sign_in
from tests.web.desk.at_desk import HTMX, Desk, toast

MOST_QUERIES = 40


def test_a_person_is_searched_by_post_looked_at_with_an_entry_and_never_named_in_an_address():
    desk = Desk()
    case = desk.case()
    person = make.person(desk.point.ward, "Lê Thị Út", phone="0912345412")
    shown = desk.post("desk-search", case.pk, words="ut le").content.decode()
    assert "Lê Thị Út" in shown
    assert "0912345412" not in shown
    assert desk.client.get(reverse("desk-search", args=[case.pk]), {"words": "ut"}).status_code == 405
    desk.post("desk-person", case.pk, person=person.pk)
    assert Case.objects.get(pk=case.pk).person == person
    assert JournalEntry.objects.filter(verb="person.look", subject_id=str(person.pk)).count() == 1
    page = desk.page()
    for address in re.findall(r'(?:href|action|hx-[a-z]+|src)="([^"]*)"', page):
        assert not re.search(r"(?i)Út|%C3%9At|0912345412|/ut\b", address)
    desk.post("desk-person", case.pk, person="")
    assert Case.objects.get(pk=case.pk).person is None


def test_a_record_consent_and_merge_from_the_side_panel():
    desk = Desk("coordinator")
    case = desk.case()
    twin = make.person(desk.point.ward, "LE THI UT")
    desk.post("desk-record", case.pk, name="Lê Thị Út", born="24/11/1950", sex="female", phone="0912 345 412")
    person = Person.objects.get(name="Lê Thị Út")
    assert (person.born_on.isoformat(), person.born_year) == ("1950-11-24", 1950)
    desk.post("desk-consent", person.pk, purpose="keep_contact", language="vi", method="tap")
    assert person.consents.get().withdrawn_at is None
    desk.post("desk-consent", person.pk, purpose="keep_contact", withdraw="1")
    assert person.consents.get().withdrawn_at is not None
    merged = desk.post("desk-merge", person.pk, merged=twin.pk)
    assert Person.objects.get(pk=twin.pk).merged_into == person
    desk.client.post(toast(merged)["undo"]["url"], **HTMX)
    assert Person.objects.get(pk=twin.pk).merged_into is None


def test_the_number_in_clear_is_for_an_officer_checked_a_moment_ago():
    desk = Desk("officer")
    case = desk.case()
    desk.post("desk-record", case.pk, name="Lê Thị Út", id_number="092150123456")
    person = Person.objects.get(name="Lê Thị Út")
    assert "092150123456" not in desk.page()
    assert "092150123456" in desk.post("desk-number", person.pk).content.decode()
    sign_in(desk.client, desk.member, seconds_ago=16 * 60)
    late = desk.post("desk-number", person.pk)
    assert "092150123456" not in late.content.decode()
    assert late.headers["HX-Redirect"].startswith(reverse("account_reauthenticate"))
    volunteer = sign_in(Client(), make.member(desk.point.ward))
    assert volunteer.post(reverse("desk-number", args=[person.pk]), **HTMX).status_code == 403


def test_nothing_of_another_ward_is_there():
    desk, foreign = Desk(), Desk()
    theirs = foreign.case()
    somebody = make.person(foreign.point.ward)
    tries = [
        desk.post("desk-counter", counter=make.counter(foreign.point).pk),
        desk.post("desk-point", point=foreign.point.pk),
        desk.post("desk-move", theirs.ticket_id, "hold"),
        desk.post("desk-pick", foreign.tickets[1].pk, reason="x"),
        desk.post("desk-forward", theirs.ticket_id, to="series:x"),
        desk.post("desk-slip", theirs.ticket_id),
        desk.post("desk-open", ticket=foreign.tickets[1].pk, procedure=desk.procedure.pk),
        *[
            desk.post(f"desk-{name}", theirs.pk)
            for name in ("tick", "note", "dossier", "refer", "finish", "reopen", "search", "person", "record")
        ],
        *[desk.post(f"desk-{name}", somebody.pk) for name in ("consent",)],
        desk.post("desk-person", desk.case().pk, person=somebody.pk),
    ]
    assert [one.status_code for one in tries] == [404] * len(tries)


def minor_at(desk: Desk) -> tuple[Case, Person]:
    """A case whose person is ten years old."""
    case = desk.case()
    child = make.person(desk.point.ward, "Lê Văn Tèo", born_year=clock.today().year - 10)
    desk.post("desk-person", case.pk, person=child.pk)
    return case, child


def test_any_adult_of_the_ward_may_be_found_as_a_minors_representative():
    desk = Desk()
    case, child = minor_at(desk)
    mother = make.person(desk.point.ward, "Trần Thị Hoa", born_year=1985)
    answer = desk.post("desk-search", case.pk, words="hoa", **{"for": "representative"}).content.decode()
    assert reverse("desk-representative", args=[case.pk]) in answer
    desk.post("desk-representative", case.pk, person=mother.pk)
    child.refresh_from_db()
    assert child.representative == mother
    assert "Trần Thị Hoa" in desk.page()
    desk.post("desk-record", case.pk, is_known="1", name="Lê Văn Tèo", born="24/11/2016", eid_level="1")
    child.refresh_from_db()
    assert (child.representative, child.eid_level) == (mother, 1)
    desk.post("desk-representative", case.pk, person="")
    child.refresh_from_db()
    assert child.representative is None


def test_a_representative_is_written_down_whole_or_not_at_all():
    desk = Desk()
    case, child = minor_at(desk)
    too_late = clock.today().year - 12
    answer = desk.post("desk-representative", case.pk, is_new="1", name="Bé Ba", born=too_late)
    assert (answer.status_code, toast(answer)["tone"]) == (422, "wrong")
    assert not Person.objects.filter(name="Bé Ba").exists()
    desk.post("desk-representative", case.pk, is_new="1", name="Lê Văn Ba", born="1980")
    child.refresh_from_db()
    assert (child.representative.name, child.representative.born_year) == ("Lê Văn Ba", 1980)
    adult = make.person(desk.point.ward, "Nguyễn Văn Lớn", born_year=1970)
    desk.post("desk-person", case.pk, person=adult.pk)
    assert 'id="found-representative"' not in desk.page()
