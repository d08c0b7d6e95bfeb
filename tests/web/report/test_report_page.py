"""The day report as a page: figures for those who may see them, files of the same figures."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest
from django.test import Client
from django.urls import reverse

from donghanh.reports.queries.day import day_report
from tests import make
from tests.reports.days import Day

EIGHT = datetime(2026, 11, 20, 8, 0, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture(autouse=True)
def _password_is_enough(settings):
    settings.SECOND_FACTOR = "optional"


@pytest.fixture
def day(db):
    lived = Day(EIGHT)
    lived.live(21, 90)
    return lived


def signed_in(member, language: str = "vi") -> Client:
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.cookies["donghanh_language"] = language
    return client


def asked(day: Day, **more: str) -> dict[str, str]:
    return {"point": str(day.point.pk), "day": "2026-11-20", **more}


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_a_coordinator_sees_the_day_in_their_language(day, language):
    answer = signed_in(day.members[1], language).get(reverse("report"), asked(day))
    page = answer.content.decode()
    report = day_report(day.point, EIGHT.date())
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in page
    assert f"<dd>{report.stays.issued}</dd>" in page
    assert f"<dd>{report.cases.opened}</dd>" in page
    assert report.names["procedure"]["1.000894"] in page or language != "vi"
    assert report.journal.hash[:16] in page
    assert "style=" not in page.replace("data-style=", "")
    assert "Trần Văn Bảy" not in page


def test_a_volunteer_and_another_ward_do_not(day):
    assert signed_in(day.members[0]).get(reverse("report"), asked(day)).status_code == 403
    stranger = make.member(make.ward(), "officer")
    assert signed_in(stranger).get(reverse("report"), asked(day)).status_code == 404
    assert Client().get(reverse("report"), asked(day)).status_code == 302


def test_a_province_officer_sees_totals_only(day):
    officer = make.member(make.ward(), "province_officer", province_code="92")
    client = signed_in(officer)
    page = client.get(reverse("report"), asked(day)).content.decode()
    assert day.members[0].full_name not in page
    assert 'id="outcome"' in page
    told = client.get(reverse("report_file", args=["json"]), asked(day)).json()
    assert told["cases"]["by_member"] == {}
    assert told["cases"]["by_zone"] == {}
    other = make.member(make.ward(), "province_officer", province_code="01")
    assert signed_in(other).get(reverse("report"), asked(day)).status_code == 404


def test_a_day_without_anyone_says_so_and_a_wrong_day_what_to_write(day):
    client = signed_in(day.members[1], "en")
    page = client.get(reverse("report"), asked(day) | {"day": "2026-01-01"}).content.decode()
    assert "Nobody took a number and no case was opened." in page
    assert client.get(reverse("report"), asked(day) | {"day": "hôm qua"}).status_code == 422
    assert client.get(reverse("report"), asked(day) | {"day": "2026-02-30"}).status_code == 422
    assert client.get(reverse("report"), asked(day, to="2030-01-01")).status_code == 422
    assert client.get(reverse("report"), {"point": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("form", "start"), [("xlsx", b"PK"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf"), ("json", b"{")]
)
def test_each_file_carries_the_figures_of_the_page(day, form, start):
    answer = signed_in(day.members[1]).get(reverse("report_file", args=[form]), asked(day))
    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert answer.headers["Content-Disposition"].endswith(f'-2026-11-20.{form}"')
    assert answer.headers["Cache-Control"] == "no-store"
    if form == "json":
        report = day_report(day.point, EIGHT.date())
        assert json.loads(answer.content)["stays"]["issued"] == report.stays.issued


def test_an_unknown_form_of_file_is_not_found(day):
    assert signed_in(day.members[1]).get(reverse("report_file", args=["docx"]), asked(day)).status_code == 404
