"""A stay through the API, route by route, each answer compared whole."""

from __future__ import annotations

from datetime import timedelta

from donghanh.cases.models import Case, CaseNote
from donghanh.kernel import clock
from donghanh.kernel.models import JournalEntry
from donghanh.places.models import Counter
from donghanh.queue.models import Ticket
from donghanh.teams.models import Device
from tests import make
from tests.web.api.ward import ward


def test_points_are_those_the_asker_may_see():
    here, foreign = ward(), ward()
    shown = {
        "id": str(here.point.pk), "ward": here.point.ward_id, "name": here.point.name, "kind": "centre",
        "mobile": False, "active": True,
    }  # fmt: skip
    assert here.volunteer.get("/points").json() == [shown]
    assert here.board.get(f"/points?ward={here.point.ward_id}").json() == [shown]
    assert here.volunteer.get(f"/points?ward={foreign.point.ward_id}").json() == []


def test_counters_series_and_procedures_of_a_point():
    here = ward()
    Counter.objects.filter(point=here.point, label="2").update(is_open=False)
    one, two = Counter.objects.filter(point=here.point).order_by("label")
    assert here.volunteer.get(f"/points/{here.point.pk}/counters").json() == [
        {"id": str(one.pk), "label": "1", "name": "", "open": True},
        {"id": str(two.pk), "label": "2", "name": "", "open": False},
    ]
    english = {"Accept-Language": "en-GB,en;q=0.9"}
    series = here.kiosk.get(f"/points/{here.point.pk}/series", **english).json()
    assert [(s["letter"], s["name"], s["pictogram"]) for s in series] == [
        ("A", "Civil status", "paper"),
        ("B", "Civil status", "paper"),
    ]
    offered = here.volunteer.get(f"/procedures?point={here.point.pk}").json()
    assert sorted((p["code"], p["edition"], tuple(p["series"])) for p in offered) == [
        ("1.000894", 1, ("A",)),
        ("2.000635", 1, ("B",)),
    ]


def test_a_ticket_is_issued_with_its_place_and_wait():
    here = ward()
    first = here.kiosk.post("/tickets", {"point": str(here.point.pk)})
    second = here.volunteer.post(
        "/tickets", {"point": str(here.point.pk), "procedure": "1.000894", "priority": 1}
    )
    of_b = here.volunteer.post("/tickets", {"point": str(here.point.pk), "series": "B"})
    assert [one.status_code for one in (first, second, of_b)] == [201, 201, 201]
    row = Ticket.objects.get(pk=first.json()["id"])
    assert first.json() == {
        "id": str(row.pk), "number": "A001", "state": "waiting", "ahead": 0,
        "wait": {"p50_minutes": 0, "p80_minutes": 0}, "url": f"http://testserver/t/{row.secret}/",
    }  # fmt: skip
    assert row.channel == "kiosk"
    assert (second.json()["number"], second.json()["ahead"]) == ("A002", 0)
    assert of_b.json()["number"] == "B001"


def test_the_wait_is_null_when_nobody_serves():
    here = ward()
    Counter.objects.filter(point=here.point).update(is_open=False)
    assert here.kiosk.post("/tickets", {"point": str(here.point.pk)}).json()["wait"] is None


def test_the_next_ticket_is_called_and_nobody_is_204():
    here = ward()
    path = f"/counters/{here.counter.pk}/call-next"
    Counter.objects.filter(pk=here.counter.pk).update(is_open=False)
    nobody = here.volunteer.post(path)
    assert (nobody.status_code, nobody.content) == (204, b"")
    assert Counter.objects.get(pk=here.counter.pk).is_open
    issued = here.volunteer.post("/tickets", {"point": str(here.point.pk), "procedure": "1.000894"}).json()
    called = here.volunteer.post(path)
    row = Ticket.objects.get(pk=issued["id"])
    assert (called.status_code, called.json()) == (
        200,
        {
            "id": issued["id"], "number": "A001", "state": "called", "point": str(here.point.pk), "series": "A",
            "procedure": str(here.marriage.pk), "priority": 0, "counter": "1", "calls": 1,
            "issued_at": row.issued_at.isoformat(), "called_at": row.called_at.isoformat(), "ended_at": None,
        },
    )  # fmt: skip
    assert row.member is not None
    assert row.member.username == f"script-volunteer-{here.point.ward_id}"


