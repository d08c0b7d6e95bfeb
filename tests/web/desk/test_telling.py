"""Whom to tell, at the desk: the words read out, an agreement, an address by a channel that works, its end."""

from __future__ import annotations

import pytest

from donghanh.cases.actions.following import address_of
from donghanh.cases.models import CaseConsent, Contact
from donghanh.cases.rules.consents import hash_of, text_of
from tests.web.desk.at_desk import Desk, toast

HASH = hash_of("tell_result", "vi")


@pytest.fixture(autouse=True)
def _channels(settings):
    settings.SMS_API_KEY, settings.EMAIL_HOST = "key", "mail.example"
    settings.ZALO_TEMPLATE = settings.WEBHOOK_SECRET = ""


def with_person() -> tuple[Desk, object]:
    """A case of somebody with a phone."""
    desk = Desk()
    case = desk.case()
    desk.post("desk-record", case.pk, name="Lê Thị Út", born="1950", phone="0912345678")
    return desk, case.pk


def agreed(desk: Desk, case: object, **changed: str):
    return desk.post(
        "desk-telling", case, **{"hash": HASH, "method": "spoken_with_witness", "language": "vi", **changed}
    )


def test_the_words_are_on_the_screen_and_an_agreement_is_written_down():
    desk, case = with_person()
    assert text_of("tell_result", "vi") in desk.page()
    assert 'name="kind"' not in desk.page()
    agreed(desk, case)
    consent = CaseConsent.objects.get()
    assert (consent.purpose, consent.method, consent.witness, consent.text_hash) == (
        "tell_result", "spoken_with_witness", desk.member, HASH,
    )  # fmt: skip
    page = desk.page()
    assert 'value="0912345678"' in page
    assert [f'<option value="{kind}">' in page for kind in ("sms", "email", "zalo", "webhook", "web_push")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_a_signature_on_the_screen_is_kept_as_strokes():
    desk, case = with_person()
    assert agreed(desk, case, method="signed_on_screen").status_code == 422
    assert agreed(desk, case, method="signed_on_screen", strokes='{"a":1}').status_code == 422
    assert not CaseConsent.objects.exists()
    agreed(desk, case, method="signed_on_screen", strokes="[[[1,2],[3,4]]]")
    assert CaseConsent.objects.get().signature.startswith("k")


def test_an_address_is_kept_shown_masked_and_ended():
    desk, case = with_person()
    agreed(desk, case)
    desk.post("desk-contact", case, kind="sms", phone="0912 345 678", address="", language="vi")
    answer = desk.post(
        "desk-contact", case, kind="email", phone="0912345678", address="ut@example.org", language="en"
    )
    assert toast(answer)["message"] == "Đã lưu. Khi có kết quả, tin báo sẽ gửi đến đó."
    kept = Contact.objects.order_by("added_at")
    assert [(one.kind, address_of(one), one.language) for one in kept] == [
        ("sms", "0912345678", "vi"), ("email", "ut@example.org", "en"),
    ]  # fmt: skip
    page = desk.page()
    assert '<span class="rows-sub">•••••••678</span>' in page
    assert '<span class="rows-sub">u•••@example.org</span>' in page
    assert "ut@example.org" not in page
    desk.post("desk-contact-end", case, kept[1].pk)
    assert list(Contact.objects.filter(ended_at=None).values_list("kind", flat=True)) == ["sms"]
    assert desk.post("desk-contact-end", case, kept[1].pk).status_code == 404


def test_no_address_without_an_agreement_by_a_strange_channel_or_of_a_wrong_form():
    desk, case = with_person()
    answer = desk.post("desk-contact", case, kind="sms", phone="0912345678")
    assert toast(answer)["tone"] == "wait"
    agreed(desk, case)
    for typed in (
        {"kind": "zalo", "phone": "0912345678"}, {"kind": "web_push", "address": "{}"}, {"kind": "email", "address": "ut"},
        {"kind": "sms", "phone": "12"},
    ):  # fmt: skip
        assert desk.post("desk-contact", case, **typed).status_code == 422
    assert not Contact.objects.exists()


def test_taken_back_every_address_is_erased():
    desk, case = with_person()
    agreed(desk, case)
    desk.post("desk-contact", case, kind="sms", phone="0912345678")
    desk.post("desk-telling", case, withdraw="1")
    assert list(Contact.objects.values_list("address", flat=True)) == [""]
    assert text_of("tell_result", "vi") in desk.page()
