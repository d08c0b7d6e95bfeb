"""What a hostile browser may send to the guide's addresses: a kind no, never a 500, and nothing kept."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.cases.actions import answering, handing_over
from donghanh.cases.actions.ending import finish
from donghanh.cases.actions.retention import erase
from donghanh.cases.models import Answer, HandOver
from donghanh.kernel import clock
from donghanh.kernel.ids import new_id
from tests import make
from tests.cases.answering import a_case, consents
from tests.cases.editions import edition, question
from tests.web.guided.client import browser, send, sent

HALF = '"\\ud800x"'
DEEP = "[" * 700 + "]" * 700


def outcome_of(client: Client, case: object, question: str, spelt: str) -> str:
    """The outcome or code of one event whose value is this piece of JSON."""
    event = {"id": str(new_id()), "question": question, "state": "given", "value": "VALUE"}
    body = json.dumps({"events": [event]}).replace('"VALUE"', spelt)
    answer = send(client, "guide-answers", case, body=body)
    assert answer.status_code == 200, (question, spelt[:80], answer.content[:200])
    one = answer.json()["outcomes"][0]
    return str(one["code"] or one["outcome"])


@pytest.mark.parametrize(
    ("question", "spelt", "code"),
    [
        ("copies", "NaN", "not_a_number"),
        ("copies", "1e309", "not_a_number"),
        ("copies", "2.0", "not_a_number"),
        ("copies", "9" * 400, "too_big"),
        ("groom_name", HALF, "not_text"),
        ("groom_name", '"A\\u0000"', "not_text"),
        ("groom_name", '"A\\u202eB"', "not_text"),
        ("groom_name", '"' + "A" * 100_000 + '"', "too_long"),
        ("groom_name", DEEP, "not_text"),
        ("groom_born", '"1990-01-01\\n"', "not_a_day"),
        ("groom_phone", '"0912345678\\n"', "not_a_phone"),
        ("groom_sex", '["male"]', "not_in_list"),
        ("children", DEEP, "not_in_list"),
        ("children", "[{" + HALF + ": 1}]", "not_in_list"),
        ("children", '[{"name": ' + HALF + "}]", "not_in_list"),
        ("children", '[{"name": {"state": "empty", "value": ' + HALF + "}}]", "wrong-shape"),
        ("children", '[{"name": {"state": "given", "value": "An", "more": 1e309}}]', "wrong-shape"),
        ("children", '[{"name": {"state": ["given"], "value": 1}}]', "not_in_list"),
    ],
)
def test_a_value_that_is_none_is_refused_and_nothing_is_kept(question, spelt, code):
    case, member = a_case()
    assert outcome_of(browser(member), case.pk, question, spelt) == code
    assert not Answer.objects.filter(case=case).exists()


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", -62135596800, 253402300800]
)
def test_an_event_says_no_time_before_this_house_or_after_now(at):
    case, member = a_case()
    with clock.at(clock.now()):
        answer = send(
            browser(member), "guide-answers", case.pk, body={"events": [sent("copies", 2, at=at)]}
        ).json()
        assert [one["outcome"] for one in answer["outcomes"]] == ["applied"]
        assert answer["answers"]["copies"]["at"] == clock.now().isoformat()


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("guide-takeover", '{"events": [], "ticks": 5}', 422),
        ("guide-takeover", '{"events": 5}', 422),
        ("guide-contacts", json.dumps({"kind": "web_push", "address": "[" * 1900}), 422),
        ("guide-contacts", '{"kind": "email", "address": "a@b.vn\\nBcc: c@d.vn"}', 422),
        ("guide-contacts", '{"kind": "webhook", "address": "https://[::1"}', 422),
        ("guide-contacts", '{"id": [1], "end": true}', 404),
        ("guide-ticks", '{"steps": {"\\ud800": true}}', 422),
        ("guide-consent", '{"purpose": "\\ud800"}', 422),
        ("guide-answers", "[" * 100_000, 415),
        ("guide-answers", '{"events": {}}', 422),
        ("guide-answers", json.dumps({"events": [{}] * 201}), 422),
        ("guide-answers", json.dumps({"events": ["x" * 600_000]}), 413),
        ("guide-answers", b"\xff", 415),
    ],
)
def test_a_body_of_nonsense_is_a_no_in_json(name, body, status):
    case, member = a_case()
    consents(case, member, "tell_result")
    answer = send(browser(member), name, case.pk, body=body)
    assert (answer.status_code, set(answer.json())) == (status, {"code", "message", "data"})
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Bcc" not in answer.content.decode()


def test_no_member_of_another_ward_reads_or_writes_a_case_by_its_id():
    case, _ = a_case()
    stranger = browser(make.member())
    for name in ("answers", "prefill", "rebase", "consent"):
        assert send(stranger, f"guide-{name}", case.pk).status_code == 404
    for name in (
        "answers",
        "prefill",
        "confirm",
        "takeover",
        "ticks",
        "rebase",
        "consent",
        "authorisation",
        "contacts",
    ):
        assert send(stranger, f"guide-{name}", case.pk, body={"events": []}).status_code == 404
    for name, more in (("receipt", ()), ("receipt-pdf", ("a5",)), ("form-pdf", ("declaration",))):
        assert stranger.get(reverse(name, args=[case.pk, *more])).status_code == 404
    assert send(stranger, "guide-resume", body={"code": case.code}).status_code == 404


def test_an_event_of_another_case_is_neither_undone_nor_taken_for_ones_own():
    first, member = a_case()
    second, _ = a_case(by=member)
    client = browser(member)
    event = sent("copies", 2)
    send(client, "guide-answers", first.pk, body={"events": [event]})
    again = {"id": str(new_id()), "undo": event["id"]}
    answer = send(client, "guide-answers", second.pk, body={"events": [event, again]}).json()
    assert [one["code"] for one in answer["outcomes"]] == ["id-reused", "nothing-to-undo"]
    assert answer["answers"] == {}


@pytest.mark.parametrize(
    "name",
    ["answers", "prefill", "confirm", "takeover", "ticks", "rebase", "consent", "authorisation", "contacts"],
)
def test_no_page_elsewhere_may_post_in_a_members_name(name):
    case, member = a_case()
    client = browser(member, enforce_csrf_checks=True)
    assert send(client, f"guide-{name}", case.pk, body={}).status_code == 403
    plain = client.post(reverse(f"guide-{name}", args=[case.pk]), "{}", content_type="text/plain")
    assert plain.status_code == 403


def test_whoever_was_erased_agrees_to_nothing_any_more():
    officer = make.member(role="officer")
    person = make.person(officer.ward)
    case, _ = a_case(person=person, by=officer)
    erase(person, by=officer)
    answer = send(browser(officer), "guide-answers", case.pk, body={"events": [sent("groom_name", "Lê An")]})
    assert [one["code"] for one in answer.json()["outcomes"]] == ["consent-needed"]
    assert answer.json()["consent"] == {"fill_in_form": False, "tell_result": False}


def test_one_address_leaves_so_many_handovers_and_no_more():
    cache.clear()
    client = browser()
    body = "A" * 60
    for number in range(60):
        assert send(client, "guide-handovers", body={"id": f"{number:032x}", "body": body}).status_code == 201
    assert send(client, "guide-handovers", body={"id": "f" * 32, "body": body}).status_code == 429
    assert HandOver.objects.count() == 60
    cache.clear()


def test_handovers_from_everywhere_do_not_fill_the_disk(monkeypatch):
    cache.clear()
    monkeypatch.setattr(handing_over, "MOST_KEPT", 2)
    client = browser()
    sent_as = [
        send(client, "guide-handovers", body={"id": f"{n:032x}", "body": "A" * 60}) for n in (1, 2, 3, 2)
    ]
    assert [one.status_code for one in sent_as] == [201, 201, 429, 200]
    assert sent_as[2].json()["code"] == "handovers-full"
    cache.clear()


def test_whoever_guesses_codes_is_stopped_and_one_is_taken_once():
    cache.clear()
    member = make.member()
    client = browser(member)
    send(client, "guide-handovers", body={"id": "a" * 32, "body": "A" * 60})
    assert send(client, "guide-handover-take", "a" * 32, body={}).status_code == 200
    guesses = [send(client, "guide-handover-take", f"{n:032x}", body={}).status_code for n in range(20)]
    assert guesses == [404] * 20
    assert send(client, "guide-handover-take", "a" * 32, body={}).status_code == 429
    cache.clear()


def test_two_hundred_undos_read_the_events_of_a_question_once():
    case, member = a_case()
    client = browser(member)
    events = [sent("copies", number % 20) for number in range(60)]
    undos = [{"id": str(new_id()), "undo": one["id"]} for one in reversed(events)]
    send(client, "guide-answers", case.pk, body={"events": events})
    with CaptureQueriesContext(connection) as asked:
        answer = send(client, "guide-answers", case.pk, body={"events": undos}).json()
    assert {one["outcome"] for one in answer["outcomes"]} == {"applied"}
    assert answer["answers"] == {}
    stacks = [one for one in asked if '"question" = ' in one["sql"] and "ORDER BY" in one["sql"]]
    assert len(stacks) == 1


def test_a_machine_that_answers_for_ever_is_stopped(monkeypatch):
    monkeypatch.setattr(answering, "MOST_OF_A_CASE", 3)
    case, member = a_case()
    events = [sent("copies", number) for number in range(5)]
    answer = send(browser(member), "guide-answers", case.pk, body={"events": events}).json()
    assert [one["code"] for one in answer["outcomes"]] == ["", "", "", "case-full", "case-full"]
    assert (answer["seq"], answer["answers"]["copies"]["value"]) == (3, 2)


@pytest.mark.parametrize(("role", "shown"), [("volunteer", "•••••••••901"), ("officer", "092096999901")])
def test_the_number_of_a_case_that_is_over_is_shown_to_those_alone_who_may_see_a_kept_one(role, shown):
    asked = (
        question("groom_id", "citizen_id", role="groom", key="id_number"),
        question("children", "repeat", fields=(question("number", "citizen_id"),), most=5),
    )
    member = make.member()
    case, _ = a_case(on=edition(questions=asked), by=member)
    rows = [{"number": {"state": "given", "value": "092096999901"}}]
    events = [sent("groom_id", "092096999901"), sent("children", rows)]
    client = browser(make.member(member.ward, role))
    open_one = send(client, "guide-answers", case.pk, body={"events": events}).json()["answers"]
    assert (open_one["groom_id"]["value"], open_one["children"]["value"]) == ("092096999901", rows)
    finish(case, by=member, outcome="informed_only", autonomy="together", device="none", account="none")
    over = send(client, "guide-answers", case.pk).json()["answers"]
    assert over["groom_id"]["value"] == shown
    assert over["children"]["value"] == [{"number": {"state": "given", "value": shown}}]
