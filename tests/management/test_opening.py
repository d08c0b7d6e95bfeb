"""The first ward of an installation."""

from __future__ import annotations

import pytest

from donghanh.management.opening import NoSuchCommune, WardIsOpen, open_ward
from donghanh.places.models import Ward
from donghanh.queue.models import Offer, Series
from donghanh.teams.models import Member


def test_a_ward_opens_with_its_area_series_hours_and_administrator():
    opened = open_ward("01840", username="hoang.an", full_name="Hoàng Văn An")
    ward, administrator = opened.ward, Member.objects.get(username="hoang.an")
    assert (ward.name, ward.province_code, ward.province_name) == (
        "Phường Đức Xuân",
        "19",
        "Tỉnh Thái Nguyên",
    )
    assert opened.point.name == "Trung tâm Phục vụ hành chính công phường Đức Xuân"
    assert administrator.check_password(opened.password)
    assert (administrator.role, administrator.ward, administrator.must_change_password) == (
        "administrator",
        ward,
        True,
    )
    assert [
        series.letter for series in Series.objects.filter(point=opened.point).order_by("position")
    ] == list("ABCDEGHK")
    assert Offer.objects.filter(series__point=opened.point).count() == 21
    assert opened.point.hours.count() == 11
    with pytest.raises(WardIsOpen):
        open_ward("01840", username="somebody.else", full_name="Ai Đó")


@pytest.mark.parametrize("code", ["99999", "19", "1840", ""])
def test_a_code_that_is_no_commune_opens_nothing(code):
    with pytest.raises(NoSuchCommune):
        open_ward(code, username="hoang.an", full_name="Hoàng Văn An")
    assert not Ward.objects.exists()
