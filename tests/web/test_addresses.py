"""Addresses in codes to scan: the setting's, else the one that was asked."""

from __future__ import annotations

from django.test import RequestFactory

from donghanh.web.addresses import address_of


def test_the_public_address_wins_and_else_the_port_that_was_asked_is_in_the_code(settings):
    asked = RequestFactory().get("/kiosk/", SERVER_NAME="127.0.0.1", SERVER_PORT="8141")
    settings.PUBLIC_URL = ""
    assert address_of(asked, "ticket", "abc") == "http://127.0.0.1:8141/t/abc/"
    settings.PUBLIC_URL = "https://omon.example.vn"
    assert address_of(asked, "ticket", "abc") == "https://omon.example.vn/t/abc/"
