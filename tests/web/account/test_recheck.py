"""Sensitive screens ask again after 15 minutes, and go on with what was typed."""

from __future__ import annotations

from django.urls import reverse

from donghanh.teams.actions.members import set_pin
from donghanh.teams.models import Member
from tests import make
from tests.signed import sign_in

PASSWORD = "walking beside you"


def test_within_fifteen_minutes_nothing_is_asked(client):
    sign_in(client, make.member(make.ward(), "officer"), seconds_ago=14 * 60)
    assert client.get(reverse("office_member_add")).status_code == 200


def test_after_fifteen_minutes_the_password_is_asked_and_the_way_goes_on(client):
    sign_in(client, make.member(make.ward(), "officer"), seconds_ago=16 * 60)
    there = reverse("office_member_add")
    ask = client.get(there)
    assert ask.url == f"{reverse('account_reauthenticate')}?next={there.replace('/', '%2F')}"
    assert client.post(ask.url, {"password": "wrong", "next": there}).context["form"].errors
    assert client.post(ask.url, {"password": PASSWORD, "next": there}).url == there
    assert client.get(there).status_code == 200


def test_a_form_sent_meanwhile_is_kept_and_sent_after_the_check(client):
    ward = make.ward()
    make.member(ward, "officer")
    volunteer = make.member(ward)
    sign_in(client, make.member(ward, "officer"), seconds_ago=3600)
    there = reverse("office_member_deactivate", args=[volunteer.pk])
    ask = client.post(there)
    assert Member.objects.get(pk=volunteer.pk).is_active
    answer = client.post(ask.url, {"password": PASSWORD, "next": there})
    assert answer.url == reverse("office_member", args=[volunteer.pk])
    assert not Member.objects.get(pk=volunteer.pk).is_active


def test_a_part_of_a_page_is_sent_to_the_check_with_the_way_back(client):
    sign_in(client, make.member(make.ward(), "officer"), seconds_ago=3600)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/office/members/?q=a"}
    answer = client.get(reverse("office_member_add"), headers=headers)
    assert answer.headers["HX-Redirect"] == "/account/reauthenticate/?next=%2Foffice%2Fmembers%2F%3Fq%3Da"


def test_the_pin_is_a_check_for_roles_without_second_factor_only(client):
    ward = make.ward()
    volunteer, coordinator = make.member(ward), make.member(ward, "coordinator")
    for member in (volunteer, coordinator):
        set_pin(member, "804215")
    sign_in(client, volunteer, seconds_ago=3600)
    assert client.get(reverse("account_pin")).status_code == 302
    assert client.post(reverse("account_pin_again"), {"pin": "804216"}).status_code == 422
    assert client.post(
        reverse("account_pin_again"), {"pin": "804215", "next": reverse("account_pin")}
    ).url == reverse("account_pin")
    assert client.get(reverse("account_pin")).status_code == 200
    sign_in(client, coordinator, seconds_ago=3600)
    assert client.post(reverse("account_pin_again"), {"pin": "804215"}).status_code == 403


def test_a_member_chooses_a_pin_that_is_no_run(client):
    member = make.member()
    sign_in(client, member)
    assert client.post(reverse("account_pin"), {"pin": "123456", "again": "123456"}).status_code == 422
    assert client.post(reverse("account_pin"), {"pin": "804215", "again": "804216"}).status_code == 422
    assert client.post(reverse("account_pin"), {"pin": "804215", "again": "804215"}).url == reverse("account")
    member.refresh_from_db()
    assert member.pin
