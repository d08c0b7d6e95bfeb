"""Lay the demo ward: places, hours, counters, series, teams, catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from django.conf import settings
from django.contrib.auth.hashers import make_password

from donghanh.catalog.actions.publish import publish
from donghanh.catalog.actions.read_pack import read_all
from donghanh.catalog.models import Procedure
from donghanh.kernel import journal
from donghanh.kernel.journal import House, action
from donghanh.places.models import Counter, OpeningHours, Point, Ward, Zone
from donghanh.queue.models import Offer, QueueSetting, Series
from donghanh.teams.models import Member, Organisation

WARD = "31153"
PASSWORD = "dong-hanh-demo"  # noqa: S105  the demo's own, printed at its start
PIN = "246813"

# letter, names, pictogram, usual minutes, procedures
SERIES = (
    ("A", "Khai sinh, khai tử", "Birth, death", "Naissance, décès", "birth", 14, "1.001193 1.000656"),
    ("B", "Kết hôn, độc thân", "Marriage, single status", "Mariage, célibat", "marriage", 15, "1.000894 1.004873"),
    ("C", "Bản sao, chứng thực", "Copies, certification", "Copies, certification", "paper", 9, "2.000635 2.000815"),
    ("D", "Cư trú", "Residence", "Résidence", "moving", 13, "1.004222 1.004194 1.010041 2.001159"),
    ("E", "VNeID, định danh", "VNeID, e-ID", "VNeID, identité", "phone", 12,
     "svc.vneid-install 1.011410 3.000228 svc.vneid-activate"),
    ("G", "Bảo hiểm, trợ cấp", "Insurance, allowance", "Assurance, allocation", "insurance", 12,
     "1.001939 2.000740 1.014027"),
    ("H", "Chữ ký số, sức khỏe số", "Signature, e-health", "Signature, e-santé", "signature", 11,
     "svc.digital-signature svc.health-record svc.payment-app"),
    ("K", "Việc khác", "Something else", "Autre chose", "other", 10, "svc.scam-advice"),
)  # fmt: skip
CLASSES = [
    {"level": 1, "from_age": 60, "vi": "Từ 60 tuổi", "en": "60 or older", "fr": "60 ans et plus"},
    {"level": 2, "from_age": 80, "vi": "Từ 80 tuổi", "en": "80 or older", "fr": "80 ans et plus"},
    {"level": 2, "from_age": None, "vi": "Khuyết tật nặng", "en": "Severe disability", "fr": "Handicap lourd"},
    {"level": 2, "from_age": None, "vi": "Mang thai hoặc có con nhỏ đi cùng", "en": "Pregnant, or with an infant",
     "fr": "Enceinte, ou avec un nourrisson"},
    {"level": 2, "from_age": None, "vi": "Người có công", "en": "War merit", "fr": "Mérite de guerre"},
]  # fmt: skip
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
HOURS = ((time(7, 0), time(11, 30)), (time(13, 30), time(17, 0)))
SATURDAY = ((time(7, 30), time(11, 30)),)


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
    volunteers = Member.objects.filter(ward=ward, role=Member.VOLUNTEER, username__in=[row[0] for row in TEAM])
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
        ward=ward, name="Nhà văn hóa khu vực 4", kind="culture_house", mobile=True, zone=ward.zones.get(name="4")
    )
    for point, count in ((centre, 5), (mobile, 2)):
        for label in range(1, count + 1):
            Counter.objects.create(point=point, label=str(label), is_open=False)
        _lay_series(point)
    for weekday in range(6):
        for opens, closes in SATURDAY if weekday == 5 else HOURS:
            OpeningHours.objects.create(point=centre, weekday=weekday, opens=opens, closes=closes)
    for weekday in (2, 5):
        OpeningHours.objects.create(point=mobile, weekday=weekday, opens=time(18, 30), closes=time(21, 0))
    _lay_team(ward)
    journal.write("demo.lay", ward=WARD, by=House(), point_id=centre.pk)


def _lay_series(point: Point) -> None:
    for position, (letter, vi, en, fr, pictogram, minutes, codes) in enumerate(SERIES):
        series = Series.objects.create(
            point=point, letter=letter, name_vi=vi, name_en=en, name_fr=fr, pictogram=pictogram,
            usual_minutes=minutes, position=position,
        )  # fmt: skip
        for place, code in enumerate(codes.split()):
            Offer.objects.create(series=series, procedure=Procedure.objects.get(code=code), position=place)


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
