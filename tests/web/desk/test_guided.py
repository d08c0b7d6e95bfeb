"""A case whose edition asks questions: the guide stands in the middle, and goes on at another desk by its code."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from donghanh.cases.models import Case
from donghanh.queue.actions import service
from donghanh.queue.models import Ticket
from tests import make
from tests.signed import sign_in
from tests.web.desk.at_desk import ASKING, HTMX, TOLD, Desk

GUIDE = re.compile(r"<dh-guide ([^>]*)>")


def guides(page: str) -> list[dict[str, str]]:
    """Attributes of every guide on a page."""
    return [dict(re.findall(r'([\w-]+)="([^"]*)"', found)) for found in GUIDE.findall(page)]


def colleague_at(desk: Desk, label: str = "2") -> Client:
    """Another member of the ward, sitting at another counter of the same point."""
    client = sign_in(Client(), make.member(desk.point.ward))
    client.post(reverse("desk-counter"), {"counter": make.counter(desk.point, label).pk}, **HTMX)
    return client


def test_the_guide_stands_where_the_steps_were_told():
    desk = Desk(code=ASKING)
    case = desk.case()
    page = desk.page()
    [guide] = guides(page)
    plan, _sign, version = guide.pop("plan").partition("?v=")
    assert version
    assert plan == reverse("guide-plan", args=[case.edition.hash, "vi"])
    assert guide == {
        "id": f"guide-{case.pk}", "hx-preserve": "true", "view": "member", "store": "server",
        "case": f"/guide/cases/{case.pk}/", "idle": "600", "member": desk.member.full_name,
    }  # fmt: skip
    assert f'data-case="{case.pk}"' in page
    assert page.count('id="guide-words"') == 1
    assert 'id="say-now"' not in page
    assert 'data-key="Enter"' not in page


def test_an_edition_without_questions_is_told_as_before():
    desk = Desk(code=TOLD)
    desk.case()
    page = desk.page()
    assert guides(page) == []
    assert 'id="say-now"' in page
    assert 'data-key="Enter"' in page


def test_whose_case_is_open_stands_over_it_with_its_code():
    desk = Desk(code=ASKING)
    case = desk.case()
    desk.post("desk-record", case.pk, name="Lê Thị Út", born="1950", sex="female", phone="")
    banner = desk.page().partition('class="desk-banner"')[2].partition("<dh-guide")[0]
    assert "Lê Thị Út" in banner
    assert f"{case.code[:4]} {case.code[4:]}" in banner


def test_every_key_of_a_guided_desk_is_there_once():
    desk = Desk(code=ASKING)
    desk.call()
    keys = re.findall(r'data-key="([^"]+)"', desk.page())
    assert {"o", "a", "r", "n"} <= set(keys)
    assert len(keys) == len(set(keys))


def test_a_phones_code_opens_the_case_of_its_procedure():
    desk = Desk(code=ASKING)
    ticket = desk.call()
    desk.post("desk-open", ticket=ticket.pk, code=ASKING)
    assert Case.objects.get(point=desk.point).procedure == desk.procedure
    assert desk.post("desk-open", code="0.000000").status_code == 404


@pytest.mark.parametrize("typed", ["{0}", "{1} {2}", "{3}"])
def test_a_case_without_a_number_goes_on_at_another_desk_by_its_code(typed):
    desk = Desk(code=ASKING)
    desk.post("desk-open", procedure=desk.procedure.pk)
    case = Case.objects.get(point=desk.point)
    code = case.code
    client = colleague_at(desk)
    said = typed.format(code, code[:4], code[4:], code.lower())
    assert client.post(reverse("desk-resume"), {"code": said}, **HTMX).status_code == 200
    assert [guide["id"] for guide in guides(client.get(reverse("desk")).content.decode())] == [
        f"guide-{case.pk}"
    ]


def test_a_case_on_hold_comes_with_its_number():
    desk = Desk(code=ASKING)
    case = desk.case()
    service.hold(Ticket.objects.get(pk=case.ticket_id), by=desk.member)
    client = colleague_at(desk)
    client.post(reverse("desk-resume"), {"code": case.code}, **HTMX)
    ticket = Ticket.objects.get(pk=case.ticket_id)
    assert (ticket.state, ticket.counter) == ("serving", make.counter(desk.point, "2"))
    assert len(guides(client.get(reverse("desk")).content.decode())) == 1


def test_a_case_that_is_being_helped_elsewhere_is_not_taken_away():
    desk = Desk(code=ASKING)
    case = desk.case()
    client = colleague_at(desk)
    client.post(reverse("desk-resume"), {"code": case.code}, **HTMX)
    ticket = Ticket.objects.get(pk=case.ticket_id)
    assert (ticket.state, ticket.counter) == ("serving", make.counter(desk.point, "1"))
    assert guides(client.get(reverse("desk")).content.decode()) == []


def test_a_code_of_another_ward_or_of_a_finished_case_opens_nothing():
    desk, other = Desk(code=ASKING), Desk(code=ASKING)
    case = desk.case()
    assert other.post("desk-resume", code=case.code).status_code == 404
    assert other.post("desk-resume", code="").status_code == 404
    desk.post(
        "desk-finish", case.pk, outcome="informed_only", autonomy="together", device="none", account="none"
    )
    assert desk.post("desk-resume", code=case.code).status_code == 404


def test_pages_of_the_desk_are_never_stored():
    desk = Desk(code=ASKING)
    desk.case()
    assert desk.client.get(reverse("desk")).headers["Cache-Control"] == "no-store"
