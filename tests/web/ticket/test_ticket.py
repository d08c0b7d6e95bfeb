"""A ticket's page: no login, an address nobody guesses, nothing about a person."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from donghanh.cases.actions import ending, helping
from donghanh.catalog.queries import content_of
from donghanh.kernel import clock
from donghanh.kernel.models import JournalEntry
from donghanh.places.models import OpeningHours, Point
from donghanh.queue.actions import calls, service
from donghanh.queue.models import Ticket
from donghanh.teams.models import Member
from tests import make

MONDAY = timezone.make_aware(datetime(2026, 11, 23, 9, 0))


@pytest.fixture
def point() -> Point:
    return make.point()


@pytest.fixture
def member(point: Point) -> Member:
    return make.member(point.ward, full_name="Trần Thị Lan")


def page(ticket: Ticket, part: str = "", language: str = "vi") -> str:
    client = Client()
    client.cookies["donghanh_language"] = language
    answer = client.get(f"/t/{ticket.secret}/{part}")
    assert answer.status_code == 200
    return answer.content.decode()


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def called(point: Point, member: Member) -> Ticket:
    make.ticket(point)
    return calls.call_next(make.counter(point), by=member)


def test_an_address_has_120_random_bits_and_none_is_like_another(point: Point) -> None:
    secrets = {make.ticket(point).secret for _ in range(40)}
    assert (len(secrets), {len(one) for one in secrets}) == (40, {20})
    assert all(re.fullmatch(r"[\w-]{20}", one) for one in secrets)


@pytest.mark.parametrize("part", ["", "now/"])
def test_a_wrong_address_is_a_kind_404(part: str) -> None:
    answer = Client().get(f"/t/AAAAAAAAAAAAAAAAAAAA/{part}")
    assert (answer.status_code, "30" in answer.content.decode()) == (404, True)


def test_the_page_ends_after_thirty_days(point: Point) -> None:
    ticket = make.ticket(point)
    seen = []
    for days in (29, 30):
        with clock.at(clock.now() + timedelta(days=days)):
            seen.append(Client().get(f"/t/{ticket.secret}/").status_code)
    assert seen == [200, 404]


def test_search_engines_and_other_sites_learn_nothing_of_it(point: Point) -> None:
    answer = Client().get(f"/t/{make.ticket(point).secret}/")
    assert (answer.headers["X-Robots-Tag"], answer.headers["Referrer-Policy"]) == (
        "noindex, nofollow",
        "same-origin",
    )
    assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()


def test_without_scripts_the_page_looks_again_by_itself(point: Point) -> None:
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in page(make.ticket(point))


def test_who_waits_sees_the_people_ahead_and_a_range_in_fives(point: Point) -> None:
    tickets = [make.ticket(point) for _ in range(4)]
    answer = Client().get(f"/t/{tickets[3].secret}/")
    standing = answer.context["standing"]
    assert (standing.ahead, [minutes % 5 for minutes in standing.wait]) == (3, [0, 0])


def test_who_is_called_sees_the_counter_first(point: Point, member: Member) -> None:
    html = page(called(point, member), "now/")
    assert ('class="ticket-hero ticket-hero-called"' in html, 'data-state="called"' in html) == (True, True)
    assert re.search(r'class="ticket-counter">[^<]* 1</p>', html)


def test_the_part_that_changes_is_the_same_as_in_the_page(point: Point) -> None:
    ticket = make.ticket(point)
    part = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page(ticket, "now/")).strip()
    assert part in re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page(ticket))


def test_i_must_go_leaves_the_queue_once(point: Point) -> None:
    ticket, client = make.ticket(point), Client()
    answers = [client.post(f"/t/{ticket.secret}/leave/").status_code for _ in range(2)]
    ticket.refresh_from_db()
    entries = JournalEntry.objects.filter(subject_id=str(ticket.pk), verb="ticket.leave")
    assert (answers, ticket.state) == ([302, 302], "gone")
    assert [(one.by_kind, one.by_id) for one in entries] == [("citizen", "")]


def test_who_is_called_already_does_not_leave_by_a_late_tap(point: Point, member: Member) -> None:
    ticket = called(point, member)
    Client().post(f"/t/{ticket.secret}/leave/")
    ticket.refresh_from_db()
    assert ticket.state == "called"


def test_papers_stand_in_groups_and_can_be_ticked(point: Point) -> None:
    procedure = make.procedure("1.000894", offered_at=make.series(point))
    html = page(make.ticket(point, procedure=procedure))
    assert re.findall(r"<legend>([^<]+)</legend>", html) == ["Nộp", "Xuất trình"]
    assert set(re.findall(r'data-paper="([\w.]+)"', html)) == {
        f"1.000894.{paper.id}" for paper in content_of(procedure.current_id).papers
    }


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_what_was_done_is_shown_without_the_person(point: Point, member: Member, language: str) -> None:
    procedure = make.procedure("1.000894", offered_at=make.series(point))
    person = make.person(point.ward, "Lê Thị Út", phone="0909123456")
    ticket = called(point, member)
    case = helping.open_case(procedure, by=member, ticket=ticket, person=person)
    helping.tick_steps(case, {"papers": True, "sign_in": True}, by=member)
    helping.add_note(case, "Bà nghe không rõ", by=member)
    helping.add_dossier(
        case, portal="national", code="G22.99.11-261123-0042", by=member, due_on=clock.today()
    )
    ending.finish(case, by=member, outcome="submitted")
    content = content_of(case.edition_id).texts[language]
    text = text_of(page(ticket, language=language))
    shown = [content["short"], content["steps.papers.title"], content["portals.national"], "… 0042"]
    assert [one for one in shown if one not in text] == []
    assert f"{clock.today():%d/%m/%Y}" in text
    hidden = [
        "Lê Thị Út",
        "0909123456",
        "nghe không rõ",
        "G22.99",
        "Trần Thị Lan",
        content["steps.fill.title"],
    ]
    assert [one for one in hidden if one in text] == []


def test_a_parked_ticket_says_what_is_missing_and_until_when(point: Point, member: Member) -> None:
    OpeningHours.objects.create(point=point, weekday=0, opens=time(7), closes=time(11, 30))
    OpeningHours.objects.create(point=point, weekday=0, opens=time(13, 30), closes=time(17))
    procedure = make.procedure("1.000894", offered_at=make.series(point))
    with clock.at(MONDAY):
        ticket = called(point, member)
        case = helping.open_case(procedure, by=member, ticket=ticket)
        ending.finish(case, by=member, outcome="papers_missing", missing_papers=["identity"], stay_open=True)
        ticket.refresh_from_db()
        service.park(ticket, by=member)
        text = text_of(page(ticket, "now/"))
    name = content_of(case.edition_id).texts["vi"]["papers.identity.name"]
    assert (name in text, "17:00" in text) == (True, True)


def test_the_page_says_where_to_complain_and_that_it_is_no_receipt(point: Point) -> None:
    point.ward.complaint_contact = "0292 000 000"
    point.ward.save()
    html = page(make.ticket(point))
    assert ("0292 000 000" in html, 'class="ticket-foot' in html) == (True, True)
