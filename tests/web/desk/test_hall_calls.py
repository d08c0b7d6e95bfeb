"""Calls for help from the kiosk, and numbers forwarded to a member: heard, answered, never left behind."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client
from django.urls import reverse

from donghanh.kernel import clock
from donghanh.kernel.journal import House
from donghanh.queue.actions.calls import call_next
from donghanh.queue.actions.hall import want_help
from donghanh.queue.queries.lists import wanting_help
from donghanh.teams.actions.shifts import check_in, check_out
from donghanh.teams.queries import duties_on
from tests import make
from tests.signed import sign_in
from tests.web.desk.at_desk import HTMX, Desk


def test_a_call_from_the_kiosk_is_seen_by_desk_and_coordinator_until_somebody_goes():
    desk = Desk()
    ticket = want_help(desk.point, ticket_id=uuid4(), by=House())
    lead = sign_in(Client(), make.member(desk.point.ward, "coordinator"))
    off = reverse("coordinator-hall", args=[ticket.pk])
    assert reverse("desk-hall", args=[ticket.pk]) in desk.page()
    assert off in lead.get(reverse("coordinator")).content.decode()
    desk.post("desk-hall", ticket.pk)
    assert wanting_help(desk.point) == []
    assert reverse("desk-hall", args=[ticket.pk]) not in desk.page()
    again = make.entries(desk.point)
    assert lead.post(off, **HTMX).status_code == 200
    assert make.entries(desk.point) == again


def test_a_call_from_the_kiosk_is_over_once_its_number_is_called():
    desk = Desk(waiting=0)
    want_help(desk.point, ticket_id=uuid4(), by=House())
    assert len(wanting_help(desk.point)) == 1
    desk.call()
    assert wanting_help(desk.point) == []


def test_a_number_is_forwarded_to_a_member_on_duty_and_released_when_they_go_home():
    desk = Desk(waiting=1)
    khoa, absent = make.member(desk.point.ward), make.member(desk.point.ward)
    check_in(desk.point, by=khoa, counter=make.counter(desk.point, "2"))
    ticket = desk.case().ticket
    assert f'value="member:{khoa.pk}"' in desk.page()
    assert desk.post("desk-forward", ticket.pk, to=f"member:{absent.pk}").status_code == 404
    desk.post("desk-forward", ticket.pk, to=f"member:{khoa.pk}", note="Cần xem giấy tờ")
    ticket.refresh_from_db()
    assert (ticket.state, ticket.wanted_member) == ("waiting", khoa)
    khoas = sign_in(Client(), khoa)
    session = khoas.session
    session["point"] = str(desk.point.pk)
    session.save()
    khoas.post(reverse("desk-duty"), {"duty": "out"}, **HTMX)
    ticket.refresh_from_db()
    assert ticket.wanted_member is None
    assert call_next(make.counter(desk.point), by=desk.member).pk == ticket.pk


def test_the_duty_list_tells_who_came_in_each_half_and_when_they_went():
    point = make.point()
    lan, khoa = make.member(point.ward), make.member(point.ward)
    nine, fourteen = (clock.now().replace(hour=hour, minute=0) for hour in (2, 7))
    with clock.at(nine):
        check_in(point, by=lan)
        check_out(point, by=lan)
    with clock.at(fourteen):
        check_in(point, by=khoa)
        duties = duties_on(point, clock.today())
    told = {half: [(one.member, one.checked_out_at) for one in came] for half, came in duties.items()}
    assert told == {"morning": [(lan, nine)], "afternoon": [(khoa, None)]}


def test_a_number_of_the_welcome_desk_is_counted_as_the_desks():
    desk = Desk(waiting=0)
    desk.post("desk-issue", series=make.series(desk.point).pk, id=uuid4())
    assert [one.channel for one in desk.point.tickets.all()] == ["desk"]
