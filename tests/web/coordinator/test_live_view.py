"""The live view: who may look, what it shows, undo for others, and the close of the day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.cases.actions.ending import finish, refer
from donghanh.cases.actions.helping import open_case
from donghanh.kernel import clock
from donghanh.places.models import Point
from donghanh.queue.actions.calls import call_next, call_this
from donghanh.queue.models import Ticket
from donghanh.teams.actions.shifts import call_colleague, sit_at
from donghanh.teams.queries import calling_for_help
from tests import make
from tests.signed import sign_in

pytestmark = pytest.mark.usefixtures("midday")

HTMX = {"HTTP_HX_REQUEST": "true"}
MOST_QUERIES = 45


def hall(waiting: int = 3) -> tuple[Point, Client]:
    """A point with tickets, and its coordinator signed in."""
    point = make.point(counters=2)
    procedure = make.procedure(offered_at=make.series(point))
    now = clock.now()
    for number in range(waiting):
        make.ticket(point, procedure=procedure, when=now - timedelta(minutes=30 - number))
    return point, sign_in(Client(), make.member(point.ward, "coordinator"))


def text(client: Client, name: str = "coordinator") -> str:
    return client.get(reverse(name)).content.decode()


def test_only_those_who_may_see_it():
    point = make.point()
    assert Client().get(reverse("coordinator")).status_code == 302
    assert sign_in(Client(), make.member(point.ward)).get(reverse("coordinator")).status_code == 403
    province = make.member(role="province_officer", province_code="92")
    assert sign_in(Client(), province).get(reverse("coordinator")).status_code == 200
    assert sign_in(Client(), province).get(reverse("coordinator-close")).status_code == 403


def test_who_serves_whom_and_what_needs_attention():
    point, client = hall()
    lan, khoa = make.member(point.ward, full_name="Ngọc Lan"), make.member(point.ward, full_name="Anh Khoa")
    first, second = make.counter(point, "1"), make.counter(point, "2")
    sit_at(second, by=khoa)
    with clock.at(clock.now() - timedelta(minutes=50)):
        sit_at(first, by=lan)
        case = open_case(make.procedure(), by=lan, ticket=call_next(first, by=lan))
        refer(case, make.organisation(point.ward), by=lan, due_on=clock.today())
    call_colleague(first, by=lan)
    page = text(client)
    assert "Ngọc Lan" in page
    assert case.ticket.number in page
    assert reverse("coordinator-came", args=[first.pk]) in page
    assert "(Anh Khoa)" in page  # free while people wait
    assert '<since-time seconds="300' in page  # the long case, 50 minutes
    client.post(reverse("coordinator-came", args=[first.pk]), **HTMX)
    assert calling_for_help(point) == {}


def test_a_late_referral_is_shown_and_taken_back():
    point, client = hall(waiting=0)
    member = make.member(point.ward)
    case = open_case(make.procedure(), by=member, point=point)
    sent = refer(case, make.organisation(point.ward), by=member, due_on=clock.today())
    type(sent).objects.filter(pk=sent.pk).update(due_on=clock.today() - timedelta(days=1))
    assert (back := reverse("coordinator-back", args=[sent.pk])) in text(client)
    assert client.post(back, **HTMX).status_code == 200
    assert back not in text(client)


def test_an_overtaking_is_explained_by_its_reason():
    point, client = hall()
    last = Ticket.objects.filter(point=point).select_related("point").order_by("-issued_at")[0]
    call_this(last, make.counter(point), by=make.member(point.ward), reason="Bé đang sốt")
    page = text(client, "coordinator-now")
    assert page.count(f"{last.number} (") == 2
    assert "Bé đang sốt" in page


def test_a_coordinator_undoes_for_others_and_only_at_home():
    point, client = hall()
    ticket = call_next(make.counter(point), by=make.member(point.ward))
    assert (address := reverse("coordinator-undo", args=[ticket.pk])) in text(client)
    _, stranger = hall(0)
    assert stranger.post(address, **HTMX).status_code == 404
    assert client.post(address, **HTMX).status_code == 200
    assert Ticket.objects.get(pk=ticket.pk).state == "waiting"
    assert client.post(address, **HTMX).status_code == 409
    volunteer = sign_in(Client(), make.member(point.ward))
    assert volunteer.post(address, **HTMX).status_code == 403


def test_the_day_is_closed_after_a_question_and_leads_to_the_report():
    point, client = hall()
    assert "3" in text(client, "coordinator-close")
    assert Ticket.objects.filter(point=point, state="waiting").count() == 3
    closed = client.post(reverse("coordinator-close")).content.decode()
    assert reverse("report") in closed
    assert Ticket.objects.filter(point=point, state="closed").count() == 3


def test_another_point_of_the_ward_but_no_foreign_one():
    point, client = hall(0)
    other, foreign = make.point(point.ward), make.point()
    assert client.post(reverse("coordinator-point"), {"point": foreign.pk}).status_code == 404
    assert client.post(reverse("coordinator-point"), {"point": "x"}).status_code == 404
    client.post(reverse("coordinator-point"), {"point": other.pk})
    assert f"/live/points/{other.pk}" in text(client)


def test_figures_and_queries_do_not_grow_with_the_line():
    point, client = hall()
    member, counter = make.member(point.ward), make.counter(point)
    finish(
        open_case(make.procedure(), by=member, ticket=call_next(counter, by=member)),
        by=member,
        outcome="done",
    )
    with CaptureQueriesContext(connection) as few:
        page = text(client)
    assert 'id="wait-by-hour"' in page
    assert 'id="by-procedure"' in page
    for _ in range(25):
        make.ticket(point)
    with CaptureQueriesContext(connection) as many:
        text(client)
    assert len(many) <= len(few) + 1 <= MOST_QUERIES
