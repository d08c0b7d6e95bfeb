"""Sign-in: one answer for every wrong try, a second factor where the role asks, an end with the half day."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from donghanh.kernel import clock
from donghanh.kernel.models import JournalEntry
from donghanh.teams.actions.members import mend_second_factor, reset_password
from tests import make
from tests.signed import sign_in

PASSWORD = "walking beside you"
MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 08:00 in the ward


def log_in(client: Client, username: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def code_of(secret: str, *, ahead: int = 0) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + ahead))


def with_app(member) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(member, secret)
    return secret


def test_a_volunteer_signs_in_with_name_and_password_in_any_case(client):
    member = make.member(username="an.le")
    answer = log_in(client, "An.Le")
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.get("/").url == reverse("desk")
    assert client.session["_auth_user_id"] == str(member.pk)


@pytest.mark.parametrize("case", ["unknown", "wrong", "inactive"])
def test_every_wrong_try_gets_the_same_answer(client, case):
    make.member(username="an.le", is_active=case != "inactive")
    username = "nobody" if case == "unknown" else "an.le"
    answer = log_in(client, username, PASSWORD if case == "inactive" else "wrong wrong wrong")
    plain = log_in(Client(), "someone.else", "wrong wrong wrong")
    assert answer.status_code == plain.status_code == 200
    assert answer.context["form"].errors == plain.context["form"].errors
    assert "_auth_user_id" not in client.session


def test_after_five_wrong_tries_the_right_password_waits_too(client):
    make.member(username="an.le")
    for _ in range(5):
        log_in(client, "an.le", "wrong wrong wrong")
    answer = log_in(client, "an.le")
    assert "5" in answer.context["form"].non_field_errors()[0]
    assert "_auth_user_id" not in client.session
    make.member(username="binh")
    assert log_in(Client(), "binh").status_code == 302


def test_there_is_no_way_to_sign_up_or_to_reset_by_mail(client):
    for path in ("signup/", "email/", "password/reset/", "password/set/", "confirm-email/", "login/code/"):
        assert client.get(f"/account/{path}").status_code == 404


@pytest.mark.parametrize("role", ["coordinator", "officer", "province_officer", "administrator"])
def test_from_coordinator_upwards_nothing_opens_before_a_second_factor_is_set_up(client, settings, role):
    settings.SECOND_FACTOR = "required"
    make.member(username="le", role=role)
    log_in(client, "le")
    for name in ("home", "office", "coordinator", "report"):
        assert client.get(reverse(name)).url == reverse("mfa_index")
    assert client.get(reverse("office"), headers={"HX-Request": "true"}).headers["HX-Redirect"] == reverse(
        "mfa_index"
    )
    assert client.get("/api/v1/points").status_code == 403
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_the_app_is_set_up_with_its_first_code_and_recovery_codes_follow(client, settings):
    settings.SECOND_FACTOR = "required"
    member = make.member(username="le", role="coordinator")
    log_in(client, "le")
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert b"data:image/svg+xml;base64," in page.content
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.context["form"].errors
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert len(client.get(answer.url).context["unused_codes"]) == 10
    assert client.get("/").url == reverse("coordinator")
    assert sorted(Authenticator.objects.filter(user=member).values_list("type", flat=True)) == [
        "recovery_codes",
        "totp",
    ]


def test_with_an_app_the_password_alone_opens_nothing(client, settings):
    settings.SECOND_FACTOR = "required"
    member = make.member(username="le", role="coordinator")
    secret = with_app(member)
    assert log_in(client, "le").url == reverse("mfa_authenticate")
    assert client.get(reverse("coordinator")).status_code == 302
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).context["form"].errors
    code = code_of(secret)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert client.session["_auth_user_id"] == str(member.pk)
    again = Client()
    log_in(again, "le")
    assert again.post(reverse("mfa_authenticate"), {"code": code}).context["form"].errors, "a code works once"


def test_the_secret_of_an_app_lies_closed_in_the_database():
    member = make.member(role="coordinator")
    secret = with_app(member)
    kept = Authenticator.objects.get(user=member)
    assert secret not in str(kept.data)
    assert kept.wrap().validate_code(code_of(secret))


def test_the_last_second_factor_of_a_role_that_needs_one_stays(client, settings):
    settings.SECOND_FACTOR = "required"
    member = make.member(username="le", role="coordinator")
    with_app(member)
    sign_in(client, member)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=member, type="totp").exists()


def test_a_one_time_password_opens_only_the_page_that_changes_it(client):
    ward = make.ward()
    make.point(ward)
    member = make.member(ward, username="an.le")
    password = reset_password(member, by=make.member(ward, "officer")).password
    log_in(client, "an.le", password)
    change = reverse("account_change_password")
    assert client.get(reverse("desk")).url == change
    short = client.post(change, {"oldpassword": password, "password1": "short", "password2": "short"})
    assert short.context["form"].errors
    new = "four words of mine"
    assert (
        client.post(change, {"oldpassword": password, "password1": new, "password2": new}).status_code == 302
    )
    member.refresh_from_db()
    assert not member.must_change_password
    assert JournalEntry.objects.filter(verb="member.change_password", subject_id=str(member.pk)).count() == 1
    assert client.get("/").url == reverse("desk")
    assert log_in(Client(), "an.le", new).status_code == 302


def test_a_mended_second_factor_ends_all_sessions_and_starts_anew(client, settings):
    settings.SECOND_FACTOR = "required"
    ward = make.ward()
    member = make.member(ward, "coordinator", username="le")
    with_app(member)
    sign_in(client, member)
    assert client.get("/").url == reverse("coordinator")
    password = mend_second_factor(member, by=make.member(ward, "officer")).password
    assert client.get(reverse("coordinator")).url.startswith(reverse("account_login"))
    log_in(client, "le", password)
    assert client.get("/").url == reverse("account_change_password")


def test_a_deactivated_member_is_out_at_once(client):
    member = make.member()
    sign_in(client, member)
    type(member).objects.filter(pk=member.pk).update(is_active=False)
    assert client.get(reverse("desk")).url.startswith(reverse("account_login"))


def test_the_session_ends_with_the_half_day(client):
    ward = make.ward()
    make.point(ward)
    make.member(ward, username="an.le")
    with clock.at(MORNING):
        log_in(client, "an.le")
        assert client.session["ends_at"] == "2026-11-24T12:00:00+07:00"
        assert client.get(reverse("account")).status_code == 200
        assert b"<session-end" in client.get(reverse("account")).content
    with clock.at(MORNING + timedelta(hours=3, minutes=59)):
        assert client.get(reverse("account")).status_code == 200
    with clock.at(MORNING + timedelta(hours=4)):
        answer = client.get(reverse("account"))
        assert answer.url == f"{reverse('account_login')}?next=%2Faccount%2F&ended=1"
        assert "_auth_user_id" not in client.session
        assert client.get(answer.url).status_code == 200


def test_after_the_end_a_part_of_a_page_sends_the_whole_page_to_sign_in(client):
    make.member(username="an.le")
    with clock.at(MORNING):
        log_in(client, "an.le")
    with clock.at(MORNING + timedelta(hours=5)):
        answer = client.get(reverse("account"), headers={"HX-Request": "true"})
        assert answer.headers["HX-Redirect"].startswith(reverse("account_login"))


def test_signing_out_ends_the_session(client):
    member = make.member()
    sign_in(client, member)
    assert client.post(reverse("account_logout")).url == "/"
    assert "_auth_user_id" not in client.session
