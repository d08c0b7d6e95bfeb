"""The kiosk gives one number a form, keeps no reason, and always has a human being at hand."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from donghanh.kernel import clock
from donghanh.kernel.models import JournalEntry
from donghanh.places.models import Counter, OpeningHours, Point
from donghanh.queue.models import QueueSetting, Ticket
from tests import make
from tests.web.devices import client_of

MONDAY = timezone.make_aware(datetime(2026, 11, 23, 9, 0))


@pytest.fixture
def point() -> Point:
    place = make.point(counters=2)
    make.series(place, "B", position=1, name_vi="Việc khác", pictogram="help")
    return place


@pytest.fixture
def kiosk(point: Point) -> Client:
    return client_of("kiosk", point)


def form(**facts: str) -> dict[str, str]:
    return {"ticket": str(uuid4()), "need": "A", "procedure": "else", "level": "0", **facts}


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_first_screen_offers_at_most_eight_needs_and_a_human_being(point: Point, kiosk: Client) -> None:
    for position, letter in enumerate("CDEFGHJK", start=2):
        make.series(point, letter, position=position)
    page = kiosk.get("/kiosk/").content.decode()
    offered = re.findall(r'<button class="choice" name="need" value="(\w)"', page)
    assert (offered, page.count('class="kiosk-help"')) == (list("ABCDEFGH"), 1)


def test_the_page_speaks_the_language_that_was_chosen(point: Point) -> None:
    kiosk = client_of("kiosk", point, "fr")
    page = kiosk.get("/kiosk/").content.decode()
    assert ('<html lang="fr"' in page, "État civil" in page) == (True, True)


def test_the_next_person_finds_vietnamese_again(point: Point) -> None:
    answer = client_of("kiosk", point, "fr").get("/kiosk/again/")
    assert (
        answer.status_code,
        answer.headers["Location"],
        answer.cookies["donghanh_language"]["max-age"],
    ) == (
        302,
        "/kiosk/",
        0,
    )


def test_a_double_tap_makes_one_ticket(point: Point, kiosk: Client) -> None:
    sent = form()
    answers = [kiosk.post("/kiosk/ticket/", sent) for _ in range(3)]
    assert {answer.headers["Location"] for answer in answers} == {f"/kiosk/number/{sent['ticket']}/"}
    assert [str(one.pk) for one in Ticket.objects.filter(point=point)] == [sent["ticket"]]


def test_another_form_is_another_ticket_and_the_numbers_have_no_hole(point: Point, kiosk: Client) -> None:
    first = form()
    for sent in (first, first, form()):
        kiosk.post("/kiosk/ticket/", sent)
    assert sorted(one.number for one in Ticket.objects.filter(point=point)) == ["A001", "A002"]


def test_a_form_cannot_fetch_the_ticket_of_another_point(kiosk: Client) -> None:
    foreign = make.ticket()
    answer = kiosk.post("/kiosk/ticket/", form(ticket=str(foreign.pk)))
    assert (answer.status_code, foreign.number in answer.content.decode()) == (404, False)


def test_a_foreign_number_is_not_shown(kiosk: Client) -> None:
    answer = kiosk.get(f"/kiosk/number/{make.ticket().pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/kiosk/again/")


def test_a_number_is_shown_for_ten_minutes_only(point: Point, kiosk: Client) -> None:
    ticket = make.ticket(point, when=clock.now() - timedelta(minutes=11))
    assert kiosk.get(f"/kiosk/number/{ticket.pk}/").headers["Location"] == "/kiosk/again/"


@pytest.mark.parametrize(
    "path", ["/kiosk/", "/kiosk/again/", "/kiosk/need/?need=A", "/kiosk/priority/?need=A"]
)
def test_only_a_kiosk_of_a_point_sees_these_screens(point: Point, path: str) -> None:
    strangers = [Client(), client_of("board", point)]
    assert [client.get(path).headers["Location"] for client in strangers] == ["/enrol/", "/enrol/"]


def test_a_province_officer_may_look_but_takes_no_number(point: Point) -> None:
    client = Client()
    client.force_login(
        make.member(point.ward, role="province_officer", province_code=point.ward.province_code)
    )
    answer = client.post("/kiosk/ticket/", form())
    assert (answer.status_code, Ticket.objects.filter(point=point).count()) == (403, 0)


def test_only_the_level_of_a_priority_is_sent_and_kept(point: Point, kiosk: Client) -> None:
    QueueSetting.objects.filter(ward=point.ward).update(
        priority_classes=[
            {"level": 2, "vi": "Từ 80 tuổi", "en": "80 or older", "fr": "80 ans", "from_age": 80}
        ]
    )
    page = kiosk.get("/kiosk/priority/?need=A&procedure=else").content.decode()
    assert re.findall(r'name="level" value="(\d)"', page) == ["0", "2"]
    sent = form(level="2")
    kiosk.post("/kiosk/ticket/", sent)
    ticket = Ticket.objects.get(pk=sent["ticket"])
    kept = JournalEntry.objects.get(subject_id=sent["ticket"], verb="ticket.issue").facts_json
    assert (ticket.priority, ticket.note, "tuổi" in kept or "age" in kept) == (2, "", False)


def test_a_level_that_the_ward_does_not_know_is_refused_kindly(point: Point, kiosk: Client) -> None:
    answer = kiosk.post("/kiosk/ticket/", form(level="5"))
    assert (answer.status_code, Ticket.objects.filter(point=point).count()) == (422, 0)


def test_who_does_not_know_gets_a_general_number_and_all_desks_hear_of_it(
    point: Point, kiosk: Client
) -> None:
    sent = {"ticket": str(uuid4())}
    answers = [kiosk.post("/kiosk/help/", sent) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {f"/kiosk/number/{sent['ticket']}/?help=1"}
    ticket = Ticket.objects.get(point=point)
    heard = JournalEntry.objects.filter(point_id=point.pk, verb="point.help_wanted")
    assert (ticket.number, [(one.subject_id, one.facts) for one in heard]) == (
        "B001",
        [(sent["ticket"], {"number": "B001"})],
    )


def test_several_procedures_are_asked_for_and_a_single_one_is_not(point: Point, kiosk: Client) -> None:
    series = make.series(point, "A")
    make.procedure("1.000894", offered_at=series)
    assert (
        kiosk.get("/kiosk/need/?need=A").headers["Location"] == "/kiosk/priority/?need=A&procedure=1.000894"
    )
    make.procedure("2.000635", offered_at=series)
    page = kiosk.get("/kiosk/need/?need=A").content.decode()
    assert set(re.findall(r'name="procedure" value="([\w.]+)"', page)) == {"1.000894", "2.000635", "else"}


def test_the_number_page_shows_papers_and_an_address_to_scan(point: Point, kiosk: Client) -> None:
    make.procedure("1.000894", offered_at=make.series(point, "A"))
    sent = form(procedure="1.000894")
    page = kiosk.get(kiosk.post("/kiosk/ticket/", sent).headers["Location"]).content.decode()
    ticket = Ticket.objects.get(pk=sent["ticket"])
    assert re.findall(r'data-address="[^"]*/t/([\w-]+)/"', page) == [ticket.secret]
    assert ("Tờ khai" in page, 'data-say-now="Số của bác là a, không, không, một."' in page) == (True, True)


def test_nobody_serves_so_no_minutes_are_promised(point: Point, kiosk: Client) -> None:
    OpeningHours.objects.create(point=point, weekday=0, opens=time(7), closes=time(11))
    Counter.objects.filter(point=point).update(is_open=False)
    with clock.at(MONDAY):
        page = kiosk.get(kiosk.post("/kiosk/ticket/", form()).headers["Location"]).content.decode()
    assert re.findall(r"\d+ (?:đến \d+ )?phút", page) == []


def test_a_closed_point_says_when_it_opens_and_gives_no_number(point: Point, kiosk: Client) -> None:
    OpeningHours.objects.create(point=point, weekday=0, opens=time(13, 30), closes=time(17))
    Counter.objects.filter(point=point).update(is_open=False)
    with clock.at(MONDAY):
        page, refused = kiosk.get("/kiosk/"), kiosk.post("/kiosk/ticket/", form())
    assert (page.status_code, "13:30" in text_of(page.content.decode())) == (200, True)
    assert (refused.status_code, Ticket.objects.filter(point=point).count()) == (409, 0)


def test_a_full_series_is_refused_kindly_with_a_human_being_at_hand(point: Point, kiosk: Client) -> None:
    series = make.series(point, "A")
    series.daily_limit = 0
    series.save()
    answer = kiosk.post("/kiosk/ticket/", form())
    assert (answer.status_code, 'class="kiosk-help"' in answer.content.decode()) == (409, True)


def test_one_paper_a_ticket_and_a_reprint_is_a_copy(point: Point, kiosk: Client) -> None:
    ticket = make.ticket(point)
    answers = [kiosk.post(f"/kiosk/number/{ticket.pk}/slip/").json() for _ in range(3)]
    assert answers == [{"copy": False}, {"copy": True}, {"copy": True}]


def test_the_slip_cannot_be_taken_for_a_legal_receipt(point: Point, kiosk: Client) -> None:
    page = kiosk.get(f"/kiosk/number/{make.ticket(point).pk}/").content.decode()
    slip = text_of(re.search(r'<section class="slip.*?</section>', page, re.S)[0])  # type: ignore[index]
    forbidden = ("cộng hòa", "độc lập", "biên nhận", "hẹn trả", "ký tên", "căn cước", "emblem", "signature")
    assert [word for word in forbidden if word in slip.lower()] == []
    assert ("A001" in slip, point.name in slip) == (True, True)
