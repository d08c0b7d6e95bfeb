"""The answers of a case over JSON: one state, an outcome for each event, and no value where it does not belong."""

from __future__ import annotations

import json
import logging

import pytest
from django.urls import reverse

from donghanh.cases.actions.ending import finish
from donghanh.cases.actions.handing_over import hand_over
from donghanh.cases.actions.helping import add_dossier
from donghanh.cases.rules.codes import DIGITS, LETTERS
from donghanh.kernel.ids import new_id
from donghanh.kernel.models import JournalEntry
from tests import make
from tests.cases.answering import a_case
from tests.cases.editions import edition
from tests.cases.test_editions import later_questions
from tests.cases.test_prefill import CARD, known_person
from tests.web.guided.client import browser, send, sent


def outcomes(answer):
    """Outcome or code of each event."""
    assert answer.status_code == 200, answer.content
    return [one["code"] or one["outcome"] for one in answer.json()["outcomes"]]


def test_the_state_of_a_case_says_all_the_guide_needs():
    case, member = a_case()
    state = send(browser(member), "guide-answers", case.pk).json()
    flow = state.pop("flow")
    assert state == {
        "case": str(case.pk), "code": case.code, "procedure": "9.000001", "edition": case.edition.hash, "number": 1,
        "seq": 0, "finished": False, "person": None, "consent": {"fill_in_form": True, "tell_result": False},
        "answers": {}, "old": {}, "aside": {}, "ticks": [], "papers_ticked": [], "newer": None, "rebased": None,
    }  # fmt: skip
    assert (flow["next"], flow["papers"]) == ("ask", {"identity": "needed"})


def test_each_event_gets_its_outcome_and_a_bad_one_harms_no_other():
    case, member = a_case()
    client = browser(member)
    name = sent(
        "groom_name",
        "Nguyễn Văn Ân",
        raw="nguyễn văn ân",
        hand="citizen",
        words="relative",
        at="2026-01-02T03:04:05+07:00",
    )
    events = [
        name,
        sent("copies", 99),
        {"id": "x", "question": "copies"},
        sent("copies", 2, edition=case.edition.hash),
        name,
        "?",
    ]
    answer = send(client, "guide-answers", case.pk, body={"events": events})
    assert outcomes(answer) == ["applied", "too_big", "bad-event", "applied", "duplicate", "bad-event"]
    shown = answer.json()
    assert shown["outcomes"][1] == {
        "id": events[1]["id"], "outcome": "refused", "code": "too_big", "message": "This number is too big.",
    }  # fmt: skip
    held = shown["answers"]["groom_name"]
    assert {**held, "event": name["id"]} == {
        "state": "given", "value": "Nguyễn Văn Ân", "source": "typed", "from": "", "hand": "citizen", "words": "relative",
        "by": member.full_name, "at": "2026-01-01T20:04:05+00:00", "confirmed": True, "seq": 1, "event": name["id"], "reason": "",
    }  # fmt: skip
    assert (shown["seq"], shown["answers"]["copies"]["value"]) == (2, 2)


