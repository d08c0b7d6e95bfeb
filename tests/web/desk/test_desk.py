"""The desk over HTTP: one screen, every move, kind refusals, nobody's name in an address."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.cases.models import Case
from donghanh.kernel.ids import new_id
from donghanh.people.models import Person
from donghanh.queue.models import QueueSetting, Ticket
from donghanh.web.desk.urls import urlpatterns
from tests import make
from tests.signed import sign_in
from tests.web.desk.at_desk import HTMX, Desk, toast

MOST_QUERIES = 40


def test_a_stranger_is_sent_to_sign_in_and_a_role_without_the_verb_is_refused():
    assert Client().get(reverse("desk")).headers["Location"].startswith(reverse("account_login"))
    province = make.member(role="province_officer", province_code="92")
    assert sign_in(Client(), province).get(reverse("desk")).status_code == 403


def test_first_where_to_sit_then_the_desk():
    point = make.point(counters=2)
    client = sign_in(Client(), make.member(point.ward))
    assert "desk-line" not in (page := client.get(reverse("desk")).content.decode())
    assert page.count('name="counter"') == 2
    client.post(reverse("desk-counter"), {"counter": make.counter(point, "2").pk})
    page = client.get(reverse("desk")).content.decode()
    assert f'src="/live/points/{point.pk}"' in page
    assert 'id="desk-line"' in page


def test_a_case_takes_call_open_and_one_tap():
    desk = Desk()
    called = desk.post("desk-next")
    ticket = Ticket.objects.get(point=desk.point, state="called")
    assert f'value="{desk.procedure.pk}" data-key="Enter"' in called.content.decode()
    assert toast(called)["undo"] == {
        "url": reverse("desk-move", args=[ticket.pk, "undo"]), "target": "#desk", "swap": "outerHTML",
    }  # fmt: skip
    desk.post("desk-open", ticket=ticket.pk, procedure=desk.procedure.pk)
    case = Case.objects.get(ticket=ticket)
    done = desk.post(
        "desk-finish",
        case.pk,
        outcome="submitted",
        autonomy="together",
        device="centre_computer",
        account="citizens",
    )
    case.refresh_from_db()
    assert (case.outcome, case.person, Ticket.objects.get(pk=ticket.pk).state) == ("submitted", None, "done")
    assert ticket.number in str(toast(done)["message"])


def test_every_key_stands_on_the_screen_when_it_can_be_used():
    desk = Desk()
    keys = re.compile(r'data-key="([^"]+)"')
    assert {"g", "?"} <= set(keys.findall(desk.page()))
    desk.post("desk-next")
    assert {"a", "r", "n", "Enter", "u", "?"} <= set(keys.findall(desk.page()))
    desk.post(
        "desk-open",
        ticket=Ticket.objects.get(state="called", point=desk.point).pk,
        procedure=desk.procedure.pk,
    )
    assert {"Enter", "h", "k", "s", "t", "u", "?"} <= set(found := keys.findall(desk.page()))
    assert len(found) == len(set(found))


def test_a_double_click_calls_one_number():
    desk = Desk()
    desk.post("desk-next")
    desk.post("desk-next")
    assert Ticket.objects.filter(point=desk.point, state="called").count() == 1


def test_nobody_waiting_is_a_kind_word_over_the_same_screen():
    answer = Desk(waiting=0).post("desk-next")
    assert (answer.status_code, toast(answer)["tone"]) == (200, "wait")
    assert 'id="desk"' in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "state"),
    [
        (["arrived"], "serving"),
        (["absent"], "absent"),
        (["absent", "come_back"], "waiting"),
        (["arrived", "hold"], "held"),
        (["arrived", "hold", "resume"], "serving"),
        (["arrived", "park"], "parked"),
        (["arrived", "hold", "leave"], "gone"),
        (["arrived", "finish"], "done"),
        (["arrived", "finish", "undo"], "serving"),
        (["undo"], "waiting"),
        (["hold"], "called"),
        (["recall"], "called"),
    ],
)
def test_moves_at_the_desk_lead_where_the_table_says(path, state):
    desk = Desk()
    ticket = desk.call()
    for word in path:
        assert desk.post("desk-move", ticket.pk, word).status_code == 200
    assert Ticket.objects.get(pk=ticket.pk).state == state


def test_a_recall_after_the_cooldown_and_an_unknown_move():
    desk = Desk()
    QueueSetting.objects.filter(ward=desk.point.ward).update(recall_cooldown_seconds=0)
    ticket = desk.call()
    desk.post("desk-move", ticket.pk, "recall")
    assert Ticket.objects.get(pk=ticket.pk).calls == 2
    assert desk.post("desk-move", ticket.pk, "dance").status_code == 404


def test_out_of_turn_asks_for_a_reason():
    desk = Desk()
    assert toast(desk.post("desk-pick", desk.tickets[1].pk, reason=""))["tone"] == "wait"
    desk.post("desk-pick", desk.tickets[1].pk, reason="Bé đang sốt")
    assert Ticket.objects.get(pk=desk.tickets[1].pk).state == "called"


def test_forwarding_takes_a_note_along_that_ends_with_the_stay():
    desk = Desk()
    ticket = desk.case().ticket
    desk.post(
        "desk-forward", ticket.pk, to=f"counter:{make.counter(desk.point, '2').pk}", note="Cần xem lại CT07"
    )
    ticket.refresh_from_db()
    assert (ticket.state, ticket.wanted_counter, ticket.note) == (
        "waiting",
        make.counter(desk.point, "2"),
        "Cần xem lại CT07",
    )
    assert desk.post("desk-forward", ticket.pk, to="counter:x").status_code == 404


def test_a_number_from_the_welcome_desk_is_one_number_however_often_it_is_sent():
    desk = Desk(waiting=0)
    typed = {"id": new_id(), "series": make.series(desk.point).pk, "priority": 1}
    for _ in range(2):
        desk.post("desk-issue", **typed)
    ticket = Ticket.objects.get(point=desk.point)
    assert (ticket.pk, ticket.priority) == (typed["id"], 1)
    assert (
        desk.post("desk-issue", **{**typed, "id": new_id(), "priority": "x"}).headers["HX-Reswap"] == "none"
    )
    paper = desk.post("desk-slip", ticket.pk).content.decode()
    assert ticket.number in paper
    assert "<svg" in paper


def test_help_without_a_number():
    desk = Desk(waiting=0)
    assert 'id="procedures"' in desk.page()
    desk.post("desk-open", procedure=desk.procedure.pk)
    case = Case.objects.get(point=desk.point)
    assert (case.ticket, case.pk in {case.pk}) == (None, True)
    assert f'data-case="{case.pk}"' in desk.page()
    desk.post("desk-finish", case.pk, outcome="informed_only")
    assert Case.objects.get(pk=case.pk).outcome == "informed_only"


def test_a_wrong_value_keeps_the_form_and_says_why():
    desk = Desk()
    case = desk.case()
    for name, typed in {
        "desk-note": {"text": "mật khẩu: 12345"},
        "desk-dossier": {"portal": "national", "code": " "},
        "desk-refer": {"organisation": make.organisation(desk.point.ward).pk, "due_on": ""},
        "desk-record": {"name": "Út", "born": "someday"},
    }.items():
        answer = desk.post(name, case.pk, **typed)
        assert (answer.status_code, answer.headers["HX-Reswap"], toast(answer)["tone"]) == (
            422,
            "none",
            "wrong",
        )
    assert (case.notes.count(), case.dossiers.count(), case.referrals.count(), Person.objects.count()) == (
        0,
        0,
        0,
        0,
    )


def test_a_second_click_opens_no_second_case():
    desk = Desk()
    case = desk.case()
    desk.post("desk-open", ticket=case.ticket_id, procedure=desk.procedure.pk)
    desk.post("desk-move", case.ticket_id, "undo")
    assert Ticket.objects.get(pk=case.ticket_id).state == "called"
    desk.post("desk-open", ticket=case.ticket_id, procedure=desk.procedure.pk)
    assert Case.objects.get(point=desk.point) == case
    assert Ticket.objects.get(pk=case.ticket_id).state == "serving"
    desk.post("desk-finish", case.pk, outcome="done")
    for _ in range(2):
        desk.post("desk-open", procedure=desk.procedure.pk)
    assert Case.objects.filter(point=desk.point, ticket=None).count() == 1


def test_a_finish_that_did_not_end_the_stay_is_undone_by_opening_the_case_again():
    desk = Desk()
    case = desk.case()
    undo = toast(desk.post("desk-finish", case.pk, outcome="done", stay_open="1"))["undo"]["url"]
    assert 'id="procedures"' in desk.page()
    desk.client.post(undo, **HTMX)
    assert (Case.objects.get(pk=case.pk).outcome, Ticket.objects.get(pk=case.ticket_id).state) == (
        "",
        "serving",
    )
    desk.post("desk-finish", case.pk, outcome="done")
    desk.post("desk-open", procedure=desk.procedure.pk)
    alone = Case.objects.get(ticket=None)
    undo = toast(desk.post("desk-finish", alone.pk, outcome="gave_up"))["undo"]["url"]
    desk.client.post(undo, **HTMX)
    assert f'data-case="{alone.pk}"' in desk.page()


def test_note_dossier_referral_and_ticks_are_kept():
    desk = Desk()
    case = desk.case()
    desk.post("desk-tick", case.pk, step="listen")
    desk.post("desk-tick", case.pk, step="fill")
    desk.post("desk-tick", case.pk, step="fill", is_done="0")
    desk.post("desk-note", case.pk, text="Con trai đón lúc 10 giờ")
    warned = desk.post("desk-dossier", case.pk, portal="national", code="123456")
    desk.post("desk-refer", case.pk, organisation=make.organisation(desk.point.ward).pk, due_on="2099-01-01")
    assert list(case.ticks.values_list("step", flat=True)) == ["listen"]
    assert (case.notes.count(), case.dossiers.count(), case.referrals.count()) == (1, 1, 1)
    assert toast(warned)["tone"] == "wait"


def test_what_a_volunteer_must_not_do_stands_on_the_screen():
    desk = Desk()
    desk.case()
    page = desk.page()
    assert "guide-stop" in page
    assert "officers_on_behalf" not in page
    officer = Desk("officer")
    officer.case()
    page = officer.page()
    assert 'value="officers_on_behalf"' in page
    assert 'value="officers_on_behalf" selected' not in page


def test_the_answers_are_remembered_but_never_an_account_on_behalf():
    desk = Desk("officer")
    desk.post(
        "desk-finish", desk.case().pk, outcome="submitted", autonomy="done_beside", device="none",
        account="officers_on_behalf", account_ground="Khuyết tật nặng", account_consent="1",
    )  # fmt: skip
    desk.case()
    page = desk.page()
    assert 'value="done_beside" selected' in page
    assert 'value="none" selected' in page
    assert 'value="officers_on_behalf" selected' not in page


def test_every_address_but_three_is_a_post():
    readable = {"desk", "desk-line", "desk-procedures"}
    desk = Desk()
    for pattern in urlpatterns:
        if pattern.name not in readable:
            arguments = [new_id() for _ in range(str(pattern.pattern).count("<uuid"))]
            words = ["hold"] if "<str" in str(pattern.pattern) else []
            assert desk.client.get(reverse(pattern.name, args=[*arguments, *words])).status_code in {
                403,
                405,
            }, pattern.name


def test_the_screen_asks_the_database_a_bounded_number_of_times():
    desk = Desk(waiting=30)
    case = desk.case()
    desk.post("desk-record", case.pk, name="Lê Thị Út", born="1950")
    with CaptureQueriesContext(
        connection,
    ) as few:
        desk.page()
    for _ in range(20):
        make.ticket(desk.point, procedure=desk.procedure)
        make.person(desk.point.ward, "Lê Thị Út", born_year=1950)
    with CaptureQueriesContext(connection) as many:
        desk.page()
    assert len(many) <= len(few) <= MOST_QUERIES
    with CaptureQueriesContext(connection) as line:
        desk.client.get(reverse("desk-line"), **HTMX)
    assert len(line) <= MOST_QUERIES


def test_duty_and_a_call_for_a_colleague_go_on_and_off():
    desk = Desk()
    desk.post("desk-colleague", help="on")
    other = sign_in(Client(), make.member(desk.point.ward))
    other.post(reverse("desk-counter"), {"counter": make.counter(desk.point, "2").pk})
    assert 'role="alert"' in other.get(reverse("desk")).content.decode()
    desk.post("desk-colleague", help="off")
    assert 'role="alert"' not in other.get(reverse("desk")).content.decode()
    desk.post("desk-duty", duty="out")
    assert "counter" not in desk.client.session
    desk.post("desk-duty", duty="in")


def test_without_htmx_every_button_still_works():
    desk = Desk()
    assert desk.client.post(reverse("desk-next")).headers["Location"] == reverse("desk")
    assert Ticket.objects.filter(point=desk.point, state="called").exists()
