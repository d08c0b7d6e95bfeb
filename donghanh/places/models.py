"""Places: the country's areas, a ward's own zones, the points where people are helped."""

from __future__ import annotations

from django.db import models

from donghanh.kernel.models import Record
from donghanh.kernel.privacy import impersonal


class Area(models.Model):
    """An official unit, past or present: (code, valid_from) is its key, codes are text."""

    privacy = impersonal()

    PROVINCE_KINDS = ("province", "city")

    code = models.CharField(max_length=5)
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    name_key = models.CharField(max_length=80, db_index=True)
    district = models.CharField(max_length=80, blank=True)
    parent_code = models.CharField(max_length=5, blank=True, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the first day it no longer holds

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="area_once_per_validity"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="area_validity_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Conversion(models.Model):
    """Where an area of before July 2025 went; a divided one has several rows and one default."""

    privacy = impersonal()

    old_code = models.CharField(max_length=5, db_index=True)
    new_code = models.CharField(max_length=5)
    is_default = models.BooleanField(default=True)
    partial = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old_code", "new_code"], name="conversion_once")]


class Ward(models.Model):
    """An area that keeps its desk here: the tenant. Its key is the area's code."""

    privacy = impersonal()

    code = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=80)
    province_code = models.CharField(max_length=2, db_index=True)
    province_name = models.CharField(max_length=80)
    identity_days = models.PositiveSmallIntegerField(default=90)
    complaint_contact = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name


class Zone(Record):
    """A unit below the ward, named as the ward names it (khu vực, tổ dân phố, thôn…)."""

    privacy = impersonal()

    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, related_name="zones")
    label = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ward", "name"], name="zone_name_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.name}".strip()


class Point(Record):
    """A place where people are helped, fixed or mobile."""

    privacy = impersonal()

    KINDS = ("centre", "culture_house", "market", "school", "home", "other")

    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, related_name="points")
    zone = models.ForeignKey(Zone, on_delete=models.SET_NULL, null=True, blank=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, default="centre")
    mobile = models.BooleanField(default=False)
    address = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ward", "name"], name="point_name_once")]

    def __str__(self) -> str:
        return self.name


class Counter(Record):
    """A desk where tickets are called."""

    privacy = impersonal()

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="counters")
    label = models.CharField(max_length=8)
    name = models.CharField(max_length=80, blank=True)
    is_open = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "label"], name="counter_label_once")]

    def __str__(self) -> str:
        return self.label


class OpeningHours(Record):
    """One stretch of a weekday (0 = Monday) in which a point is open."""

    privacy = impersonal()

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "weekday", "opens"], name="hours_once"),
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="hours_forward"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="hours_weekday_known"),
        ]


class Closure(Record):
    """Days on which a point, or without one the whole ward, is closed."""

    privacy = impersonal()

    ward = models.ForeignKey(Ward, on_delete=models.CASCADE, related_name="closures")
    point = models.ForeignKey(Point, on_delete=models.CASCADE, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="closure_forward"
            )
        ]


class DayOverride(Record):
    """The ward's own word on a day: worked or free, over the national calendar."""

    privacy = impersonal()

    ward = models.ForeignKey(Ward, on_delete=models.CASCADE, related_name="day_overrides")
    day = models.DateField()
    works = models.BooleanField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ward", "day"], name="override_once_per_day")]