def test_a_refused_row_says_where_and_undo_brings_back_what_was():
    case, member = a_case()
    client = browser(member)
    rows = sent("children", [{"name": {"state": "given", "value": "4"}}])
    assert (
        send(client, "guide-answers", case.pk, body={"events": [rows]}).json()["outcomes"][0]["field"]
        == "0.name"
    )
    first, second = sent("copies", 1), sent("copies", 2)
    undo = {"id": str(new_id()), "undo": second["id"]}
    answer = send(client, "guide-answers", case.pk, body={"events": [first, second, undo]})
    assert (outcomes(answer), answer.json()["answers"]["copies"]["value"]) == (["applied"] * 3, 1)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("{", 415, "not-json"), ("[]", 415, "not-json"), ("[" * 100_000, 415, "not-json"), (b"\xff\xfe", 415, "not-json"),
        ({"events": 3}, 422, "invalid"), ({"events": [{}] * 201}, 422, "invalid"), ({}, 422, "invalid"),
        ("{" + " " * 600_000 + "}", 413, "body-too-large"), ("{" + " " * 3_000_000 + "}", 413, "body-too-large"),
    ],
)  # fmt: skip
def test_a_body_of_another_form_is_refused_whole_by_name(body, status, code):
    case, member = a_case()
    answer = send(browser(member), "guide-answers", case.pk, body=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    "value",
    ["\ud800", "a\u0000b", "x" * 20_000, {"a": [1] * 1000}, [[[]]], 10**400, "\u202eevil", 1e400, None],
)
def test_a_hostile_value_is_refused_and_never_a_bug(value):
    case, member = a_case()
    raw = json.dumps(
        {
            "events": [
                sent("groom_name", value),
                sent("copies", value),
                sent("children", value),
                sent("was_married", value),
            ]
        }
    )
    assert set(outcomes(send(browser(member), "guide-answers", case.pk, body=raw))).isdisjoint(
        {"applied", "duplicate"}
    )


def test_a_stranger_a_leader_and_another_ward_get_a_no_in_json():
    case, member = a_case()
    for client, status, code in (
        (browser(), 401, "sign-in-needed"),
        (browser(make.member(member.ward, "province_officer")), 403, "not-allowed"),
        (browser(make.member()), 404, "not-found"),
    ):
        answer = send(client, "guide-answers", case.pk)
        assert (answer.status_code, answer.json()["code"], answer.headers["Cache-Control"]) == (
            status,
            code,
            "no-store",
        )
    assert send(browser(member), "guide-ticks", case.pk).status_code == 405
    strict = browser(member, enforce_csrf_checks=True)
    assert send(strict, "guide-answers", case.pk, body={"events": []}).status_code == 403


def test_a_finished_case_is_shown_and_takes_nothing():
    case, member = a_case()
    finish(case, by=member, outcome="informed_only", autonomy="together", device="none", account="none")
    client = browser(member)
    assert send(client, "guide-answers", case.pk).json()["finished"] is True
    answer = send(client, "guide-answers", case.pk, body={"events": [sent("copies", 1)]})
    assert (answer.status_code, answer.json()["code"]) == (409, "case-finished")


def test_proposals_come_in_groups_and_are_confirmed_once():
    member = make.member()
    case, _ = a_case(person=known_person(member), by=member)
    client = browser(member)
    groups = send(client, "guide-prefill", case.pk).json()["groups"]
    assert [(group["role"], group["from"], len(group["proposals"])) for group in groups] == [
        ("groom", "record", 4)
    ]
    scanned = send(client, "guide-prefill", case.pk, body={"card": CARD, "role": "bride"}).json()["groups"]
    assert [(group["role"], group["from"], [one["question"] for one in group["proposals"]]) for group in scanned][-1] == (
        "bride", "card", ["bride_name"],
    )  # fmt: skip
    events = [
        {"id": str(new_id()), "question": one["question"], "value": one["value"], "from": one["from"]}
        for one in groups[0]["proposals"]
    ]
    answer = send(client, "guide-confirm", case.pk, body={"events": events, "hand": "citizen"})
    assert (outcomes(answer), answer.json()["answers"]["groom_name"]["source"]) == (
        ["applied"] * 4,
        "prefilled",
    )
    assert send(client, "guide-prefill", case.pk).json()["groups"] == []
    assert send(client, "guide-prefill", case.pk, body={"card": {"photo": "x"}}).status_code == 422


