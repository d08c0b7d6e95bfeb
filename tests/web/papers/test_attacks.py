"""Answers are letters on paper and on the screen, whatever language they would be a command in."""

from __future__ import annotations

import base64
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.crypto import salted_hmac
from pypdf import PdfReader

from donghanh.cases.actions.ending import finish
from donghanh.cases.models import Case
from donghanh.reports.documents.declaration import declaration_pdf, form_of
from donghanh.reports.queries.filling import filling_of
from donghanh.teams.models import Member
from donghanh.web.papers.secrets import case_behind, secret_of
from tests import make
from tests.cases.answering import a_case, event, said
from tests.reports.forms import read
from tests.signed import sign_in

LINES = (
    '#read("/etc/passwd")', "#eval(\"1+1\") $x$", "*b* _i_ `raw` <label> @ref", "] #sys.inputs [", "= Heading", "// gone",
    "\\ #set page(fill: red)", '"}, {"x": "', "${1+1} {{ 1 }} {% x %} {ward}",
)  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_what_is_answered_stands_on_the_form_letter_by_letter(line: str):
    member = make.member()
    case, _ = a_case(on=make.procedure("1.000894").current, person=make.person(member.ward), by=member)
    assert said(case, member, event("b_line", line)) == ["applied"]
    filling = filling_of(case)
    made = read(declaration_pdf(form_of(filling, "declaration"), filling, "1 (0)"))
    text = "".join(page.extract_text() for page in made.pages)
    assert "".join(line.split()) in "".join(text.split())


@pytest.mark.parametrize(
    "secret", ["", "a", "ä", "A" * 43, "A" * 4000, "=" * 43, "../../etc/passwd", "%00", "-" * 43]
)
def test_no_made_up_address_opens_a_record(db, secret):
    a_case()
    assert case_behind(secret) is None


def test_the_proof_of_one_case_opens_no_other(db):
    first, _ = a_case()
    second, _ = a_case()
    plain = base64.urlsafe_b64decode(secret_of(first) + "=")
    swapped = base64.urlsafe_b64encode(second.pk.bytes + plain[16:]).decode().rstrip("=")
    assert case_behind(swapped) is None
    other = salted_hmac("donghanh.papers.other", second.pk.bytes, algorithm="sha256").digest()[:16]
    assert case_behind(base64.urlsafe_b64encode(second.pk.bytes + other).decode().rstrip("=")) is None


def test_a_name_with_markup_is_no_markup_on_the_record():
    member = make.member()
    case, _ = a_case(person=make.person(member.ward, "<script>alert(1)</script>"), by=member)
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("receipt", args=[case.pk])).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize(("role", "stands"), [("volunteer", False), ("officer", True)])
def test_a_volunteer_prints_no_identity_number_of_a_case_that_is_over(role: str, stands: bool):
    number = "092096999901"
    member = make.member()
    case, _ = a_case(on=make.procedure("1.000894").current, person=make.person(member.ward), by=member)
    assert said(case, member, event("b_id", number)) == ["applied"]
    reader = make.member(member.ward, role)
    assert number in printed(case, reader)
    finish(case, by=member, outcome="informed_only", autonomy="together", device="none", account="none")
    assert (number in printed(case, reader)) is stands


def printed(case: Case, member: Member) -> str:
    """All digits of the printed form."""
    page = sign_in(Client(), member).get(reverse("form-pdf", args=[case.pk, "declaration"]))
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(page.content)).pages)
    return "".join(text.split())
