"""Devices by their code, and a citizen who checks a badge."""

from __future__ import annotations

import pytest
from django.urls import reverse

from donghanh.kernel.journal import House
from donghanh.teams.actions.badges import issue_badge
from donghanh.teams.actions.devices import add_device, revoke_device
from donghanh.web.access import DEVICE_COOKIE
from tests import make


@pytest.mark.parametrize("kind", ["kiosk", "board", "desk"])
def test_a_code_makes_this_browser_a_device(client, kind):
    given = add_device(make.point(), kind=kind, name="one", by=House())
    assert client.get(f"{reverse('enrol')}?code={given.code}").status_code == 200
    given.device.refresh_from_db()
    assert given.device.enrolled_at is None, "only looking enrols nothing"
    answer = client.post(reverse("enrol"), {"code": given.code})
    assert answer.url == reverse(kind)
    cookie = answer.cookies[DEVICE_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 365 * 24 * 3600)
    assert client.post(reverse("enrol"), {"code": given.code}).status_code == 422


def test_a_revoked_device_is_sent_to_enrolment(client):
    given = add_device(make.point(), kind="board", name="tv", by=House())
    client.post(reverse("enrol"), {"code": given.code})
    assert client.get("/").url == reverse("board")
    revoke_device(given.device, by=House())
    assert client.get(reverse("board")).url == reverse("enrol")


def test_guessing_codes_is_slowed_down(client):
    given = add_device(make.point(), kind="board", name="tv", by=House())
    for try_ in range(10):
        assert client.post(reverse("enrol"), {"code": f"AAAA{try_:04}"}).status_code == 422
    answer = client.post(reverse("enrol"), {"code": given.code})
    assert answer.status_code == 422
    assert "10" in answer.context["form"].errors["code"][0]


def test_anybody_sees_that_a_badge_is_real_and_nothing_more(client):
    ward = make.ward()
    member = make.member(ward, full_name="Nguyễn Thị Ngọc Ánh", phone="0901234567")
    number = issue_badge(member, by=House()).member.badge_number
    page = client.get(reverse("verify", args=[number]))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Ánh" in text
    assert ward.name in text
    assert not any(secret in text for secret in ("Nguyễn Thị", "0901234567", member.username, str(member.pk)))


def test_an_unknown_and_an_inactive_badge_get_one_answer(client):
    member = make.member()
    number = issue_badge(member, by=House()).member.badge_number
    type(member).objects.filter(pk=member.pk).update(is_active=False)
    assert client.get(reverse("verify", args=[number])).status_code == 404
    assert client.get(reverse("verify", args=[0])).status_code == 404


def test_the_welcome_page_shows_the_ways_in(client):
    text = client.get("/").content.decode()
    assert reverse("account_login") in text
    assert reverse("enrol") in text
