"""The board shows numbers and counters, and nothing about a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from donghanh.places.models import Counter, Point
from donghanh.queue.actions import calls, service
from donghanh.queue.models import Ticket
from donghanh.teams.models import Member
from donghanh.web.board import pieces
from donghanh.web.spoken import spoken_call
from tests import make
from tests.web.devices import client_of


@pytest.fixture
def point() -> Point:
    return make.point(counters=3, name="Trung tâm Ô Môn")


@pytest.fixture
def member(point: Point) -> Member:
    return make.member(point.ward, full_name="Trần Thị Lan")


def called(point: Point, member: Member, label: str) -> Ticket:
    make.ticket(point)
    return calls.call_next(make.counter(point, label), by=member)


def state(board: Client) -> dict[str, list[dict[str, str]]]:
    seen: dict[str, list[dict[str, str]]] = board.get("/board/state/").json()
    return seen


def pairs(board: Client) -> list[tuple[str, str]]:
    return [(one["number"], one["counter"]) for one in state(board)["calls"]]


def test_the_newest_call_stands_first_and_the_absent_apart(point: Point, member: Member) -> None:
    board = client_of("board", point)
    for label in ("1", "2", "3"):
        called(point, member, label)
    calls.absent(Ticket.objects.get(letter="A", ordinal=2, point=point), by=member)
    assert pairs(board) == [("A003", "3"), ("A001", "1")]
    assert [one["number"] for one in state(board)["absent"]] == ["A002"]


def test_an_undone_call_and_a_finished_one_leave_the_board(point: Point, member: Member) -> None:
    board = client_of("board", point)
    first, second = called(point, member, "1"), called(point, member, "2")
    service.undo(second, by=member)
    assert pairs(board) == [("A001", "1")]
    service.arrived(first, by=member)
    assert pairs(board) == [("A001", "1")]
    service.finish(first, by=member)
    assert pairs(board) == []


def test_the_page_carries_its_state_and_no_name(point: Point, member: Member) -> None:
    called(point, member, "2")
    page = client_of("board", point).get("/board/").content.decode()
    assert ("A001" in page, "Lan" in page, member.username in page) == (True, False, False)
    assert f'src="/live/points/{point.pk}"' in page


def test_only_a_board_of_the_point_sees_it(point: Point) -> None:
    paths = ["/board/", "/board/state/", "/board/wait/", "/board/voice/vi/call.wav"]
    strangers = [Client(), client_of("kiosk", point)]
    assert {client.get(path).headers["Location"] for client in strangers for path in paths} == {"/enrol/"}


def test_a_board_shows_its_own_point_alone(point: Point, member: Member) -> None:
    called(point, member, "1")
    assert pairs(client_of("board", make.point())) == []


def test_the_wait_is_a_range_in_fives_or_not_known(point: Point, member: Member) -> None:
    board = client_of("board", point)
    for _ in range(6):
        make.ticket(point)
    assert "khoảng" in board.get("/board/wait/").content.decode()
    Counter.objects.filter(point=point).update(is_open=False)
    assert "khoảng" not in board.get("/board/wait/").content.decode()


def test_the_board_speaks_vietnamese_and_the_language_it_shows(point: Point) -> None:
    heard = {}
    for language in ("vi", "en", "fr"):
        answer = client_of("board", point, language).get("/board/")
        heard[language] = sorted(json.loads(answer.context["voices"]))
    assert heard == {"vi": ["vi"], "en": ["en", "vi"], "fr": ["fr", "vi"]}


def test_a_call_is_said_digit_by_digit() -> None:
    assert spoken_call("A027", "3", "vi") == "Mời số a, không, hai, bảy, đến quầy 3."
    assert spoken_call("B105", "12", "en") == "Number B, one, zero, five, please go to counter 12."


def test_every_piece_of_a_call_has_a_name_of_its_own() -> None:
    texts = pieces.texts_of("vi")
    assert (texts["call"], texts["to"], texts["letter-b"], texts["digit-0"], texts["counter-12"]) == (
        "Mời số", "đến quầy", "bê", "không", "12",
    )  # fmt: skip


def test_recorded_pieces_are_served_and_nothing_else(point: Point) -> None:
    board = client_of("board", point)
    folder = Path(settings.DATA) / "media" / "voice" / "vi"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "digit-1.wav").write_bytes(b"RIFF one")
    names = ["digit-1.wav", "digit-2.wav", "..%2fdigit-1.wav", "secret.key"]
    assert [board.get(f"/board/voice/vi/{name}").status_code for name in names] == [200, 404, 404, 404]
    assert board.get("/board/voice/xx/digit-1.wav").status_code == 404
