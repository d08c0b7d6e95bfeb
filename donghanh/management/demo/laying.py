"""Lay the demo ward: places, hours, counters, series, teams, catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from django.conf import settings
from django.contrib.auth.hashers import make_password

from donghanh.catalog.actions.publish import publish
from donghanh.catalog.actions.read_pack import read_all
from donghanh.kernel import journal
from donghanh.kernel.journal import House, action
from donghanh.management.opening import CLASSES, lay_hours, lay_series
from donghanh.places.models import Counter, OpeningHours, Point, Ward, Zone
from donghanh.queue.models import QueueSetting
from donghanh.teams.models import Member, Organisation

WARD = "31153"
PASSWORD = "dong-hanh-demo"  # noqa: S105  the demo's own, printed at its start
PIN = "246813"

ORGANISATIONS = (
    ("youth_union", "Đoàn Thanh niên phường Ô Môn"),
    ("ward_office", "Ủy ban nhân dân phường Ô Môn"),
    ("centre", "Trung tâm Phục vụ hành chính công phường Ô Môn"),
    ("police", "Công an phường Ô Môn"),
    ("social_insurance", "Bảo hiểm xã hội cơ sở Ô Môn"),
    ("bank", "Ngân hàng đối tác (ví dụ)"),
)
# sign-in name, full name, role, organisation kind
TEAM = (
    ("lan", "Trần Thị Ngọc Lan", "volunteer", "youth_union"),
    ("minh", "Lê Hoàng Minh", "volunteer", "youth_union"),
    ("thao", "Phạm Thị Phương Thảo", "volunteer", "youth_union"),
    ("khoa", "Nguyễn Đăng Khoa", "volunteer", "youth_union"),
    ("nhi", "Võ Ngọc Yến Nhi", "volunteer", "youth_union"),
    ("tuan", "Huỳnh Anh Tuấn", "volunteer", "youth_union"),
    ("vy", "Đặng Thúy Vy", "volunteer", "youth_union"),
    ("phuc", "Bùi Hồng Phúc", "volunteer", "youth_union"),
    ("duyen", "Ngô Mỹ Duyên", "volunteer", "youth_union"),
    ("long", "Dương Thành Long", "volunteer", "youth_union"),
    ("thu", "Nguyễn Thị Anh Thư", "coordinator", "youth_union"),
    ("hung", "Trương Quốc Hùng", "officer", "ward_office"),
    ("dung", "Lý Chí Dũng", "officer", "police"),
    ("quantri", "Phan Bảo Quân", "administrator", "ward_office"),
    ("tinh", "Hồ Thị Kim Tính", "province_officer", None),
)


@dataclass(frozen=True)
class Laid:
    """What the demo needs to live its days."""

    ward: Ward
    centre: Point
    volunteers: list[Member]
    officer: Member


def lay_ward() -> Laid:
    """Make the ward, or find it as it is."""
    for content in read_all(settings.PACKS):
        publish(content, by=House())
    if not Ward.objects.filter(pk=WARD).exists():
        _lay()
    ward = Ward.objects.get(pk=WARD)
    volunteers = Member.objects.filter(
        ward=ward, role=Member.VOLUNTEER, username__in=[row[0] for row in TEAM]
    )
    return Laid(
        ward,
        Point.objects.get(ward=ward, mobile=False),
        sorted(volunteers, key=lambda one: [row[0] for row in TEAM].index(one.username)),
        Member.objects.get(username="hung"),
    )


@action
def _lay() -> None:
    ward = Ward.objects.create(
        code=WARD, name="Phường Ô Môn", province_code="92", province_name="Thành phố Cần Thơ",
        complaint_contact="Bàn tiếp dân, UBND phường Ô Môn",
    )  # fmt: skip
    for number in range(1, 11):
        Zone.objects.create(ward=ward, label="Khu vực", name=str(number))
    QueueSetting.objects.create(ward=ward, priority_classes=CLASSES)
    centre = Point.objects.create(
        ward=ward, name="Trung tâm Phục vụ hành chính công phường Ô Môn", kind="centre",
        address="Phường Ô Môn, Thành phố Cần Thơ",
    )  # fmt: skip
    mobile = Point.objects.create(
        ward=ward,
        name="Nhà văn hóa khu vực 4",
        kind="culture_house",
        mobile=True,
        zone=ward.zones.get(name="4"),
    )
    for point, count in ((centre, 5), (mobile, 2)):
        for label in range(1, count + 1):
            Counter.objects.create(point=point, label=str(label), is_open=False)
        lay_series(point)
    lay_hours(centre)
    for weekday in (2, 5):
        OpeningHours.objects.create(point=mobile, weekday=weekday, opens=time(18, 30), closes=time(21, 0))
    _lay_team(ward)
    journal.write("demo.lay", ward=WARD, by=House(), point_id=centre.pk)


def _lay_team(ward: Ward) -> None:
    kinds = {
        kind: Organisation.objects.create(ward=ward, kind=kind, name=name) for kind, name in ORGANISATIONS
    }
    password, pin = make_password(PASSWORD), make_password(PIN)
    for username, full_name, role, kind in TEAM:
        Member.objects.create(
            username=username, full_name=full_name, role=role, password=password, pin=pin,
            ward=None if role == Member.PROVINCE_OFFICER else ward,
            province_code=ward.province_code if role == Member.PROVINCE_OFFICER else "",
            organisation=kinds[kind] if kind else None,
        )  # fmt: skip