def test_a_phone_s_answers_are_taken_over_once():
    case, member = a_case()
    client = browser(member)
    hand_over("ab" * 16, kind="answers", body="A" * 60)
    assert send(client, "guide-handover-take", "ab" * 16, body={}).json() == {
        "id": "ab" * 16, "kind": "answers", "body": "A" * 60,
    }  # fmt: skip
    assert send(client, "guide-handover-take", "ab" * 16, body={}).status_code == 404
    events = [sent("groom_name", "Lê Văn Tám"), sent("was_married", state="dont_know")]
    answer = send(
        client, "guide-takeover", case.pk, body={"handover": "ab" * 16, "events": events, "ticks": ["ask", 7]}
    )
    assert (outcomes(answer), answer.json()["ticks"]) == (["applied", "applied"], ["ask"])
    assert answer.json()["answers"]["groom_name"]["source"] == "taken_over"


def test_whoever_guesses_codes_of_phones_must_wait():
    client = browser(make.member())
    statuses = [
        send(client, "guide-handover-take", f"{number:032x}", body={}).status_code for number in range(21)
    ]
    assert statuses == [404] * 20 + [429]


def test_an_open_case_is_found_by_its_code_by_those_who_may_see_it():
    case, member = a_case()
    assert all(sign in (DIGITS if place % 3 == 2 else LETTERS) for place, sign in enumerate(case.code))
    typed = f" {case.code[:4].lower()}-{case.code[4:]} "
    found = send(browser(member), "guide-resume", body={"code": typed})
    assert found.json() == {
        "case": str(case.pk), "code": case.code, "procedure": "9.000001", "edition": case.edition.hash,
    }  # fmt: skip
    assert send(browser(make.member()), "guide-resume", body={"code": typed}).status_code == 404
    assert send(browser(member), "guide-resume", body={"code": ""}).status_code == 404
    finish(case, by=member, outcome="informed_only", autonomy="together", device="none", account="none")
    assert send(browser(member), "guide-resume", body={"code": typed}).status_code == 404


def test_steps_and_papers_are_ticked_and_unticked():
    case, member = a_case()
    client = browser(member)
    state = send(
        client, "guide-ticks", case.pk, body={"steps": {"ask": True}, "papers": {"identity": True}}
    ).json()
    assert (state["ticks"], state["papers_ticked"]) == (["ask"], ["identity"])
    state = send(client, "guide-ticks", case.pk, body={"papers": {"identity": False}}).json()
    assert (state["ticks"], state["papers_ticked"]) == (["ask"], [])
    for body in ({"steps": {"x": True}}, {"papers": {"x": True}}, {"steps": {"ask": 1}}, {"papers": []}):
        assert send(client, "guide-ticks", case.pk, body=body).status_code == 422


def test_a_newer_edition_is_offered_with_its_difference_taken_and_undone():
    first = edition("9.000020")
    case, member = a_case(on=first)
    client = browser(member)
    send(
        client,
        "guide-answers",
        case.pk,
        body={"events": [sent("copies", 2), sent("bride_name", "Trần Thị Bé")]},
    )
    assert send(client, "guide-rebase", case.pk).json()["to"] is None
    second = edition("9.000020", later_questions())
    assert send(client, "guide-answers", case.pk).json()["newer"] == {"hash": second.hash, "number": 2}
    told = send(client, "guide-rebase", case.pk).json()
    assert (told["kept"], told["again"], told["aside"]) == (0, ["copies"], ["bride_name"])
    assert {
        "kind": "type_changed",
        "where": "questions.copies",
        "old": "integer",
        "new": "text",
    }.items() <= next(one for one in told["changes"] if one["where"] == "questions.copies").items()
    moved = send(client, "guide-rebase", case.pk, body={"to": second.hash, "why": "New form"}).json()
    assert (moved["edition"], moved["old"], moved["newer"]) == (
        second.hash,
        {"copies": {"state": "given", "value": 2}},
        None,
    )
    assert moved["rebased"]["can_undo"] is True
    back = send(client, "guide-rebase", case.pk, body={"undo": True}).json()
    assert (back["edition"], back["answers"]["copies"]["value"], back["rebased"]) == (first.hash, 2, None)
    assert send(client, "guide-rebase", case.pk, body={"to": "0" * 64}).status_code == 404


