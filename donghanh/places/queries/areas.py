"""Reads of the country's areas: by code and day, and from an old unit to today's."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from donghanh.kernel.text import search_key
from donghanh.places.models import Area, Conversion
from donghanh.places.rules.areas import Candidates, ConversionRow, convert


def areas_on(day: date) -> QuerySet[Area]:
    """All units that hold on a day."""
    return Area.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


def area_on(code: str, day: date) -> Area | None:
    """The unit of that code on a day."""
    return areas_on(day).filter(code=code).first()


def communes_of(province_code: str, day: date, words: str = "") -> QuerySet[Area]:
    """The communes of a province on a day, whose name holds the words, accents or not."""
    found = areas_on(day).filter(parent_code=province_code)
    for word in search_key(words).split():
        found = found.filter(name_key__contains=word)
    return found.order_by("name_key", "code")


def today_of(old_code: str) -> Candidates:
    """What an old unit may be today; a divided one has several. Refuses with UnknownOldCode."""
    rows = Conversion.objects.filter(old_code=old_code)
    return convert(old_code, [ConversionRow(r.old_code, r.new_code, r.is_default, r.partial) for r in rows])
