"""Real rows for tests, with invented people and as little said as possible."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from django.conf import settings

from donghanh.cases.actions.helping import open_case
from donghanh.cases.models import Case
from donghanh.catalog.actions.publish import publish
from donghanh.catalog.actions.read_pack import read_pack
from donghanh.catalog.models import Procedure
from donghanh.kernel import clock
from donghanh.kernel.journal import House
from donghanh.kernel.models import JournalEntry
from donghanh.kernel.text import search_key
from donghanh.people.models import Person
from donghanh.places.models import Counter, Point, Ward
from donghanh.queue.actions.issue import issue
from donghanh.queue.models import Offer, QueueSetting, Series, Ticket
from donghanh.teams.models import Member, Organisation

_serial = count(1)


def ward(code: str = "", **facts: Any) -> Ward:
    """A ward; without a code, one that no other test uses."""
    code = code or f"9{next(_serial):04d}"
    made, _ = Ward.objects.get_or_create(
        code=code,
        defaults={
            "name": f"Phường {code}",
            "province_code": "92",
            "province_name": "Thành phố Cần Thơ",
            **facts,
        },
    )
    return made


def point(of: Ward | None = None, *, counters: int = 1, **facts: Any) -> Point:
    """A point with counters 1…n, one series A and the ward's default settings."""
    place = of or ward()
    made = Point.objects.create(ward=place, name=facts.pop("name", f"Trung tâm {next(_serial)}"), **facts)
    for label in range(1, counters + 1):
        Counter.objects.create(point=made, label=str(label))
    series(made, "A")
    QueueSetting.objects.get_or_create(ward=place)
    return made


def counter(at: Point, label: str = "1") -> Counter:
    """The counter of that label, made if needed."""
    return Counter.objects.get_or_create(point=at, label=label)[0]


def series(at: Point, letter: str = "A", **facts: Any) -> Series:
    """A series of a point."""
    defaults = {
        "name_vi": "Hộ tịch",
        "name_en": "Civil status",
        "name_fr": "État civil",
        "pictogram": "paper",
        **facts,
    }
    return Series.objects.get_or_create(point=at, letter=letter, defaults=defaults)[0]


def member(of: Ward | None = None, role: str = "volunteer", **facts: Any) -> Member:
    """Someone who logs in; the password is "walking beside you"."""
    serial = next(_serial)
    made = Member(
        username=facts.pop("username", f"member{serial}"),
        full_name=facts.pop("full_name", f"Nguyễn Văn {serial}"),
        role=role,
        ward=of or ward(),
        **facts,
    )
    made.set_password("walking beside you")
    made.save()
    return made


def organisation(of: Ward, kind: str = "police") -> Organisation:
    """A body of the ward."""
    return Organisation.objects.get_or_create(ward=of, kind=kind, name=f"Đơn vị {kind}")[0]


def procedure(code: str = "1.000894", *, offered_at: Series | None = None) -> Procedure:
    """A shipped procedure, published."""
    made = publish(read_pack(settings.PACKS / code), by=House()).edition.procedure
    made.refresh_from_db()
    if offered_at is not None:
        Offer.objects.get_or_create(series=offered_at, procedure=made)
    return made


def ticket(
    at: Point | None = None, *, priority: int = 0, when: datetime | None = None, **facts: Any
) -> Ticket:
    """A waiting ticket, issued at `when` (now)."""
    place = at or point()
    with clock.at(when or clock.now()):
        return issue(place, by=House(), priority=priority, **facts).ticket


def case(of: Procedure | None = None, *, at: Point | None = None, by: Member | None = None) -> Case:
    """An open case without a number, of an anonymous person."""
    place = at or point()
    return open_case(of or procedure(), by=by or member(place.ward), point=place)


def person(of: Ward | None = None, name: str = "Lê Thị Út", **facts: Any) -> Person:
    """An invented person."""
    return Person.objects.create(
        ward=of or ward(), name=name, name_key=search_key(name), created_at=clock.now(), **facts
    )


def entries(at: Point) -> list[JournalEntry]:
    """The journal of a point's ward, oldest first."""
    return list(JournalEntry.objects.filter(ward=at.ward_id).order_by("seq"))