def test_consent_is_read_given_signed_and_taken_back_over_json():
    case, member = a_case(consent=False)
    client = browser(member)
    texts = send(client, "guide-consent", case.pk, query="?language=fr").json()["texts"]
    first = texts[0]
    assert ([one["purpose"] for one in texts], first["given"]) == (["fill_in_form", "tell_result"], None)
    body = {
        "purpose": "fill_in_form", "hash": first["hash"], "language": "fr", "method": "signed_on_screen",
        "strokes": [[[1, 1], [9, 9]]],
    }  # fmt: skip
    assert send(client, "guide-consent", case.pk, body=body).json()["consent"]["fill_in_form"] is True
    given = send(client, "guide-consent", case.pk).json()["texts"][0]["given"]
    assert (given["method"], given["by"]) == ("signed_on_screen", member.full_name)
    assert send(client, "guide-consent", case.pk, body={**body, "strokes": "x"}).status_code == 422
    withdrawn = send(client, "guide-consent", case.pk, body={"purpose": "fill_in_form", "withdraw": True})
    assert withdrawn.json()["consent"]["fill_in_form"] is False
    relative = {"name": "Lê Thị Em", "relation": "sibling", "paper": "authorisation_letter"}
    assert send(client, "guide-authorisation", case.pk, body=relative).status_code == 200
    assert send(client, "guide-consent", case.pk).json()["authorisation"] == {
        "relation": "sibling", "paper": "authorisation_letter",
    }  # fmt: skip


def test_contacts_and_statuses_over_json():
    case, member = a_case()
    client = browser(member)
    body = {"kind": "sms", "address": "0912345678"}
    assert send(client, "guide-contacts", case.pk, body=body).json()["code"] == "consent-needed"
    words = send(client, "guide-consent", case.pk).json()["texts"][1]
    send(client, "guide-consent", case.pk, body={"purpose": "tell_result", "hash": words["hash"]})
    kept = send(client, "guide-contacts", case.pk, body=body).json()
    assert kept["kind"] == "sms"
    dossier = add_dossier(case, portal="national", code="H17.2-261124-0001", by=member)
    shown = send(
        client,
        "guide-dossier-status",
        case.pk,
        dossier.pk,
        body={"status": "received", "due_on": "2026-12-01"},
    )
    assert (shown.json()["status"], shown.json()["dossier"]) == ("received", str(dossier.pk))
    for wrong, status in (({"status": "lost"}, 422), ({"status": "received", "due_on": "soon"}, 422)):
        assert send(client, "guide-dossier-status", case.pk, dossier.pk, body=wrong).status_code == status
    other, _ = a_case(by=member)
    assert (
        send(client, "guide-dossier-status", other.pk, dossier.pk, body={"status": "received"}).status_code
        == 404
    )
    assert send(client, "guide-contacts", other.pk, body={"id": kept["id"], "end": True}).status_code == 404
    assert send(client, "guide-contacts", case.pk, body={"id": kept["id"], "end": True}).status_code == 200


def test_no_value_stands_in_a_log_an_address_or_the_journal(caplog):
    case, member = a_case()
    client = browser(member)
    with caplog.at_level(logging.DEBUG):
        send(
            client,
            "guide-answers",
            case.pk,
            body={"events": [sent("groom_name", "Nguyễn Văn Bí Mật"), sent("groom_born", "Bí Mật")]},
        )
        send(client, "guide-prefill", case.pk, body={"card": {**CARD, "name": "Bí Mật"}, "role": "groom"})
    logged = [
        one.getMessage()
        for one in caplog.records
        if one.name.startswith(("donghanh", "django.request", "django.server"))
    ]
    journal = "".join(JournalEntry.objects.filter(ward=case.ward_id).values_list("facts_json", flat=True))
    assert not any("Bí Mật" in text for text in (*logged, journal, reverse("guide-answers", args=[case.pk])))
