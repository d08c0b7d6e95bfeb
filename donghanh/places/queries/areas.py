"""Reads of the country's areas: by code and day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from donghanh.places.models import Area


def areas_on(day: date) -> QuerySet[Area]:
    """All units that hold on a day."""
    return Area.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


def area_on(code: str, day: date) -> Area | None:
    """The unit of that code on a day."""
    return areas_on(day).filter(code=code).first()