def test_every_move_of_a_ticket():
    here = ward()
    here.volunteer.post("/tickets", {"point": str(here.point.pk)})
    ticket = here.volunteer.post(f"/counters/{here.counter.pk}/call-next").json()["id"]

    def moved(name: str, body: object = None) -> str:
        answer = here.volunteer.post(f"/tickets/{ticket}/{name}", body)
        assert answer.status_code == 200, answer.content
        return answer.json()["state"]

    with clock.at(clock.now() + timedelta(seconds=40)):
        assert moved("recall") == "recalled"
    assert moved("arrived") == "serving"
    assert moved("hold") == "held"
    assert moved("resume", {"counter": str(make.counter(here.point, "2").pk)}) == "serving"
    assert Ticket.objects.get(pk=ticket).counter.label == "2"
    assert moved("park") == "parked"
    assert moved("undo") == "serving"
    assert moved("park") == "parked"
    assert moved("resume") == "waiting"
    here.volunteer.post(f"/counters/{here.counter.pk}/call-next")
    assert moved("absent") == "absent"
    assert moved("resume") == "waiting"
    here.volunteer.post(f"/counters/{here.counter.pk}/call-next")
    assert moved("arrived") == "serving"
    assert moved("forward", {"series": "B", "note": "bản sao"}) == "waiting"
    assert Ticket.objects.get(pk=ticket).series.letter == "B"
    assert moved("leave") == "gone"
    shown = here.volunteer.get(f"/tickets/{ticket}").json()
    assert (shown["state"], shown["ahead"], shown["wait"]) == ("gone", None, None)


def test_a_case_from_its_opening_to_the_receipt():
    here = ward()
    here.volunteer.post("/tickets", {"point": str(here.point.pk)})
    ticket = here.volunteer.post(f"/counters/{here.counter.pk}/call-next").json()["id"]
    opened = here.volunteer.post(
        "/cases", {"ticket": ticket, "procedure": "1.000894"}, **{"Accept-Language": "fr"}
    )
    case = opened.json()
    row = Case.objects.get(pk=case["id"])
    assert opened.status_code == 201
    assert Ticket.objects.get(pk=ticket).state == "serving"
    assert {name: case[name] for name in case if name not in {"steps", "papers"}} == {
        "id": str(row.pk), "point": str(here.point.pk), "ticket": ticket, "person": None, "procedure": "1.000894",
        "name": here.marriage.name_fr, "edition": {"number": 1, "hash": row.edition.hash}, "dossiers": [],
        "opened_at": row.opened_at.isoformat(), "finished_at": None, "outcome": None, "due_on": None,
    }  # fmt: skip
    assert [set(step) for step in case["steps"]] == [
        {"id", "title", "text", "say", "who", "volunteer_stops", "done"}
    ] * len(case["steps"])
    assert [set(paper) for paper in case["papers"]] == [{"id", "name", "get", "mode", "form", "count"}] * len(
        case["papers"]
    )
    ids = [step["id"] for step in case["steps"]]
    ticked = here.volunteer.post(
        f"/cases/{case['id']}/steps", {"steps": [{"step": one, "done": True} for one in ids]}
    )
    assert ticked.json() == {"id": case["id"], "steps": [{"step": one, "done": True} for one in ids]}
    here.volunteer.post(f"/cases/{case['id']}/steps", {"steps": [{"step": ids[0], "done": False}]})
    dossier = here.volunteer.post(
        f"/cases/{case['id']}/dossier",
        {"portal": "national", "code": "H17.13.2-261124-0003", "due_on": "2026-12-01"},
    )
    shown = {"portal": "national", "code": "H17.13.2-261124-0003", "warning": None, "due_on": "2026-12-01"}
    assert dossier.json() == {"id": dossier.json()["id"], **shown}
    seen = here.volunteer.get(f"/cases/{case['id']}", **{"Accept-Language": "fr"}).json()
    steps = [{**step, "done": step["id"] != ids[0]} for step in case["steps"]]
    assert seen == {**case, "steps": steps, "dossiers": [dossier.json()], "due_on": "2026-12-01"}
    ended = here.volunteer.post(
        f"/cases/{case['id']}/finish", {"outcome": "submitted", "autonomy": "together"}
    )
    row.refresh_from_db()
    assert ended.json() == {
        "id": case["id"], "outcome": "submitted", "finished_at": row.finished_at.isoformat(), "seconds": row.seconds,
        "due_on": "2026-12-01", "ticket": ticket, "ticket_state": "done",
    }  # fmt: skip
    assert here.volunteer.post(f"/tickets/{ticket}/undo").json()["state"] == "serving"
    assert Case.objects.get(pk=case["id"]).outcome == ""


def test_a_stay_stays_open_while_another_case_is():
    here = ward()
    ticket, first = here.stay()
    second = here.volunteer.post("/cases", {"ticket": ticket, "procedure": str(here.extract.pk)}).json()["id"]

    def finish(case: str, **facts: object) -> object:
        return here.volunteer.post(f"/cases/{case}/finish", {"outcome": "done", **facts}).json()[
            "ticket_state"
        ]

    assert finish(first) == "serving"
    assert finish(second) == "done"


def test_a_case_without_a_ticket_for_a_known_person():
    here = ward()
    person = make.person(here.point.ward)
    facts = {"point": str(here.point.pk), "procedure": "2.000635", "person": str(person.pk)}
    case = here.volunteer.post("/cases", facts).json()
    assert (case["ticket"], case["person"]) == (None, str(person.pk))
    ended = here.volunteer.post(f"/cases/{case['id']}/finish", {"outcome": "informed_only"}).json()
    assert (ended["ticket"], ended["ticket_state"]) == (None, None)


