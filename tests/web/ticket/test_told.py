"""“Tell me on this phone”, on the page of a number and of a record: offered, agreed to by a tap, ended, bounded."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from donghanh.cases.actions.following import set_status
from donghanh.cases.actions.helping import add_dossier, open_case
from donghanh.cases.models import Case, CaseConsent, Contact
from donghanh.cases.rules.consents import hash_of, text_of
from donghanh.queue.actions.calls import call_next
from donghanh.web.papers.secrets import secret_of
from donghanh.web.telling import OF_ONE_SECRET
from tests import make

SUBSCRIPTION = '{"endpoint":"https://push.example/x","keys":{"auth":"a","p256dh":"p"}}'
ASKED = {"subscription": SUBSCRIPTION, "hash": hash_of("tell_result", "vi"), "language": "vi"}


@pytest.fixture(autouse=True)
def _fresh(settings):
    settings.PUBLIC_URL = "https://phuong.example.vn"
    cache.clear()


def helped(dossier: bool = True) -> Case:
    """Somebody with a number is being helped, and has submitted."""
    point = make.point()
    member, procedure = make.member(point.ward), make.procedure(offered_at=make.series(point))
    make.ticket(point, procedure=procedure)
    case = open_case(procedure, by=member, ticket=call_next(make.counter(point), by=member))
    if dossier:
        add_dossier(case, portal="national", code="H17-1", by=member)
    return case


def pages(case: Case) -> list[tuple[str, str, str]]:
    """Page, tap and end of the number and of the record."""
    secret, proof = case.ticket.secret, secret_of(case)
    return [
        (reverse("ticket", args=[secret]), reverse("ticket-tell", args=[secret]), reverse("ticket-tell-end", args=[secret])),
        (reverse("receipt-shown", args=[proof]), reverse("receipt-tell", args=[proof]), reverse("receipt-tell-end", args=[proof])),
    ]  # fmt: skip


def post(path: str, **typed: str):
    return Client().post(path, typed, headers={"Accept": "application/json"})


@pytest.mark.parametrize("which", [0, 1])
def test_a_phone_is_told_after_a_tap_and_no_longer_after_another(which):
    case = helped()
    page, tap, end = pages(case)[which]
    shown = Client().get(page).content.decode()
    assert text_of("tell_result", "vi") in shown
    assert f'data-url="{tap}"' in shown
    answer = post(tap, **ASKED)
    assert (answer.status_code, answer.json()) == (200, {"told": True})
    contact = Contact.objects.get()
    assert (contact.case, contact.kind, contact.added_by) == (case, "web_push", None)
    assert CaseConsent.objects.get().method == "tap"
    assert post(end, subscription=SUBSCRIPTION).json() == {"told": False}
    contact.refresh_from_db()
    assert (contact.address, contact.ended_at is None) == ("", False)


def test_nothing_is_offered_before_a_dossier_after_its_end_or_where_browsers_cannot_be_reached(settings):
    case = helped(dossier=False)
    for page, tap, _ in pages(case):
        assert "data-tell" not in Client().get(page).content.decode()
        assert post(tap, **ASKED).json()["code"] == "nothing-to-tell"
    dossier = add_dossier(case, portal="national", code="H17-1", by=case.opened_by)
    settings.PUBLIC_URL = "http://192.168.1.5:8000"
    assert "data-tell" not in Client().get(pages(case)[0][0]).content.decode()
    settings.PUBLIC_URL = "https://phuong.example.vn"
    assert "data-tell" in Client().get(pages(case)[0][0]).content.decode()
    set_status(dossier, "delivered", by=case.opened_by)
    assert "data-tell" not in Client().get(pages(case)[0][0]).content.decode()


def test_an_unknown_secret_and_a_subscription_that_is_none_are_refused_in_words():
    case = helped()
    for path in (reverse("ticket-tell", args=["nothing"]), reverse("receipt-tell-end", args=["nothing"])):
        assert post(path, **ASKED).status_code == 404
    answer = post(pages(case)[0][1], **{**ASKED, "subscription": "https://push.example"})
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong-address")
    assert "push.example" not in answer.content.decode()
    assert post(pages(case)[0][1], **{**ASKED, "hash": "x"}).json()["code"] == "other-text"
    assert not Contact.objects.exists()


def test_whoever_taps_all_day_is_slowed_down():
    tap = pages(helped())[0][1]
    answers = [post(tap, **ASKED).status_code for _ in range(OF_ONE_SECRET.most + 1)]
    assert answers == [200] * OF_ONE_SECRET.most + [429]


def test_the_worker_for_pushes_is_a_script_at_the_root():
    answer = Client().get(reverse("push-worker"))
    assert (reverse("push-worker"), answer.headers["Content-Type"]) == (
        "/push-sw.js",
        "text/javascript; charset=utf-8",
    )
    assert "showNotification" in answer.content.decode()
