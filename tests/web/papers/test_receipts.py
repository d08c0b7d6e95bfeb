"""The record of help: printed with the person's name, behind its code without one."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from donghanh.cases.actions.ending import finish, refer
from donghanh.cases.actions.helping import add_dossier, open_case, tick_steps
from donghanh.cases.models import Case
from donghanh.kernel import clock
from donghanh.kernel.journal import House
from donghanh.teams.actions.badges import issue_badge
from donghanh.teams.models import Member
from donghanh.web.papers.secrets import case_behind, secret_of
from tests import make
from tests.reports.pdf_rules import broken_rules
from tests.reports.test_declarations import found_against

PERSON, CODE, COMPLAINT = "Lê Thị Ngọc Ễnh", "H13.45-261124-000123", "0292 111 222"


@pytest.fixture(autouse=True)
def _password_is_enough(settings):
    settings.SECOND_FACTOR = "optional"


@pytest.fixture
def helped(db) -> tuple[Case, Member]:
    ward = make.ward(complaint_contact=COMPLAINT)
    point = make.point(ward, name="Trung tâm Ô Môn", address="Số 1, đường 26 Tháng 3")
    member = make.member(ward, full_name="Trần Thị Mai", organisation=make.organisation(ward, "youth_union"))
    issue_badge(member, by=House())
    case = open_case(make.procedure(), by=member, point=point, person=make.person(ward, PERSON))
    tick_steps(case, {"papers": True, "send": True}, by=member)
    add_dossier(case, portal="national", code=CODE, by=member, due_on=clock.today() + timedelta(days=3))
    refer(case, make.organisation(ward, "police"), by=member, due_on=clock.today() + timedelta(days=5))
    finish(case, by=member, outcome="papers_missing", missing_papers=["divorce_note"])
    case.refresh_from_db()
    member.refresh_from_db()
    return case, member


def asked(member: Member | None, path: str, language: str = "vi"):
    client = Client()
    if member is not None:
        client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.cookies["donghanh_language"] = language
    return client.get(path)


def text_of(body: bytes) -> str:
    return " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(body)).pages).split())


def test_the_printed_record_says_what_was_done_by_whom_and_what_comes_next(helped):
    case, member = helped
    said = asked(member, reverse("receipt", args=[case.pk])).content.decode()
    number = f"{member.badge_number:,}".replace(",", " ")
    for words in (
        PERSON, CODE, COMPLAINT, "Xem giấy tờ", "Đọc lại rồi nộp", "Mai, Đơn vị youth_union", number,
        "Trích lục ghi chú ly hôn", "Đơn vị police", "Trung tâm Ô Môn", "Số 1, đường 26 Tháng 3",
        f"{clock.today() + timedelta(days=3):%d/%m/%Y}", "Hai người cùng ký trước cán bộ",
    ):  # fmt: skip
        assert words in said, words
    assert "Trần Thị Mai" not in said.partition("<main")[2], "of the member only the given name"


@pytest.mark.parametrize("size", ["a5", "roll"])
@pytest.mark.parametrize("language", ["vi", "fr", "en"])
def test_the_record_as_pdf_is_archivable_and_accessible_in_each_language(helped, size, language):
    case, member = helped
    answer = asked(member, reverse("receipt-pdf", args=[case.pk, size]), language)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    for profile in ("2a", "ua1"):
        assert found_against(answer.content, profile) == []
    assert broken_rules(answer.content) == {}
    read = PdfReader(io.BytesIO(answer.content))
    assert read.trailer["/Root"]["/Lang"] == language
    said = text_of(answer.content)
    assert PERSON in said
    assert CODE in said
    width = round(float(read.pages[0].mediabox.width) / 72 * 25.4)
    assert width == {"a5": 148, "roll": 80}[size]


def test_the_page_behind_the_code_tells_no_name_and_only_the_end_of_the_code(helped):
    case, _ = helped
    address = reverse("receipt-shown", args=[secret_of(case)])
    answer = asked(None, address)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert PERSON not in said
    assert CODE not in said
    assert "… 0123" in said
    assert "Xem giấy tờ" in said
    assert "Mai" in said
    assert COMPLAINT in said
    assert str(case.pk) not in address


def test_a_code_that_was_altered_or_is_too_old_opens_nothing(helped):
    case, _ = helped
    good = secret_of(case)
    assert case_behind(good) == case
    other = "A" if good[-2] != "A" else "B"
    for wrong in (good[:-2] + other + good[-1], good[:-3], "", "x", "é" * 43, "A" * 43, good + "AAAA"):
        assert case_behind(wrong) is None, wrong
    with clock.at(clock.now() + timedelta(days=31)):
        assert case_behind(good) is None
    assert asked(None, reverse("receipt-shown", args=["A" * 43])).status_code == 404


def test_another_ward_gets_no_record_and_no_other_size_exists(helped):
    case, member = helped
    stranger = make.member(make.ward())
    assert asked(stranger, reverse("receipt", args=[case.pk])).status_code == 404
    assert asked(member, reverse("receipt-pdf", args=[case.pk, "a3"])).status_code == 404
