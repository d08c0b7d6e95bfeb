"""Every no of the API: its status, its code, and that nothing was changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from donghanh.kernel import clock
from donghanh.kernel.models import JournalEntry
from donghanh.places.models import Counter
from donghanh.queue.models import Series
from donghanh.teams.models import Device, Member
from tests import make
from tests.web.api.ward import Caller, Ward, ward

NOBODY = "0192f0c1-7b1a-7cc1-8f5d-2a5d3c1e9b10"


def said(answer: Any) -> tuple[int, str]:
    """Status and code of a problem, whose form is checked on the way."""
    problem = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert set(problem) == {"type", "title", "status", "detail", "code", "data"}
    assert problem["status"] == answer.status_code
    assert problem["detail"]
    return answer.status_code, problem["code"]


def test_a_stranger_is_told_to_sign_in():
    here = ward()
    for token in ("", "wrong", "x" * 500):
        answer = Caller(token).get("/points")
        assert said(answer) == (401, "sign-in-needed")
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    bare = Client().post("/api/v1/tickets", {"point": str(here.point.pk)}, content_type="application/json")
    assert said(bare) == (401, "sign-in-needed")


def test_a_revoked_token_and_a_deactivated_member_are_out_at_once():
    here = ward()
    Device.objects.filter(kind="kiosk", point=here.point).update(revoked_at=clock.now())
    assert said(here.kiosk.get("/points")) == (401, "sign-in-needed")
    Member.objects.filter(username=f"script-volunteer-{here.point.ward_id}").update(is_active=False)
    assert said(here.volunteer.get("/points")) == (401, "sign-in-needed")


def test_a_session_works_and_needs_the_page_s_token_to_change_anything():
    here = ward()
    member = make.member(here.point.ward)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member)
    assert [one["id"] for one in browser.get("/api/v1/points").json()] == [str(here.point.pk)]
    body = json.dumps({"point": str(here.point.pk)})
    without = browser.post("/api/v1/tickets", body, content_type="application/json")
    assert said(without) == (403, "csrf-failed")
    browser.cookies["csrftoken"] = token = "a" * 32
    given = browser.post(
        "/api/v1/tickets", body, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert given.status_code == 201
    entry = JournalEntry.objects.get(subject_id=given.json()["id"])
    assert (entry.by_kind, entry.by_id) == ("member", str(member.pk))


def rows_of(here: Ward) -> dict[str, str]:
    """Ids of a ward's rows by the name of their place in an address."""
    ticket, case = here.stay()
    police = make.organisation(here.point.ward)
    sent = here.volunteer.post(
        f"/cases/{case}/refer", {"organisation": str(police.pk), "due_on": "2099-01-05"}
    )
    return {
        "point": str(here.point.pk), "counter": str(here.counter.pk), "ticket": ticket, "case": case,
        "referral": sent.json()["id"], "organisation": str(police.pk),
    }  # fmt: skip


@pytest.mark.parametrize("exists", [True, False])
def test_a_foreign_ward_s_rows_are_not_found_like_those_that_do_not_exist(exists: bool):
    here, there = ward(), ward()
    ids = (
        rows_of(there)
        if exists
        else dict.fromkeys(["point", "counter", "ticket", "case", "referral"], NOBODY)
    )
    reads = (
        "/points/{point}/counters", "/points/{point}/series", "/points/{point}/board", "/procedures?point={point}",
        "/points/{point}/days/2026-11-24/report", "/tickets/{ticket}", "/cases/{case}",
    )  # fmt: skip
    for path in reads:
        assert said(here.officer.get(path.format(**ids))) == (404, "not-found"), path
    moves = ("arrived", "recall", "absent", "hold", "park", "leave", "undo", "resume", "forward")
    step, dossier = {"steps": [{"step": "papers", "done": True}]}, {"portal": "national", "code": "1"}
    writes: list[tuple[str, Any]] = [
        ("/tickets", {"point": ids["point"]}), ("/counters/{counter}/call-next", None),
        *((f"/tickets/{{ticket}}/{move}", None) for move in moves),
        ("/cases", {"ticket": ids["ticket"], "procedure": "1.000894"}),
        ("/cases", {"point": ids["point"], "procedure": "1.000894"}), ("/cases/{case}/steps", step),
        ("/cases/{case}/dossier", dossier), ("/cases/{case}/notes", {"text": "x"}),
        ("/cases/{case}/refer", {"organisation": NOBODY, "due_on": "2099-01-05"}),
        ("/referrals/{referral}/return", None), ("/cases/{case}/finish", {"outcome": "done"}),
    ]  # fmt: skip
    for path, body in writes:
        assert said(here.officer.post(path.format(**ids), body)) == (404, "not-found"), path


def test_foreign_rows_named_in_a_body_are_not_found_either():
    here, there = ward(), ward()
    ids = rows_of(there)
    ticket, case = here.stay()
    person = make.person(there.point.ward)
    series = Series.objects.get(point=there.point, letter="A")
    far = {"organisation": ids["organisation"], "due_on": "2099-01-05"}
    for path, body in (
        ("/tickets", {"point": str(here.point.pk), "series": str(series.pk)}),
        ("/tickets", {"point": str(here.point.pk), "procedure": "9.999999"}),
        ("/cases", {"ticket": ticket, "procedure": "1.000894", "person": str(person.pk)}),
        (f"/cases/{case}/refer", far),
        (f"/tickets/{ticket}/forward", {"counter": ids["counter"]}),
        (f"/tickets/{ticket}/forward", {"member": str(make.member(there.point.ward).pk)}),
    ):
        assert said(here.volunteer.post(path, body)) == (404, "not-found"), (path, body)


