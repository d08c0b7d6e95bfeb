"""A status that is news becomes one message a contact: by every channel, once, and never at night."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from donghanh.cases.actions import consents, following, helping
from donghanh.cases.models import Contact, Dossier
from donghanh.cases.rules.consents import hash_of
from donghanh.kernel import clock, outbox
from donghanh.kernel.models import Errand, JournalEntry
from donghanh.kernel.push_key import public_key
from donghanh.management.couriers import COURIERS
from donghanh.management.messages import webhook
from tests import make
from tests.management.messages.providers import Mailbox, Provider, mail_server, provider

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
CODE = "H13.22-261125-007788"
SAID = "Đăng ký kết hôn: hồ sơ …7788 đã có kết quả."


def setting(**values: Any) -> pytest.MarkDecorator:
    """These settings for one test."""
    return pytest.mark.parametrize("kept_settings", [values], ids=[""], indirect=True)


@pytest.fixture(autouse=True)
def kept_settings(request: pytest.FixtureRequest, settings: Any) -> None:
    """The settings a test asked for by its mark."""
    for name, value in getattr(request, "param", {}).items():
        setattr(settings, name, value)


@pytest.fixture
def noon() -> Iterator[None]:
    """The middle of a working day."""
    with clock.at(NOON):
        yield


def dossier(kind: str, address: str, *, language: str = "vi") -> Dossier:
    """A dossier whose owner wants to be told there."""
    case = make.case()
    member = case.opened_by
    consents.agree(case, "tell_result", by=member, text_hash=hash_of("tell_result", "vi"))
    kept = helping.add_dossier(case, portal="national", code=CODE, by=member)
    following.add_contact(case, kind=kind, address=address, by=member, language=language)
    return kept


def ready(of: Dossier, status: str = "processed") -> None:
    """Its result is there, says a member."""
    following.set_status(of, status, by=of.case.opened_by)


def carried() -> list[tuple[str, str]]:
    """Deliver what is due; the errands as they stand then."""
    outbox.deliver_due(COURIERS)
    rows = Errand.objects.filter(kind="tell_result").order_by("pk")
    return [(errand.status, errand.last_error) for errand in rows]


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """A mail server on the loopback that the house sends through."""
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", box.port, False
        yield box


@pytest.mark.usefixtures("noon")
def test_a_mail_is_sent_once_and_names_nobody(mailbox: Mailbox):
    ready(dossier("email", "ut@example.org"))
    assert carried() == [("done", "")]
    assert carried() == [("done", "")]
    assert mailbox.to == ["ut@example.org"]
    mail = message_from_bytes(mailbox.mails[0])
    text = mail.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert SAID in text
    assert CODE not in text
    assert "http" not in text
    assert mail["Message-ID"].strip().startswith(f"<{Dossier.objects.get().pk}.processed.")


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    ("answer", "left"),
    [("550 No such user", ("failed", "Refused")), ("451 Later", ("waiting", "NotReached"))],
)
def test_a_mail_server_that_says_never_is_asked_once_and_one_that_says_later_again(
    mailbox: Mailbox, answer: str, left: tuple[str, str]
):
    mailbox.answer = answer
    ready(dossier("email", "ut@example.org"))
    assert carried() == [left]


@pytest.mark.usefixtures("noon")
@setting(SMS_API_KEY="key", SMS_SECRET="secret", SMS_BRAND="PhuongOMon", SMS_UNICODE=False)
def test_a_text_message_has_the_providers_shape_and_no_accents(settings: Any):
    with provider((200, {"CodeResult": "100", "SMSID": "1"})) as desk:
        settings.SMS_URL = desk.url + "/MainService.svc/json/SendMultipleMessage_V4_post_json/"
        ready(dossier("sms", "+84 912 345 678"))
        assert carried() == [("done", "")]
    (sent,) = desk.sent
    body = sent.json
    assert len(body.pop("RequestId")) == 40
    assert body == {
        "ApiKey": "key", "SecretKey": "secret", "Phone": "0912345678", "Brandname": "PhuongOMon", "SmsType": "2",
        "IsUnicode": "0", "Sandbox": "0", "Content": body["Content"],
    }  # fmt: skip
    assert body["Content"].isascii()
    assert body["Content"].startswith("Dang ky ket hon: ho so ...7788 da co ket qua.")


@pytest.mark.usefixtures("noon")
@setting(SMS_API_KEY="key", SMS_SECRET="secret")
@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ((200, {"CodeResult": "124"}), ("done", "")),  # it came before: the repetition is a success
        ((200, {"CodeResult": "103"}), ("waiting", "NotReached")),  # no money left: the ward will pay
        ((200, {"CodeResult": "118"}), ("failed", "Refused")),
        ((429, {}), ("waiting", "NotReached")),
        ((500, {}), ("waiting", "NotReached")),
        ((200, {}), ("waiting", "NotReached")),
    ],
)
def test_what_the_text_provider_answers_decides(settings: Any, answer: Any, left: tuple[str, str]):
    with provider(answer) as desk:
        settings.SMS_URL = desk.url
        ready(dossier("sms", "0912345678"))
        assert carried() == [left]


@pytest.mark.usefixtures("noon")
def test_a_zalo_message_fills_the_template(settings: Any, tmp_path: Any):
    settings.ZALO_TEMPLATE, settings.ZALO_TOKEN_FILE = "334455", str(tmp_path / "token")
    (tmp_path / "token").write_text("fresh\n")
    with provider((200, {"error": -124}), (200, {"error": 0, "data": {"msg_id": "m"}})) as desk:
        settings.ZALO_URL = desk.url + "/message/template"
        ready(dossier("zalo", "0912 345 678"))
        assert carried() == [("waiting", "NotReached")]  # the token had run out
        with clock.at(NOON + timedelta(minutes=5)):
            assert carried() == [("done", "")]
    first, second = desk.sent
    assert first.headers["access_token"] == "fresh"
    assert first.json["tracking_id"] == second.json["tracking_id"]
    assert {k: second.json[k] for k in ("phone", "template_id")} == {
        "phone": "84912345678",
        "template_id": "334455",
    }
    assert second.json["template_data"]["ma_ho_so"] == "…7788"
    assert second.json["template_data"]["thu_tuc"] == "Đăng ký kết hôn"


@pytest.mark.usefixtures("noon")
@setting(WEBHOOK_SECRET="shared", DEMO=True)
def test_a_webhook_is_signed_and_a_repetition_bears_the_same_key():
    with provider((503, {}), (200, {})) as desk:
        of = dossier("webhook", "https://example.org/hook")
        _point_at(desk)
        ready(of)
        assert carried() == [("waiting", "NotReached")]
        with clock.at(NOON + timedelta(minutes=5)):
            assert carried() == [("done", "")]
    first, second = desk.sent
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    moment, _, told = second.headers["donghanh-signature"].partition(",v1=")
    assert told == webhook.signature(moment.removeprefix("t="), second.body)
    assert second.json["text"].startswith(SAID)
    assert {key: second.json[key] for key in ("status", "code_end")} == {
        "status": "processed",
        "code_end": "7788",
    }


def _point_at(desk: Provider) -> None:
    """The same contact, on the loopback: only a demo may write there."""
    contact = Contact.objects.get()
    sealed = following.ring().encrypt(desk.url + "/hook", column=following.ADDRESS)
    Contact.objects.filter(pk=contact.pk).update(address=sealed)


@pytest.mark.usefixtures("noon")
@setting(WEBHOOK_SECRET="shared", DEMO=False)
def test_nothing_is_sent_into_the_houses_own_network():
    with provider() as desk:
        of = dossier("webhook", "https://example.org/hook")
        _point_at(desk)
        ready(of)
        assert carried() == [("failed", "AddressClosed")]
    assert desk.sent == []


@pytest.mark.usefixtures("noon")
@setting(DEMO=True)
@pytest.mark.parametrize(("status", "ended"), [(201, False), (410, True)])
def test_a_push_reaches_the_browser_and_a_subscription_that_is_gone_is_ended(status: int, ended: bool):
    key = public_key()  # any point of the curve will do as the browser's
    with provider((status, {})) as desk:
        subscription = {
            "endpoint": "https://push.example/x",
            "keys": {"p256dh": key, "auth": "BTBZMqHH6r4Tts7J_aSIgg"},
        }
        of = dossier("web_push", json.dumps(subscription))
        sealed = json.dumps({**subscription, "endpoint": desk.url + "/x"})
        Contact.objects.update(address=following.ring().encrypt(sealed, column=following.ADDRESS))
        ready(of)
        assert carried() == [("failed", "Gone") if ended else ("done", "")]
    (sent,) = desk.sent
    assert sent.headers["content-encoding"] == "aes128gcm"
    assert sent.headers["authorization"].startswith("vapid t=")
    contact = Contact.objects.get()
    assert (contact.ended_at is not None, contact.address == "") == (ended, ended)


@setting(SMS_API_KEY="key")
def test_nobodys_phone_rings_at_night(settings: Any):
    with provider((200, {"CodeResult": "100"})) as desk:
        settings.SMS_URL = desk.url
        evening = NOON + timedelta(hours=10)
        with clock.at(evening):
            ready(dossier("sms", "0912345678"))
            assert carried() == [("waiting", "")]
        with clock.at(evening + timedelta(hours=8, minutes=59)):
            assert carried() == [("waiting", "")]
        assert desk.sent == []
        assert Errand.objects.get(kind="tell_result").attempts == 0
        with clock.at(evening + timedelta(hours=9)):
            assert carried() == [("done", "")]
    assert len(desk.sent) == 1


@pytest.mark.usefixtures("noon")
def test_who_took_their_agreement_back_is_left_alone(mailbox: Mailbox):
    of = dossier("email", "ut@example.org")
    ready(of)
    following.end_contact(Contact.objects.get(), by=of.case.opened_by)
    assert carried() == [("done", "")]
    assert mailbox.mails == []


@pytest.mark.usefixtures("noon")
def test_a_status_that_was_overtaken_is_not_told(mailbox: Mailbox):
    of = dossier("email", "ut@example.org")
    ready(of, "supplement_requested")
    ready(of, "processed")
    assert carried() == [("done", ""), ("done", "")]
    assert len(mailbox.mails) == 1


@pytest.mark.usefixtures("noon")
def test_a_channel_that_is_not_set_up_fails_where_the_coordinator_sees_it():
    ready(dossier("sms", "0912345678"))
    assert carried() == [("failed", "NotSetUp")]


@pytest.mark.usefixtures("noon")
def test_an_address_stands_in_no_errand_and_no_entry(mailbox: Mailbox):
    ready(dossier("email", "ut@example.org"))
    carried()
    told = json.dumps([errand.facts for errand in Errand.objects.all()]) + "".join(
        JournalEntry.objects.values_list("facts_json", flat=True)
    )
    assert "example.org" not in told
    assert CODE not in told
    assert "example.org" not in Contact.objects.get().address
