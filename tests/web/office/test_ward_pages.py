"""The office: places, hours, days, zones, queue, series and procedures."""

from __future__ import annotations

import re
import shutil
from datetime import date, time

import pytest
from django.conf import settings as given
from django.urls import reverse

from donghanh.catalog.models import Procedure
from donghanh.kernel.models import JournalEntry
from donghanh.places.models import Closure, Counter, DayOverride, OpeningHours, Point, Zone
from donghanh.places.queries.working import working_days_of
from donghanh.places.rules.days import is_working_day
from donghanh.queue.models import QueueSetting, Series
from donghanh.teams.models import Organisation
from tests import make
from tests.signed import sign_in


@pytest.fixture
def point():
    return make.point()


@pytest.fixture(autouse=True)
def officer(client, point):
    member = make.member(point.ward, "officer")
    sign_in(client, member)
    return member


def test_a_point_and_its_counter_are_set_up(client, point):
    facts = {"name": " Chợ  Ô Môn ", "kind": "market", "mobile": "on", "address": "", "is_active": "on"}
    assert client.post(reverse("office_point_add"), facts).url == reverse("office_points")
    made = Point.objects.get(ward=point.ward, name="Chợ Ô Môn")
    assert (made.kind, made.mobile) == ("market", True)
    assert client.post(reverse("office_point_add"), facts).status_code == 422
    client.post(reverse("office_counter_add", args=[made.pk]), {"label": "1", "name": "", "is_active": "on"})
    counter = Counter.objects.get(point=made)
    client.post(reverse("office_counter", args=[counter.pk]), {"label": "2", "name": "Cửa"})
    counter.refresh_from_db()
    assert (counter.label, counter.name, counter.is_active, counter.is_open) == ("2", "Cửa", False, False)
    assert set(JournalEntry.objects.filter(point_id=made.pk).values_list("verb", flat=True)) == {
        "point.add", "counter.add", "counter.edit",
    }  # fmt: skip


def test_the_week_is_replaced_whole_or_not_at_all(client, point):
    OpeningHours.objects.create(point=point, weekday=6, opens=time(8), closes=time(9))
    there = reverse("office_hours", args=[point.pk])
    week = {"d0_0_opens": "07:00", "d0_0_closes": "11:30", "d0_1_opens": "13:00", "d0_1_closes": "17:00"}
    assert client.post(there, {**week, "d1_0_opens": "07:00"}).status_code == 422
    assert client.post(there, {**week, "d0_1_opens": "11:00"}).status_code == 422
    assert client.post(there, {**week, "d0_1_closes": "12:00"}).status_code == 422
    assert list(OpeningHours.objects.filter(point=point).values_list("weekday", flat=True)) == [6]
    assert client.post(there, week).status_code == 302
    assert list(OpeningHours.objects.filter(point=point).order_by("opens").values_list("weekday", "opens", "closes")) == [
        (0, time(7), time(11, 30)), (0, time(13), time(17)),
    ]  # fmt: skip


def test_days_and_closures_are_set_and_taken_back(client, point):
    client.post(reverse("office_day_add"), {"day": "2026-11-28", "works": "yes", "reason": "làm bù"})
    assert is_working_day(date(2026, 11, 28), working_days_of(point.ward_id, date(2026, 11, 28)))
    client.post(reverse("office_day_remove", args=[DayOverride.objects.get().pk]))
    assert not is_working_day(date(2026, 11, 28), working_days_of(point.ward_id, date(2026, 11, 28)))
    wrong = {"starts_on": "2099-01-02", "ends_on": "2099-01-01", "reason": ""}
    assert client.post(reverse("office_closure_add"), wrong).status_code == 422
    client.post(reverse("office_closure_add"), {**wrong, "ends_on": "2099-01-03", "point": point.pk})
    closure = Closure.objects.get()
    assert closure.point == point
    assert "2099" in client.get(reverse("office_calendar")).content.decode()
    client.post(reverse("office_closure_remove", args=[closure.pk]))
    assert not Closure.objects.exists()


def test_the_national_holidays_of_this_year_and_the_next_are_shown(client):
    text = client.get(reverse("office_calendar")).content.decode()
    assert text.count("Quốc khánh") >= 2


def test_zones_come_many_at_once_and_never_twice(client, point):
    names = {"label": "Khu vực", "names": "1\n\n 2 \n3"}
    assert client.post(reverse("office_zone_add"), names).status_code == 302
    assert sorted(map(str, Zone.objects.filter(ward=point.ward))) == ["Khu vực 1", "Khu vực 2", "Khu vực 3"]
    assert client.post(reverse("office_zone_add"), {"label": "", "names": "4\n3"}).status_code == 422
    assert Zone.objects.filter(ward=point.ward).count() == 3


