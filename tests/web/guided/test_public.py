"""What everybody may ask: a plan for ever, communes by name, and a day's place for a phone's ciphertext."""

from __future__ import annotations

import base64
import gzip
import json

from django.core.cache import cache
from django.urls import reverse

from donghanh.cases.models import HandOver
from donghanh.catalog.queries import plan_of
from donghanh.kernel.journal import House
from donghanh.places.actions.areas import import_areas
from donghanh.places.rules.areas import AreaRow, ConversionRow
from tests.cases.editions import edition
from tests.places.test_finding import DAY
from tests.web.guided.client import browser, send

BODY = base64.urlsafe_b64encode(bytes(40)).decode()
REFORM = DAY.replace(year=2025, month=7, day=1)


def test_a_plan_is_kept_for_ever_by_every_browser_and_asked_again_by_its_mark():
    made = edition()
    url = reverse("guide-plan", args=[made.hash, "en"])
    first = browser().get(url)
    assert (first.status_code, first.json()) == (200, json.loads(json.dumps(plan_of(made.pk, "en"))))
    assert first.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (first.headers["Vary"], "sessionid" in first.cookies) == ("Accept-Encoding", False)
    closed = browser().get(url, headers={"Accept-Encoding": "gzip, br"})
    assert (closed.headers["Content-Encoding"], gzip.decompress(closed.content)) == ("gzip", first.content)
    again = browser().get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (
        browser().get(reverse("guide-plan", args=[made.hash, "vi"])).headers["ETag"] != first.headers["ETag"]
    )


def test_an_unknown_plan_or_language_is_not_there():
    made = edition()
    assert browser().get(reverse("guide-plan", args=["0" * 64, "vi"])).status_code == 404
    assert browser().get(reverse("guide-plan", args=[made.hash, "de"])).status_code == 404


def test_communes_by_former_name_say_what_they_were():
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
    found = send(browser(), "guide-areas", query="?q=P. Tan An").json()["areas"]
    assert [(one["code"], one["is_default"], one["old"]["divided"]) for one in found] == [
        ("31150", True, True), ("31151", False, True),
    ]  # fmt: skip
    assert found[0]["old"] == {
        "code": "31120", "name": "Phường Tân An", "district": "Quận Ninh Kiều", "province": "Thành phố Cần Thơ",
        "divided": True,
    }  # fmt: skip
    assert [one["name"] for one in send(browser(), "guide-areas", query="?code=31150").json()["areas"]] == [
        "Phường Ninh Kiều"
    ]
    assert len(send(browser(), "guide-areas", query="?code=31120").json()["areas"]) == 2
    assert send(browser(), "guide-areas").json() == {"areas": []}


def test_a_phone_without_any_cookie_leaves_ciphertext_for_a_day():
    client = browser(enforce_csrf_checks=True)
    body = {"id": "cd" * 16, "kind": "answers", "body": BODY}
    answers = [send(client, "guide-handovers", body=body) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 200]
    assert (
        send(client, "guide-handovers", body={**body, "body": BODY[:-4] + "AAAA" + "BBBB"}).status_code == 409
    )
    for wrong in ({"id": "x"}, {"body": "?"}, {"body": "A" * 100_000}, {"kind": "photo"}, {"body": None}):
        assert send(client, "guide-handovers", body={**body, **wrong}).status_code == 422
    assert send(client, "guide-handovers", body="x" * 200_000).status_code == 413
    assert HandOver.objects.count() == 1


def test_one_address_cannot_fill_the_house_with_hand_overs():
    cache.clear()
    client = browser()
    statuses = [
        send(
            client, "guide-handovers", body={"id": f"{number:032x}", "kind": "answers", "body": BODY}
        ).status_code
        for number in range(61)
    ]
    cache.clear()
    assert statuses == [201] * 60 + [429]
