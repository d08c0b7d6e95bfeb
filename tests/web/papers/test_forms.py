"""A declaration printed from the answers of a case: for members of its ward, kept nowhere."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from donghanh.cases.models import Case
from donghanh.places.models import Area
from donghanh.teams.models import Member
from tests import make
from tests.cases.answering import a_case, event, said
from tests.reports.forms import read, said_by
from tests.reports.test_declarations import found_against

NAME, LINE = "Lê Thị Ngọc Ễnh", "Số 12, đường Trần Hưng Đạo"


@pytest.fixture(autouse=True)
def _password_is_enough(settings):
    settings.SECOND_FACTOR = "optional"


@pytest.fixture
def answered(db) -> tuple[Case, Member]:
    since = date(2025, 7, 1)
    for code, kind, name, above in (
        ("92", "city", "Thành phố Cần Thơ", ""),
        ("31153", "ward", "Phường Ô Môn", "92"),
    ):
        Area.objects.get_or_create(
            code=code,
            valid_from=since,
            defaults={"kind": kind, "name": name, "name_key": "", "parent_code": above},
        )
    member = make.member(make.ward(name="Phường Ô Môn"))
    edition = make.procedure("1.000894").current
    case, _ = a_case(on=edition, person=make.person(member.ward, NAME), by=member)
    kept = said(
        case, member, event("a_times", 1), event("b_times", 2), event("b_ended", "widowed"), event("b_name", NAME),
        event("b_line", LINE), event("b_area", "31153"), event("a_ended", "divorced"), event("copies", 2),
    )  # fmt: skip
    assert kept == ["applied"] * 8
    return case, member


def asked(member: Member | None, path: str):
    client = Client()
    if member is not None:
        client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(path)


def test_the_form_holds_what_was_answered_and_is_kept_by_nobody(answered):
    case, member = answered
    answer = asked(member, reverse("form-pdf", args=[case.pk, "declaration"]))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    assert answer["Content-Disposition"] == 'inline; filename="1.000894-declaration.pdf"'
    said_on_paper = said_by(answer.content)
    for words in (
        NAME.upper(),
        f"{LINE}, Phường Ô Môn, Thành phố Cần Thơ",
        "Kính gửi: Ủy ban nhân dân Phường Ô Môn",
    ):
        assert words in said_on_paper, words
    assert "Số lượng: 2 bản" in said_on_paper
    for profile in ("2a", "ua1"):
        assert found_against(answer.content, profile) == []


def test_the_edition_of_the_case_stands_at_the_foot(answered):
    case, member = answered
    body = asked(member, reverse("form-pdf", args=[case.pk, "declaration"])).content
    foot = " ".join(read(body).pages[0].extract_text().split())
    assert f"bản {case.edition.number} ({case.edition.hash[:8]})" in foot


def test_no_such_form_and_another_ward_are_not_there(answered):
    case, member = answered
    assert asked(member, reverse("form-pdf", args=[case.pk, "nothing"])).status_code == 404
    stranger = make.member(make.ward())
    assert asked(stranger, reverse("form-pdf", args=[case.pk, "declaration"])).status_code == 404
    assert asked(None, reverse("form-pdf", args=[case.pk, "declaration"])).status_code == 302
