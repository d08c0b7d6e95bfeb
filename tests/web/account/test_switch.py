"""Another member at the same counter, by badge and PIN."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from django.urls import reverse

from donghanh.kernel.journal import House
from donghanh.teams.actions.badges import issue_badge
from donghanh.teams.actions.devices import add_device, enrol, revoke_device
from donghanh.teams.actions.members import set_pin
from donghanh.teams.models import Device, Member
from donghanh.web.access import DEVICE_COOKIE
from tests import make
from tests.signed import sign_in
from tests.web.account.test_sign_in import code_of, with_app

PIN = "804215"


def badge_of(member: Member) -> str:
    set_pin(member, PIN)
    return issue_badge(member, by=House()).code


def at_desk(point) -> tuple[Client, Device]:
    given = add_device(point, kind="desk", name="desk", by=House())
    client = Client()
    client.cookies[DEVICE_COOKIE] = enrol(given.code).token
    return client, given.device


def test_badge_and_pin_change_the_member_and_keep_the_counter_in_under_five_seconds(client):
    point = make.point()
    first, second = make.member(point.ward), make.member(point.ward)
    code = badge_of(second)
    sign_in(client, first)
    session = client.session
    session["point"], session["counter"] = str(point.pk), str(make.counter(point).pk)
    session.save()
    key = client.session.session_key
    started = time.monotonic()
    answer = client.post(reverse("account_switch"), {"badge": code, "pin": PIN})
    page = client.get(reverse("desk"))
    assert time.monotonic() - started < 5
    assert (answer.status_code, page.status_code) == (302, 200)
    assert client.session["_auth_user_id"] == str(second.pk)
    assert (client.session["point"], client.session["counter"]) == (session["point"], session["counter"])
    assert client.session.session_key != key
    assert client.session["ends_at"]


def test_an_enrolled_desk_is_a_place_to_change_even_when_nobody_is_signed_in():
    point = make.point()
    member = make.member(point.ward)
    client, device = at_desk(point)
    assert client.post(reverse("account_switch"), {"badge": badge_of(member), "pin": PIN}).status_code == 302
    assert client.session["_auth_user_id"] == str(member.pk)
    assert client.session["point"] == str(point.pk)
    client.post(reverse("account_logout"))
    revoke_device(device, by=House())
    assert client.get(reverse("account_switch")).url == reverse("account_login")


def test_a_strange_browser_and_a_kiosk_are_no_places_to_change():
    point = make.point()
    code = badge_of(make.member(point.ward))
    assert Client().post(reverse("account_switch"), {"badge": code, "pin": PIN}).url == reverse(
        "account_login"
    )
    kiosk = Client()
    kiosk.cookies[DEVICE_COOKIE] = enrol(add_device(point, kind="kiosk", name="k", by=House()).code).token
    assert kiosk.post(reverse("account_switch"), {"badge": code, "pin": PIN}).url == reverse("account_login")


@pytest.mark.parametrize("case", ["pin", "badge", "no pin", "other ward", "inactive"])
def test_every_wrong_try_gets_the_same_answer(case):
    point = make.point()
    member = make.member(make.ward() if case == "other ward" else point.ward)
    code = badge_of(member)
    if case == "no pin":
        Member.objects.filter(pk=member.pk).update(pin="")
    if case == "inactive":
        Member.objects.filter(pk=member.pk).update(is_active=False)
    client, _ = at_desk(point)
    sent = {"badge": "X" * 20 if case == "badge" else code, "pin": "111112" if case == "pin" else PIN}
    answer = client.post(reverse("account_switch"), sent)
    assert answer.status_code == 422
    assert len(answer.context["form"].non_field_errors()) == 1
    other, _ = at_desk(point)
    unknown = other.post(reverse("account_switch"), {"badge": "Y" * 20, "pin": PIN})
    assert answer.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
    assert "_auth_user_id" not in client.session


def test_five_wrong_pins_close_the_badge_for_a_while():
    point = make.point()
    code = badge_of(make.member(point.ward))
    for _ in range(5):
        client, _device = at_desk(point)
        client.post(reverse("account_switch"), {"badge": code, "pin": "111112"})
    client, _device = at_desk(point)
    answer = client.post(reverse("account_switch"), {"badge": code, "pin": PIN})
    assert answer.status_code == 422
    assert "5" in answer.context["form"].non_field_errors()[0]
    other = badge_of(make.member(point.ward))
    assert client.post(reverse("account_switch"), {"badge": other, "pin": PIN}).status_code == 302


def test_many_wrong_badges_close_the_device_for_a_while():
    point = make.point()
    client, _ = at_desk(point)
    for try_ in range(15):
        client.post(reverse("account_switch"), {"badge": f"WRONG{try_:015}", "pin": PIN})
    answer = client.post(reverse("account_switch"), {"badge": badge_of(make.member(point.ward)), "pin": PIN})
    assert answer.status_code == 422
    assert "_auth_user_id" not in client.session


def test_a_role_with_second_factor_shows_it_too(settings):
    settings.SECOND_FACTOR = "required"
    point = make.point()
    coordinator = make.member(point.ward, "coordinator")
    code = badge_of(coordinator)
    client, _ = at_desk(point)
    assert client.post(reverse("account_switch"), {"badge": code, "pin": PIN}).status_code == 422
    secret = with_app(coordinator)
    answer = client.post(reverse("account_switch"), {"badge": code, "pin": PIN})
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.session["_auth_user_id"] == str(coordinator.pk)
    assert client.session["point"] == str(point.pk)
