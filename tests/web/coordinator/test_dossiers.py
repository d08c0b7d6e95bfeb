"""Dossiers followed up: where they stand by hand with undo, the portal asked, messages that did not arrive."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from donghanh.cases.actions.consents import agree
from donghanh.cases.actions.following import add_contact, set_status
from donghanh.cases.actions.helping import add_dossier
from donghanh.cases.models import Case, Dossier, DossierStatus
from donghanh.cases.rules.consents import hash_of
from donghanh.kernel import clock, outbox
from donghanh.kernel.models import Errand
from donghanh.kernel.outbox import Hopeless
from donghanh.practice.models import PracticeDossier, PracticeMove
from tests import make
from tests.signed import sign_in
from tests.web.desk.at_desk import toast

HTMX = {"HTTP_HX_REQUEST": "true"}


class Screen:
    """A coordinator before the dossiers of their point."""

    def __init__(self, role: str = "coordinator") -> None:
        self.point = make.point()
        self.member = make.member(self.point.ward, role)
        self.helper = make.member(self.point.ward)
        self.client = sign_in(Client(), self.member)

    def dossier(
        self, code: str = "H17-1", *, portal: str = "national", due: date | None = None, **changes
    ) -> Dossier:
        case: Case = make.case(at=self.point, by=self.helper)
        made = add_dossier(case, portal=portal, code=code, by=self.helper)
        Dossier.objects.filter(pk=made.pk).update(due_on=due, **changes)
        made.refresh_from_db()
        return made

    def told(self, code: str = "H17-1") -> Dossier:
        """A dossier whose owner wants a mail."""
        made = self.dossier(code)
        agree(made.case, "tell_result", by=self.helper, text_hash=hash_of("tell_result", "vi"))
        add_contact(made.case, kind="email", address="ut@example.org", by=self.helper)
        return made

    def page(self, **asked: object) -> str:
        return self.client.get(reverse("coordinator-dossiers"), asked).content.decode()

    def post(self, address: str, /, *args: object, **typed: object):
        return self.client.post(reverse(address, args=args), typed, **HTMX)


def codes(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><span class="number">([^<]+)', page)


def lose(error: type[Exception]) -> None:
    """Every message on its way fails like that."""

    def fail(facts):
        raise error

    outbox.deliver_due({"tell_result": fail})


def test_nobody_on_their_way_is_said_in_a_sentence_with_what_comes_here():
    page = Screen().page()
    assert "Chưa có hồ sơ nào đang chờ." in page
    assert "Mọi tin báo đều đã đến nơi" in page


def test_late_ones_come_first_with_their_status_and_those_over_are_gone():
    screen, today = Screen(), clock.today()
    for code, days, status in (
        ("soon", 2, "processing"),
        ("late", -3, "received"),
        ("over", -3, "delivered"),
    ):
        screen.dossier(code, due=today + timedelta(days=days), status=status)
    page = screen.page()
    assert codes(page) == ["late", "soon"]
    assert "Đang xử lý" in page
    assert page.count("Quá hạn") == 1
    live = screen.client.get(reverse("coordinator")).content.decode()
    assert "1 hồ sơ lẽ ra đã có kết quả" in live
    assert reverse("coordinator-dossiers") in live


def test_fifty_at_a_time_and_a_status_keeps_the_page():
    screen = Screen()
    made = [
        screen.dossier(f"H-{number:02}", due=clock.today() + timedelta(days=number)) for number in range(52)
    ]
    assert (len(codes(screen.page())), codes(screen.page(page=2))) == (50, ["H-50", "H-51"])
    answer = screen.post("coordinator-status", made[50].pk, status="processing", page="2")
    assert codes(answer.content.decode()) == ["H-50", "H-51"]


def test_a_status_is_kept_by_hand_told_a_minute_later_and_undone_before():
    screen = Screen()
    dossier = screen.told()
    said = toast(screen.post("coordinator-status", dossier.pk, status="processed"))
    made = DossierStatus.objects.get()
    undo = reverse("coordinator-status-back", args=[dossier.pk, made.pk])
    assert (made.by, said["message"], said["undo"]) == (
        screen.member, "…17-1: Đã xử lý xong.", {"url": undo, "target": "#dossiers", "swap": "outerHTML"},
    )  # fmt: skip
    assert outbox.deliver_due({"tell_result": [].append}) == 0
    assert toast(screen.client.post(undo, **HTMX))["message"] == "Đã hoàn tác. Chưa báo cho ai."
    dossier.refresh_from_db()
    assert (dossier.status, Errand.objects.filter(kind="tell_result").count()) == ("registered", 0)
    assert toast(screen.post("coordinator-status", dossier.pk, status="registered"))["message"].startswith(
        "Hồ sơ đã ở"
    )


def test_the_practice_portal_is_asked_and_another_one_is_not_offered():
    screen = Screen()
    dossier = screen.dossier("H99-1", portal="practice")
    screen.dossier("H17-2")
    pretended = PracticeDossier.objects.create(
        owner="x", account="x", edition_id=dossier.case.edition_id, code="H99-1", status="registered", story="ordinary",
        begun_at=clock.now(), submitted_at=clock.now(), due_on=date(2026, 12, 3),
    )  # fmt: skip
    PracticeMove.objects.create(dossier=pretended, status="registered", at=clock.now())
    assert screen.page().count("Hỏi cổng ngay") == 1
    with clock.at(clock.now() + timedelta(minutes=25)):
        assert toast(screen.post("coordinator-ask", dossier.pk))["message"] == "Cổng trả lời: Được tiếp nhận."
        assert toast(screen.post("coordinator-ask", dossier.pk))["message"] == "Cổng chưa có gì mới."


def test_a_message_that_did_not_arrive_says_why_and_goes_out_again():
    screen = Screen()
    set_status(screen.told(), "processed", by=screen.helper)
    refused = type("Refused", (Hopeless,), {})
    lose(refused)
    page = screen.page()
    assert "Nhà cung cấp không nhận tin. Có thể số hoặc địa chỉ bị sai." in page
    assert "ut@example.org" not in page
    assert "1 tin báo kết quả chưa đến nơi" in screen.client.get(reverse("coordinator")).content.decode()
    message = Errand.objects.get(kind="tell_result")
    assert (
        toast(screen.post("coordinator-again", message.pk))["message"]
        == "Tin sẽ được gửi lại trong vòng một phút."
    )
    assert screen.post("coordinator-again", message.pk).status_code == 409
    assert outbox.deliver_due({"tell_result": [].append}) == 1
    assert "Mọi tin báo đều đã đến nơi" in screen.page()


def test_a_message_still_tried_says_when_and_one_told_by_voice_is_settled():
    screen = Screen()
    set_status(screen.told(), "processed", by=screen.helper)
    lose(type("NotReached", (Exception,), {}))
    page = screen.page()
    assert "Không liên lạc được với nhà cung cấp. Sẽ gửi lại lúc" in page
    assert "Gửi lại</button>" not in page
    Errand.objects.filter(kind="tell_result").update(status=Errand.FAILED)
    message = Errand.objects.get(kind="tell_result")
    assert (
        toast(screen.post("coordinator-settled", message.pk))["message"] == "Đã ghi nhận: người dân đã biết."
    )
    assert "Mọi tin báo đều đã đến nơi" in screen.page()


def test_who_only_looks_sees_no_buttons():
    screen = Screen()
    dossier = screen.dossier()
    province = sign_in(
        Client(), make.member(role="province_officer", province_code=screen.point.ward.province_code)
    )
    page = province.get(reverse("coordinator-dossiers")).content.decode()
    assert codes(page) == [dossier.code]
    assert "<select" not in page.split('id="dossiers"')[1]
    assert (
        province.post(reverse("coordinator-status", args=[dossier.pk]), {"status": "received"}).status_code
        == 403
    )