def test_devices_and_roles_have_their_verbs_only():
    here = ward()
    ticket, _ = here.stay()
    for asker, method, path, body in (
        (here.board, "post", "/tickets", {"point": str(here.point.pk)}),
        (here.kiosk, "post", f"/counters/{here.counter.pk}/call-next", None),
        (here.kiosk, "get", f"/tickets/{ticket}", None),
        (here.kiosk, "post", "/cases", {"ticket": ticket, "procedure": "1.000894"}),
        (here.volunteer, "get", f"/points/{here.point.pk}/days/2026-11-24/report", None),
    ):
        answer = asker.get(path) if method == "get" else asker.post(path, body)
        assert said(answer) == (403, "not-allowed"), path


def test_the_state_of_things_says_no_by_name():
    here = ward()
    ticket, case = here.stay()
    steps = f"/cases/{case}/steps"
    assert said(here.volunteer.post(f"/tickets/{ticket}/arrived")) == (409, "move-not-possible")
    assert said(here.volunteer.post(f"/tickets/{ticket}/recall")) == (409, "move-not-possible")
    assert said(here.volunteer.post(steps, {"steps": [{"step": "nope"}]})) == (422, "unknown-step")
    note = here.volunteer.post(f"/cases/{case}/notes", {"text": "mã OTP 123456"})
    assert said(note) == (422, "never-kept")
    on_behalf = {"outcome": "done", "account": "officers_on_behalf"}
    assert said(here.volunteer.post(f"/cases/{case}/finish", on_behalf)) == (403, "not-for-volunteers")
    unknown = {"outcome": "papers_missing", "missing_papers": ["nope"]}
    assert said(here.volunteer.post(f"/cases/{case}/finish", unknown)) == (422, "invalid")
    here.volunteer.post(f"/cases/{case}/finish", {"outcome": "done"})
    assert said(here.volunteer.post(f"/cases/{case}/finish", {"outcome": "done"})) == (409, "case-finished")
    here.volunteer.post("/tickets", {"point": str(here.point.pk)})
    called = here.volunteer.post(f"/counters/{here.counter.pk}/call-next").json()["id"]
    assert said(here.volunteer.post(f"/tickets/{called}/recall")) == (409, "too-soon-to-recall")
    Counter.objects.filter(pk=here.counter.pk).update(is_active=False)
    assert said(here.volunteer.post(f"/counters/{here.counter.pk}/call-next")) == (409, "counter-not-in-use")
    Series.objects.filter(point=here.point, letter="B").update(daily_limit=0)
    full = here.kiosk.post("/tickets", {"point": str(here.point.pk), "series": "B"})
    assert said(full) == (409, "series-full")
    assert said(here.kiosk.post("/tickets", {"point": str(here.point.pk), "priority": 9})) == (422, "invalid")
    assert said(here.volunteer.post("/cases", {"procedure": "1.000894"})) == (422, "invalid")


ODD = [
    b'{"point": "x"}', b'{"point": 3}', b'{"point": null}', b"[]", b"3", b'"x"', b"{}",
    b'{"point": "%s", "unknown": 1}', b'{"point": "%s", "priority": 99999999999999999999999}',
    b'{"point": "%s", "priority": "1"}', b'{"point": "%s", "priority": true}', b'{"point": "%s", "priority": -1}',
    b'{"point": "%s", "procedure": "\\u0000"}', b'{"point": "%s", "procedure": "\\ud800"}',
    b'{"point": "%s", "series": "\\ud800\\u0000"}', b'{"point": "%s", "\\ud800": 1}',
]  # fmt: skip


@pytest.mark.parametrize("body", ODD)
def test_odd_values_are_invalid_and_named(body: bytes):
    here = ward()
    answer = send(here, body.replace(b"%s", str(here.point.pk).encode()))
    assert said(answer) == (422, "invalid")
    assert answer.json()["data"]["errors"]


@pytest.mark.parametrize(
    "body",
    [b"{", b"\xff\xfe", b'{"priority": NaN}', b'{"priority": 1e999}'[:-1], b"[" * 100_000, b"9" * 5000],
)
def test_what_is_not_json_is_said_to_be_so(body: bytes):
    status, code = said(send(ward(), body))
    assert (status, code) in {(400, "bad-json"), (413, "body-too-large")}


def test_other_media_types_large_bodies_methods_and_addresses():
    here = ward()
    assert said(send(here, b"point=1", "application/x-www-form-urlencoded")) == (415, "not-json")
    assert said(send(here, b" " * 70_000)) == (413, "body-too-large")
    assert said(send(here, b" " * 3_000_000)) == (413, "body-too-large")
    other = Client().delete("/api/v1/tickets", headers={"Authorization": f"Bearer {here.officer.token}"})
    assert said(other) == (405, "method-not-allowed")
    assert other.headers["Allow"] == "POST"
    assert said(here.officer.get("/nowhere")) == (404, "not-found")
    assert said(here.officer.get("/tickets/12")) == (422, "invalid")
    assert said(Client().get("/api/v1/nowhere")) == (404, "not-found")
    assert said(here.officer.get("/points?ward=%00")) == (422, "invalid")


def test_the_language_is_the_asker_s():
    here = ward()
    english = here.officer.get(f"/tickets/{NOBODY}", **{"Accept-Language": "en"})
    assert english.json()["detail"] == "This was not found here."
    assert english.headers["Content-Language"] == "en"
    assert here.officer.get(f"/tickets/{NOBODY}").headers["Content-Language"] == "vi"


def send(here: Ward, body: bytes, kind: str = "application/json") -> Any:
    """A raw body to POST /tickets."""
    headers = {"Authorization": f"Bearer {here.officer.token}"}
    return Client().post("/api/v1/tickets", body, content_type=kind, headers=headers)
