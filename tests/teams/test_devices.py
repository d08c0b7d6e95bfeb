"""Devices and badges: codes work once and for a quarter of an hour; what is taken back is dead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from donghanh.kernel import clock
from donghanh.kernel.errors import Invalid, NotFound
from donghanh.kernel.journal import House
from donghanh.teams.actions.appointing import MayNotAppoint
from donghanh.teams.actions.badges import NoBadgeForInactive, badge_hash, issue_badge, revoke_badge
from donghanh.teams.actions.devices import (
    CODE_LETTERS,
    DeviceRevoked,
    WrongCode,
    add_device,
    enrol,
    give_code,
    grouped,
    revoke_device,
)
from donghanh.teams.models import Member
from donghanh.web.access import device_by_token
from tests import make


def test_a_code_has_eight_clear_letters_and_makes_a_device_once():
    given = add_device(make.point(), kind="kiosk", name="tablet", by=House())
    assert len(given.code) == 8
    assert set(given.code) <= set(CODE_LETTERS)
    assert not set("01IOQUZ") & set(CODE_LETTERS)
    device, token = enrol(f" {grouped(given.code).lower()} ")
    assert device_by_token(token) == device
    assert given.code not in device.code_hash + device.token_hash
    with pytest.raises(WrongCode):
        enrol(given.code)


def test_a_code_is_dead_after_fifteen_minutes():
    given = add_device(make.point(), kind="board", name="tv", by=House())
    with clock.at(clock.now() + timedelta(minutes=15)), pytest.raises(WrongCode):
        enrol(given.code)
    with clock.at(clock.now() + timedelta(minutes=14)):
        assert enrol(given.code).device == given.device


def test_a_fresh_code_kills_the_one_before():
    first = add_device(make.point(), kind="board", name="tv", by=House())
    second = give_code(first.device, by=House())
    with pytest.raises(WrongCode):
        enrol(first.code)
    assert enrol(second.code).device == first.device


def test_in_the_demo_a_code_serves_again_and_all_who_use_it_are_one_device(settings):
    settings.DEMO = True
    given = add_device(make.point(), kind="board", name="tv", by=House())
    assert enrol(given.code).token == enrol(given.code).token


def test_a_revoked_device_is_dead_at_once_and_gets_no_code():
    given = add_device(make.point(), kind="kiosk", name="tablet", by=House())
    token = enrol(given.code).token
    revoke_device(given.device, by=House())
    assert device_by_token(token) is None
    with pytest.raises(DeviceRevoked):
        give_code(given.device, by=House())


def test_devices_are_added_where_one_may_see_and_of_known_kinds():
    with pytest.raises(NotFound):
        add_device(make.point(), kind="kiosk", name="x", by=make.member(make.ward(), "officer"))
    with pytest.raises(Invalid):
        add_device(make.point(), kind="script", name="x", by=House())


def test_a_badge_keeps_a_hash_and_a_number_that_cannot_be_counted():
    ward = make.ward()
    member, coordinator = make.member(ward), make.member(ward, "coordinator")
    first = issue_badge(member, by=coordinator)
    number = first.member.badge_number
    second = issue_badge(member, by=coordinator)
    kept = Member.objects.get(pk=member.pk)
    assert kept.badge_hash == badge_hash(second.code.lower()) != badge_hash(first.code)
    assert 100_000_000 <= kept.badge_number <= 999_999_999
    assert kept.badge_number != number
    revoke_badge(member, by=coordinator)
    kept.refresh_from_db()
    assert (kept.badge_hash, kept.badge_number) == ("", 0)


def test_badges_are_for_active_members_one_may_appoint():
    ward = make.ward()
    with pytest.raises(NoBadgeForInactive):
        issue_badge(make.member(ward, is_active=False), by=make.member(ward, "coordinator"))
    with pytest.raises(MayNotAppoint):
        issue_badge(make.member(ward, "officer"), by=make.member(ward, "coordinator"))
