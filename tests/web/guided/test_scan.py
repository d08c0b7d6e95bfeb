"""An address on a card leads to communes of today; only pages that scan may run the reader."""

from __future__ import annotations

import logging

from django.urls import reverse

from donghanh.kernel.journal import House, JournalEntry
from donghanh.places.actions.areas import import_areas
from donghanh.places.rules.areas import AreaRow, ConversionRow
from donghanh.web.middleware import POLICY
from donghanh.web.scanning import SCANNING_POLICY
from tests import make
from tests.cases.editions import edition
from tests.places.test_finding import DAY
from tests.web.guided.client import browser, send

REFORM = DAY.replace(year=2025, month=7, day=1)
OLD = "Tổ 5, Tân An, Ninh Kiều, Cần Thơ"
NEW = "12 Đường 30/4, Phường Cái Khế, Thành phố Cần Thơ"


def country() -> None:
    before, since = DAY.min, REFORM
    rows = [
        AreaRow("92", "city", "Thành phố Cần Thơ", "", "", before, since),
        AreaRow("92", "city", "Thành phố Cần Thơ", "", "", since, None),
        AreaRow("31120", "ward", "Phường Tân An", "92", "Quận Ninh Kiều", before, since),
        AreaRow("31150", "ward", "Phường Ninh Kiều", "92", "", since, None),
        AreaRow("31151", "ward", "Phường Cái Khế", "92", "", since, None),
    ]
    ways = [ConversionRow("31120", "31150", True, True), ConversionRow("31120", "31151", False, True)]
    import_areas(rows, ways, by=House())


def read(address: object) -> tuple[int, str, list[str]]:
    answer = send(browser(), "guide-card-address", body={"address": address})
    told = answer.json()
    return answer.status_code, told.get("line", ""), [one["code"] for one in told.get("areas", [])]


def test_an_old_address_leads_to_all_its_communes_of_today_and_a_new_one_to_its_own():
    country()
    assert read(OLD) == (200, "Tổ 5", ["31150", "31151"])
    assert read(NEW) == (200, "12 Đường 30/4", ["31151"])
    assert read("Somewhere else, Far away") == (200, "Somewhere else, Far away", [])
    assert read("") == (200, "", [])


def test_what_is_no_address_is_refused_and_nothing_is_written_or_logged(caplog):
    country()
    entries = JournalEntry.objects.count()
    with caplog.at_level(logging.DEBUG):
        read(OLD)
        assert read("x" * 251)[0] == 422
        assert read(5)[0] == 422
    assert JournalEntry.objects.count() == entries
    assert "Tân An" not in caplog.text


def test_another_site_cannot_ask():
    answer = send(browser(enforce_csrf_checks=True), "guide-card-address", body={"address": OLD})
    assert answer.status_code == 403


def test_only_pages_that_scan_may_run_compiled_code():
    made = edition()
    desk = browser(make.member(make.point().ward)).get(reverse("desk"))
    guide = browser().get(reverse("procedure-guide", args=[made.procedure.code]))
    page = browser().get(reverse("procedure", args=[made.procedure.code]))
    assert [answer.headers["Content-Security-Policy"] for answer in (desk, guide, page)] == [
        SCANNING_POLICY, SCANNING_POLICY, POLICY,
    ]  # fmt: skip
    assert "'unsafe-eval'" not in SCANNING_POLICY
