"""One key, one act, one answer."""

from __future__ import annotations

import json
from datetime import timedelta

from donghanh.kernel import answers, clock
from donghanh.kernel.answers import forget_old_answers
from donghanh.kernel.models import JournalEntry, KeptAnswer
from donghanh.queue.models import Ticket
from tests.web.api.ward import ward


def test_a_retry_gets_the_same_answer_and_acts_no_second_time():
    here = ward()
    body = {"point": str(here.point.pk), "priority": 1}
    first = here.kiosk.post("/tickets", body, key="k1")
    again = here.kiosk.post("/tickets", dict(reversed(body.items())), key="k1")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert Ticket.objects.filter(point=here.point).count() == 1


def test_another_body_or_route_with_the_key_is_refused():
    here = ward()
    here.volunteer.post("/tickets", {"point": str(here.point.pk)}, key="k1")
    other = here.volunteer.post("/tickets", {"point": str(here.point.pk), "priority": 1}, key="k1")
    route = here.volunteer.post(f"/counters/{here.counter.pk}/call-next", key="k1")
    assert [(one.status_code, one.json()["code"]) for one in (other, route)] == [
        (422, "idempotency-key-reused")
    ] * 2
    assert Ticket.objects.filter(point=here.point).count() == 1


def test_keys_are_the_asker_s_own():
    here = ward()
    one = here.kiosk.post("/tickets", {"point": str(here.point.pk)}, key="k1").json()
    two = here.volunteer.post("/tickets", {"point": str(here.point.pk)}, key="k1").json()
    assert [one["number"], two["number"]] == ["A001", "A002"]


def test_an_empty_answer_and_a_refusal_are_kept_too():
    here = ward()
    path = f"/counters/{here.counter.pk}/call-next"
    here.volunteer.post(path, key="k1")
    ticket = here.volunteer.post("/tickets", {"point": str(here.point.pk)}).json()["id"]
    again = here.volunteer.post(path, key="k1")
    assert (again.status_code, again.content, again.headers["Idempotent-Replayed"]) == (204, b"", "true")
    refused = here.volunteer.post(f"/tickets/{ticket}/arrived", key="k2")
    here.volunteer.post(path)
    still = here.volunteer.post(f"/tickets/{ticket}/arrived", key="k2")
    assert (refused.status_code, still.status_code) == (409, 409)
    assert still.json() == refused.json()
    assert still.headers["Content-Type"] == "application/problem+json"


def test_a_refused_act_leaves_nothing_but_its_answer():
    here = ward()
    entries = JournalEntry.objects.count()
    here.kiosk.post("/tickets", {"point": str(here.point.pk), "priority": 9}, key="k1")
    kept = KeptAnswer.objects.get(key="k1")
    assert (JournalEntry.objects.count(), Ticket.objects.filter(point=here.point).count()) == (entries, 0)
    assert (kept.status, json.loads(kept.body)["code"]) == (422, "invalid")


def test_the_slower_of_two_twins_is_undone_and_answers_what_the_faster_did(monkeypatch):
    here = ward()
    look, twin = answers.kept_answer, {}

    def late(asker: str, key: str, print_: str) -> answers.Kept | None:
        """The twin acts whole between this one's look and its act."""
        found = look(asker, key, print_)
        if not twin:
            twin["answer"] = True
            twin["answer"] = here.kiosk.post("/tickets", {"point": str(here.point.pk)}, key="k1")
        return found

    monkeypatch.setattr("donghanh.web.api.once.kept_answer", late)
    slower = here.kiosk.post("/tickets", {"point": str(here.point.pk)}, key="k1")
    assert slower.content == twin["answer"].content
    assert slower.headers["Idempotent-Replayed"] == "true"
    assert [one.number for one in Ticket.objects.filter(point=here.point)] == ["A001"]
    assert JournalEntry.objects.filter(ward=here.point.ward_id, verb="ticket.issue").count() == 1


def test_a_key_must_be_printable_and_short():
    here = ward()
    for key in (" ", "é", "x" * 129, "a b"):
        answer = here.kiosk.post("/tickets", {"point": str(here.point.pk)}, key=key)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), key


def test_answers_are_forgotten_after_a_day():
    here = ward()
    here.kiosk.post("/tickets", {"point": str(here.point.pk)}, key="k1")
    assert forget_old_answers(clock.now() + timedelta(hours=23)) == 0
    assert forget_old_answers(clock.now() + timedelta(hours=25)) == 1
