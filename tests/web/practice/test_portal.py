"""The practice portal as a browser without scripts meets it."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client

from donghanh.practice.models import Attempt, PracticeDossier
from donghanh.practice.queries import Service
from donghanh.web.practice.form import SENT
from tests import make
from tests.practice.marriage import CODE, ENTERED, published
from tests.signed import sign_in

FORM = f"/practice/forms/{CODE}"


@pytest.fixture
def marriage() -> Service:
    return published()


@pytest.fixture
def visitor(marriage: Service) -> Client:
    """A browser signed in with the card of Trần Minh Khang."""
    return at_the_portal(Client())


def at_the_portal(client: Client, wanted: str = "") -> Client:
    client.post("/practice/sign-in", {"card": "khang", "form": wanted})
    page = client.get("/practice/code").content.decode()
    digits = re.search(r'class="sandbox-digits">(\d{6})<', page)
    assert digits
    answer = client.post("/practice/code", {"practice_digits": digits[1]})
    assert answer.url == (f"/practice/forms/{wanted}" if wanted else "/practice/")  # type: ignore[attr-defined]
    return client


def submit(client: Client, **changes: str) -> str:
    """Fill in, pay later, upload, submit; the page of the dossier."""
    address = client.post(FORM, {**ENTERED, **changes}).url  # type: ignore[attr-defined]
    root = address.removesuffix("fee")
    for step, sent in (("fee", {"pay": "later"}), ("papers", {"file": "giay-to-mau-1.jpg"}), ("review", {})):
        assert client.get(root + step).status_code == 200
        address = client.post(root + step, sent).url  # type: ignore[attr-defined]
    assert address == root
    return str(address)


def test_every_page_says_that_nothing_is_sent_to_any_authority(visitor):
    submit(visitor)
    pages = ["", "sign-in", "code", f"forms/{CODE}", "dossiers/"]
    for page in pages:
        said = visitor.get(f"/practice/{page}", follow=True).content.decode()
        assert 'class="sandbox-mark"' in said, page


def test_a_form_leads_to_the_code_and_the_ten_statuses(visitor):
    address = submit(visitor)
    page = visitor.get(address).content.decode()
    dossier = PracticeDossier.objects.get()
    assert re.search(r'id="dossier-code"[^>]*>H13\.99-\d{6}-\d{6}<', page)
    assert f'id="due-on">{dossier.due_on:%d/%m/%Y}<' in page
    visitor.post(address + "time")
    assert PracticeDossier.objects.get().status == "received"
    visitor.post(address + "withdraw")
    assert PracticeDossier.objects.get().status == "withdrawal_requested"
    assert str(dossier.code) in visitor.get("/practice/dossiers/").content.decode()


def test_without_signing_in_the_form_sends_to_the_cards_and_back(marriage):
    client = Client()
    answer = client.get(FORM)
    assert answer.url == f"/practice/sign-in?form={CODE}"  # type: ignore[attr-defined]
    at_the_portal(client, wanted=CODE)
    assert client.get(FORM).status_code == 200


def test_a_wanted_form_is_never_an_address_elsewhere(marriage):
    client = Client()
    client.post("/practice/sign-in", {"card": "khang", "form": "//evil.example/"})
    assert client.session["practice"]["wanted"] == ""


@pytest.mark.parametrize("typed", ["", "000000x", "my real password"])
def test_anything_but_the_practice_code_is_refused_and_not_kept(marriage, typed):
    client = Client()
    client.post("/practice/sign-in", {"card": "khang"})
    answer = client.post("/practice/code", {"practice_digits": typed})
    assert answer.status_code == 422
    assert not typed or typed not in answer.content.decode() + str(dict(client.session))
    assert client.get(FORM).status_code == 302


def test_no_page_has_a_password_field(visitor):
    visitor.post("/practice/sign-in", {"card": "khang"})
    for page in ("", "sign-in", "code", f"forms/{CODE}"):
        assert 'type="password"' not in visitor.get(f"/practice/{page}").content.decode()


def test_complaints_are_shown_at_the_fields_and_nothing_is_kept(visitor):
    answer = visitor.post(FORM, {**ENTERED, "ten_a": "", "dinh_danh_b": "092198123456"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.findall(r'id="w-(\w+)"', page) == ["ten_a", "dinh_danh_b"]
    assert "092198123456" not in page
    assert PracticeDossier.objects.count() == 0


def test_the_trainer_shuts_the_portal_for_this_browser_only(visitor):
    visitor.post("/practice/trainer", {"maintenance": "on"})
    assert visitor.get("/practice/").status_code == 503
    assert Client().get("/practice/").status_code == 200
    visitor.post("/practice/trainer", {})
    assert visitor.get("/practice/").status_code == 200


def test_the_trainer_lets_the_session_run_out_at_the_next_sending(visitor):
    visitor.post("/practice/trainer", {"expire": "on"})
    assert visitor.post(FORM, ENTERED).url == "/practice/sign-in"  # type: ignore[attr-defined]
    assert PracticeDossier.objects.count() == 0
    assert 'role="alert"' in visitor.get("/practice/sign-in").content.decode()
    at_the_portal(visitor)
    submit(visitor)


def test_another_browser_does_not_see_a_dossier(visitor):
    address = submit(visitor)
    assert Client().get(address).status_code == 404
    assert Client().post(address + "time").status_code == 404
    assert visitor.post(address + "nonsense").status_code == 404


def test_a_member_passes_a_lesson_and_sees_it(marriage):
    member = make.member()
    client = sign_in(at_the_portal(Client()), member)
    at_the_portal(client)
    card = client.get(f"/practice/lessons/{CODE}").content.decode()
    assert "14/03/1996" in card
    assert client.post(f"/practice/lessons/{CODE}").url == FORM  # type: ignore[attr-defined]
    client.post(FORM, {**ENTERED, "ten_a": ""})
    address = submit(client)
    attempt = Attempt.objects.get()
    assert (attempt.member_id, attempt.mistakes, attempt.passed) == (str(member.pk), 1, True)
    assert "sandbox-done" in client.get(address).content.decode()
    assert "chip-done" in client.get("/practice/lessons/").content.decode()


def test_lessons_are_for_members_and_the_portal_for_everybody(marriage):
    assert Client().get("/practice/lessons/").status_code == 302
    assert Client().get("/practice/").status_code == 200


def test_a_flood_of_forms_from_one_address_is_stopped(visitor: Client):
    cache.clear()
    for _ in range(SENT.most):
        SENT.failed("127.0.0.1")
    answer = visitor.post(FORM, ENTERED)
    assert answer.status_code == 429
    assert not PracticeDossier.objects.exists()
    cache.clear()


def test_a_real_number_or_phone_is_neither_kept_nor_shown_again(visitor: Client):
    page = visitor.post(
        FORM, {**ENTERED, "dinh_danh_a": "０９２０９６１２３４５６", "dien_thoai": "0912 345 678"}
    )
    assert page.status_code == 422
    assert not PracticeDossier.objects.exists()
    shown = page.content.decode()
    assert "092096123456" not in shown
    assert "０９２" not in shown
    assert "0912" not in shown