def test_organisations_are_added_and_named_once(client, point):
    facts = {"name": "Công an phường", "kind": "police", "contact": "", "is_active": "on"}
    client.post(reverse("office_organisation_add"), facts)
    assert Organisation.objects.get(ward=point.ward).kind == "police"
    assert client.post(reverse("office_organisation_add"), facts).status_code == 422


def test_priority_classes_and_limits_are_the_wards_own(client, point):
    form = {
        "head_start_minutes": 15, "most_priority_in_a_row": 3, "recall_cooldown_seconds": 30, "most_calls": 2,
        "undo_minutes": 10, "level2_vi": "Từ 80 tuổi", "level2_from_age": "80", "level1_vi": "Có con nhỏ",
    }  # fmt: skip
    assert client.post(reverse("office_queue"), form).status_code == 302
    setting = QueueSetting.objects.get(ward=point.ward)
    assert (setting.head_start_minutes, setting.most_calls) == (15, 2)
    assert setting.priority_classes == [
        {"level": 1, "vi": "Có con nhỏ", "en": "Có con nhỏ", "fr": "Có con nhỏ", "from_age": None},
        {"level": 2, "vi": "Từ 80 tuổi", "en": "Từ 80 tuổi", "fr": "Từ 80 tuổi", "from_age": 80},
    ]
    assert client.post(reverse("office_queue"), {**form, "most_calls": 0}).status_code == 422


def test_a_series_offers_procedures_at_some_counters(client, point):
    procedure = make.procedure("1.000894")
    form = {
        "letter": "B", "name_vi": "Kết hôn", "name_en": "Marriage", "name_fr": "Mariage", "pictogram": "marriage",
        "position": 1, "usual_minutes": 20, "daily_limit": 40, "is_active": "on", "procedures": [procedure.pk],
        "counters": [make.counter(point).pk],
    }  # fmt: skip
    assert client.post(reverse("office_series_add", args=[point.pk]), form).status_code == 302
    series = Series.objects.get(point=point, letter="B")
    assert (list(series.procedures.all()), series.counters.count(), series.daily_limit) == (
        [procedure],
        1,
        40,
    )
    assert client.post(reverse("office_series_add", args=[point.pk]), form).status_code == 422
    client.post(reverse("office_series", args=[series.pk]), {**form, "procedures": [], "counters": []})
    assert not series.procedures.exists()


def test_unverified_facts_are_ticked_off_before_a_pack_is_published(client):
    there = reverse("office_pack", args=["1.000656"])
    page = client.get(there).content.decode()
    digest = re.search(r'name="hash" value="([0-9a-f]{64})"', page)[1]
    doubts = re.findall(r'name="(doubt\d+)"', page)
    assert doubts
    half = client.post(there, {"hash": digest, **dict.fromkeys(doubts[1:], "on")})
    assert (half.status_code, Procedure.objects.filter(code="1.000656").exists()) == (422, False)
    assert client.post(there, {"hash": "0" * 64, **dict.fromkeys(doubts, "on")}).status_code == 422
    assert client.post(there, {"hash": digest, **dict.fromkeys(doubts, "on")}).url == reverse(
        "office_procedures"
    )
    procedure = Procedure.objects.get(code="1.000656")
    assert procedure.current is not None
    assert client.get(reverse("office_procedure", args=[procedure.pk])).status_code == 200


def test_a_wrong_pack_is_shown_with_every_problem(client, settings, tmp_path):
    shutil.copytree(given.PACKS / "1.000656", tmp_path / "1.000656")
    settings.PACKS = tmp_path
    pack = tmp_path / "1.000656" / "pack.yaml"
    pack.write_text(
        pack.read_text().replace("sector: civil_status", "sector: 5").replace("format: 2", "format: 9")
    )
    answer = client.get(reverse("office_pack", args=["1.000656"]))
    assert answer.status_code == 422
    assert len(re.findall(r"pack\.yaml:\d+:\d+", answer.content.decode())) >= 2


@pytest.mark.parametrize("name", ["..", "no-such-pack", ".git"])
def test_only_folders_of_packs_are_read(client, name):
    assert client.get(f"/office/procedures/packs/{name}/").status_code == 404


def test_an_administrator_turns_to_another_ward(client):
    first, second = make.ward(), make.ward()
    administrator = make.member(first, "administrator")
    type(administrator).objects.filter(pk=administrator.pk).update(ward=None)
    administrator.refresh_from_db()
    sign_in(client, administrator)
    client.post(reverse("office_ward"), {"ward": second.pk})
    assert second.name in client.get(reverse("office")).content.decode()
