"""Open the first ward of an installation: its area, one point with usual hours and series, an administrator."""

from __future__ import annotations

from datetime import time
from typing import NamedTuple

from django.conf import settings

from donghanh.catalog.actions.publish import publish
from donghanh.catalog.actions.read_pack import read_all
from donghanh.catalog.models import Procedure
from donghanh.kernel import clock, journal
from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import House, action
from donghanh.places.actions.areas import REFERENCE, import_areas, read_reference
from donghanh.places.models import Counter, OpeningHours, Point, Ward
from donghanh.places.queries.areas import area_on
from donghanh.queue.models import Offer, QueueSetting, Series
from donghanh.teams.actions.members import MemberFacts, add_member
from donghanh.teams.models import Member, Organisation

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
HOURS = ((time(7, 0), time(11, 30)), (time(13, 30), time(17, 0)))
SATURDAY = ((time(7, 30), time(11, 30)),)
COUNTERS = 5


class NoSuchCommune(Refusal):
    """No commune of today has this code."""

    message = (
        "No ward, commune or special zone has the code {code} today. Codes have five digits, e.g. 31153."
    )
    status = 422


class WardIsOpen(Refusal):
    """The ward keeps its desk here already."""

    message = "{name} keeps its desk here already. Add members in the office."


class Opened(NamedTuple):
    """The ward, its first point, its administrator and the password to be shown once."""

    ward: Ward
    point: Point
    administrator: Member
    password: str


def open_ward(code: str, *, username: str, full_name: str) -> Opened:
    """Take the areas and packs in, then open the ward in one transaction.

    Hours, series and counters are the usual ones; the office changes them. Refuses with
    NoSuchCommune, WardIsOpen, NameTaken, Invalid; then no ward is made.
    """
    import_areas(*read_reference(REFERENCE / "areas.csv", REFERENCE / "conversions.csv"), by=House())
    for content in read_all(settings.PACKS):
        publish(content, by=House())
    return _open(code, username, full_name)


@action
def _open(code: str, username: str, full_name: str) -> Opened:
    area = area_on(code, clock.today())
    province = area_on(area.parent_code, clock.today()) if area else None
    if area is None or province is None or len(code) != 5:
        raise NoSuchCommune(code=code)
    if Ward.objects.filter(pk=code).exists():
        raise WardIsOpen(name=area.name)
    ward = Ward.objects.create(
        code=code, name=area.name, province_code=province.code, province_name=province.name
    )
    QueueSetting.objects.create(ward=ward, priority_classes=CLASSES)
    point = Point.objects.create(ward=ward, name=f"Trung tâm Phục vụ hành chính công {_lower(area.name)}")
    for label in range(1, COUNTERS + 1):
        Counter.objects.create(point=point, label=str(label), is_open=False)
    lay_series(point)
    lay_hours(point)
    office = Organisation.objects.create(
        ward=ward, kind="ward_office", name=f"Ủy ban nhân dân {_lower(area.name)}"
    )
    facts = MemberFacts(
        username=username, full_name=full_name, role=Member.ADMINISTRATOR, organisation=office
    )
    administrator, password = add_member(ward, facts, by=House())
    journal.write("ward.open", ward=code, by=House(), subject="ward", subject_id=code, point_id=point.pk)
    return Opened(ward, point, administrator, password)


def lay_series(point: Point) -> None:
    """The usual eight series, each with its procedures."""
    for position, (letter, vi, en, fr, pictogram, minutes, codes) in enumerate(SERIES):
        series = Series.objects.create(
            point=point, letter=letter, name_vi=vi, name_en=en, name_fr=fr, pictogram=pictogram,
            usual_minutes=minutes, position=position,
        )  # fmt: skip
        for place, code in enumerate(codes.split()):
            Offer.objects.create(series=series, procedure=Procedure.objects.get(code=code), position=place)


def lay_hours(point: Point) -> None:
    """Usual office hours, Monday to Friday, and Saturday morning."""
    for weekday in range(6):
        for opens, closes in SATURDAY if weekday == 5 else HOURS:
            OpeningHours.objects.create(point=point, weekday=weekday, opens=opens, closes=closes)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