def test_notes_referrals_and_their_return():
    here = ward()
    _, case = here.stay()
    police = make.organisation(here.point.ward)
    note = here.volunteer.post(f"/cases/{case}/notes", {"text": "Hẹn chiều mai"})
    kept = CaseNote.objects.get(case=case)
    assert (note.status_code, note.json()) == (
        201,
        {"id": str(kept.pk), "case": case, "at": kept.at.isoformat()},
    )
    sent = here.volunteer.post(
        f"/cases/{case}/refer", {"organisation": str(police.pk), "due_on": "2099-01-05", "reason": "VNeID"}
    )
    assert sent.status_code == 201
    referral = sent.json()
    assert {name: referral[name] for name in referral if name not in {"id", "sent_at"}} == {
        "case": case, "organisation": str(police.pk), "reason": "VNeID", "due_on": "2099-01-05",
        "returned_at": None, "result": "",
    }  # fmt: skip
    back = here.volunteer.post(f"/referrals/{referral['id']}/return", {"result": "mức 2"}).json()
    assert back == {**referral, "returned_at": back["returned_at"], "result": "mức 2"}
    again = here.volunteer.post(f"/referrals/{referral['id']}/return", {"result": "mức 2"})
    assert (again.status_code, again.json()["code"]) == (409, "case-finished")


def test_the_board_shows_numbers_and_where_the_stream_goes_on():
    here = ward()
    for _ in range(3):
        here.kiosk.post("/tickets", {"point": str(here.point.pk)})
    here.stay()
    called = here.volunteer.post(f"/counters/{make.counter(here.point, '2').pk}/call-next").json()
    board = here.board.get(f"/points/{here.point.pk}/board")
    last = JournalEntry.objects.filter(ward=here.point.ward_id).order_by("-seq").first()
    served = Ticket.objects.get(point=here.point, letter="A", ordinal=1)
    assert board.json() == {
        "point": str(here.point.pk), "name": here.point.name,
        "called": [{"number": "A002", "counter": "2", "calls": 1, "called_at": called["called_at"]}],
        "recent": [
            {"number": "A001", "counter": "1", "calls": 1, "called_at": served.last_called_at.isoformat()}
        ],
        "absent": [], "waiting": 2, "wait": board.json()["wait"], "last_event_id": last.seq,
    }  # fmt: skip
    here.volunteer.post(f"/tickets/{called['id']}/absent")
    assert here.board.get(f"/points/{here.point.pk}/board").json()["absent"] == ["A002"]


def test_the_report_of_a_day():
    here = ward()
    here.stay()
    report = here.coordinator.get(f"/points/{here.point.pk}/days/{clock.today()}/report").json()
    assert (report["ward"], report["stays"]["issued"], report["cases"]["opened"]) == (
        here.point.ward_id,
        1,
        1,
    )
    empty = here.coordinator.get(f"/points/{here.point.pk}/days/2026-01-05/report").json()
    assert (empty["first_day"], empty["stays"]["issued"]) == ("2026-01-05", 0)


def test_the_document_is_public_and_names_every_route():
    from django.test import Client

    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    assert {f"{method.upper()} {path.removeprefix('/api/v1')}" for path, ops in paths.items() for method in ops} == {
        "GET /points", "GET /points/{point_id}/counters", "GET /points/{point_id}/series", "GET /procedures",
        "GET /points/{point_id}/board", "GET /points/{point_id}/days/{day}/report", "POST /tickets",
        "GET /tickets/{ticket_id}", "POST /counters/{counter_id}/call-next", "POST /tickets/{ticket_id}/arrived",
        "POST /tickets/{ticket_id}/recall", "POST /tickets/{ticket_id}/absent", "POST /tickets/{ticket_id}/hold",
        "POST /tickets/{ticket_id}/park", "POST /tickets/{ticket_id}/leave", "POST /tickets/{ticket_id}/undo",
        "POST /tickets/{ticket_id}/resume", "POST /tickets/{ticket_id}/forward", "POST /cases", "GET /cases/{case_id}",
        "POST /cases/{case_id}/steps", "POST /cases/{case_id}/dossier", "POST /cases/{case_id}/notes",
        "POST /cases/{case_id}/refer", "POST /referrals/{referral_id}/return", "POST /cases/{case_id}/finish",
    }  # fmt: skip


def test_a_script_bound_to_a_point_sees_that_point_alone():
    here = ward()
    other = make.point(here.point.ward)
    Device.objects.filter(kind="script", member__role="volunteer", ward=here.point.ward).update(
        point=here.point
    )
    assert [one["id"] for one in here.volunteer.get("/points").json()] == [str(here.point.pk)]
    assert here.volunteer.post("/tickets", {"point": str(other.pk)}).status_code == 404
