"""What strangers and careless browsers send: counted, masked, refused, never an error of ours."""

from __future__ import annotations

import logging

import pytest
from django.test import RequestFactory
from django.urls import reverse

from donghanh.web.access import DEVICE_COOKIE
from donghanh.web.papers.secrets import secret_of
from donghanh.web.throttle import address_of
from donghanh.web.unaddressed import Unaddressed
from tests import make
from tests.cases.answering import a_case
from tests.signed import sign_in
from tests.web.devices import client_of

NUL = "a\x00b"


@pytest.mark.parametrize(
    ("sent", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("", ""),
    ],
)
def test_tries_are_counted_by_address_and_by_network_of_ipv6_never_by_a_header(sent, counted):
    request = RequestFactory().get("/", REMOTE_ADDR=sent, HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert address_of(request) == counted


def test_a_made_up_forwarded_address_does_not_give_fresh_tries(client):
    seen = [
        client.post(
            reverse("account_login"),
            {"login": "an.le", "password": "not the right one"},
            HTTP_X_FORWARDED_FOR=f"198.51.100.{number}",
        ).context["form"].non_field_errors()[0]
        for number in range(6)
    ]  # fmt: skip
    assert seen[0] != seen[5]
    assert "5 phút" in seen[5]


def test_the_log_names_no_ticket_and_no_badge(client, caplog):
    caplog.handler.addFilter(Unaddressed())
    ticket = make.ticket()
    with caplog.at_level(logging.WARNING):
        client.post(reverse("ticket", args=[ticket.secret]))
        client.get("/verify/123456789/")
        logging.getLogger("django").warning("failed: /live/tickets/%s", ticket.secret)
    said = caplog.text
    assert "/t/…/" in said
    assert "/verify/…/" in said
    assert ticket.secret not in said
    assert "123456789" not in said


def test_the_log_names_no_record_of_help_and_no_hand_over(client, caplog):
    caplog.handler.addFilter(Unaddressed())
    case, member = a_case()
    secret, handover = secret_of(case), "0123456789abcdef" * 2
    with caplog.at_level(logging.WARNING):
        assert client.post(reverse("receipt-tell", args=[secret]), {"subscription": "x"}).status_code == 409
        sign_in(client, member)
        taken = reverse("guide-handover-take", args=[handover])
        assert client.get(taken).status_code == 405
    said = caplog.text
    assert "/papers/receipts/…/tell" in said
    assert "/guide/handovers/…/take" in said
    assert secret not in said
    assert handover not in said


@pytest.mark.parametrize(
    "words", ["svc." + "a" * 60_000, "1" * 60_000, "kết hôn " * 50_000, "%" * 100_000, "đ" * 300_000]
)
def test_a_book_typed_into_the_search_is_no_error_of_ours_and_is_not_said_back(client, words):
    make.procedure()
    answer = client.post(reverse("find"), {"words": words})
    assert answer.status_code == 200
    assert len(answer.context["words"]) <= 300


@pytest.mark.parametrize(
    "path", ["/report/?day=%00", "/report/?point=%00", "/enrol/?code=%00", "/office/members/?q=a%00b"]
)
def test_a_nul_in_an_address_is_no_error_of_ours(client, path):
    sign_in(client, make.member(make.point().ward, "officer"))
    assert client.get(path).status_code < 500


def test_a_nul_in_a_form_is_no_error_of_ours(client):
    point = make.point()
    officer = make.member(point.ward, "officer")
    sign_in(client, officer)
    facts = {"full_name": NUL, "username": NUL, "name": NUL, "kind": "police", "role": "volunteer", "language": "vi",
             "label": NUL, "names": NUL, "ward": NUL, "point": NUL, "id": NUL, "series": NUL, "words": NUL}  # fmt: skip
    named = (
        "office_member_add", "office_organisation_add", "office_zone_add", "office_ward", "desk-issue", "desk-point",
        "desk-counter", "desk-open", "account_switch", "enrol", "language",
    )  # fmt: skip
    for name in named:
        assert client.post(reverse(name), facts).status_code < 500, name


def test_a_nul_at_a_kiosk_or_in_its_cookie_is_no_error_of_ours():
    kiosk = client_of("kiosk", make.point())
    for name in ("kiosk-take", "kiosk-help"):
        answer = kiosk.post(reverse(name), {"need": NUL, "procedure": NUL, "level": NUL, "ticket": NUL})
        assert answer.status_code < 500, name
    assert kiosk.get(reverse("kiosk-need"), {"need": NUL}).status_code < 500
    kiosk.cookies[DEVICE_COOKIE] = "a%00b"
    assert kiosk.get(reverse("kiosk")).status_code < 500


def test_a_nul_in_a_tickets_address_is_not_found(client):
    assert client.get("/t/a%00b/").status_code == 404
    assert client.get("/t/a%00b/now/").status_code == 404
