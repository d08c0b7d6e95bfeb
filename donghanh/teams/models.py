"""Organisations, members (the login), shifts with check-in, devices."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from donghanh.kernel.models import Record
from donghanh.kernel.privacy import impersonal, personal
from donghanh.places.models import Counter, Point, Ward


class Organisation(Record):
    """A body whose people help: the union, the ward office, the police, a bank…"""

    privacy = impersonal()

    KINDS = (
        "ward_office",
        "centre",
        "police",
        "youth_union",
        "team",
        "bank",
        "social_insurance",
        "clinic",
        "other",
    )

    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, related_name="organisations")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ward", "name"], name="organisation_name_once")]

    def __str__(self) -> str:
        return self.name


class Logins(BaseUserManager["Member"]):
    """Finds a member by the name typed at sign-in, in any case."""

    def get_by_natural_key(self, username: str | None) -> Member:
        return self.get(username=(username or "").strip().lower())


class Member(AbstractBaseUser, Record):
    """Someone who logs in. The role says what they may do, the ward what they may see."""

    privacy = personal(
        "to let a member work and to answer for what was done",
        "while a member; deactivated members are named in the journal by id only",
        basic="username full_name phone last_login",
        none="id password role ward organisation province_code skills language pin badge_hash badge_number"
        " must_change_password is_active joined_at",
    )

    VOLUNTEER, COORDINATOR, OFFICER = "volunteer", "coordinator", "officer"
    PROVINCE_OFFICER, ADMINISTRATOR = "province_officer", "administrator"
    ROLES = (VOLUNTEER, COORDINATOR, OFFICER, PROVINCE_OFFICER, ADMINISTRATOR)

    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    phone = models.CharField(max_length=15, blank=True)
    role = models.CharField(max_length=20)
    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    province_code = models.CharField(max_length=2, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True)
    skills = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=2, default="vi")
    pin = models.CharField(max_length=200, blank=True)
    badge_hash = models.CharField(max_length=64, blank=True, db_index=True)
    badge_number = models.PositiveIntegerField(default=0)
    must_change_password = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Logins] = Logins()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name", "role"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    role__in=["volunteer", "coordinator", "officer", "province_officer", "administrator"]
                ),
                name="member_role_known",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["province_officer", "administrator"])
                | models.Q(ward__isnull=False),
                name="member_of_a_ward",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def actor_kind(self) -> str:
        """For the journal."""
        return "member"

    @property
    def actor_id(self) -> str:
        """For the journal."""
        return str(self.pk)


class Shift(Record):
    """A duty with place and time, morning or afternoon."""

    privacy = impersonal()

    HALVES = ("morning", "afternoon", "evening")

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="shifts")
    day = models.DateField()
    half = models.CharField(max_length=10)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "day", "half"], name="shift_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="shift_forward"
            ),
        ]


class Assignment(Record):
    """A member on a shift: planned, and checked in when they came."""

    privacy = personal(
        "who was on duty",
        "two years, for the report of hours; then the row is deleted",
        basic="member",
        none="id shift checked_in_at checked_out_at counter",
    )

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="assignments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="assignments")
    counter = models.ForeignKey(Counter, on_delete=models.SET_NULL, null=True, blank=True)
    checked_in_at = models.DateTimeField(null=True)
    checked_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shift", "member"], name="member_once_per_shift")]


class Device(Record):
    """A kiosk or a board of a point, or a script's token. Known by a token of which only a hash is kept."""

    privacy = impersonal()

    KIOSK, BOARD, DESK, SCRIPT = "kiosk", "board", "desk", "script"
    KINDS = (KIOSK, BOARD, DESK, SCRIPT)

    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=80)
    ward = models.ForeignKey(Ward, on_delete=models.CASCADE, null=True, related_name="devices")
    point = models.ForeignKey(Point, on_delete=models.CASCADE, null=True, related_name="devices")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="tokens")
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    code_hash = models.CharField(max_length=64, blank=True, db_index=True)
    code_expires_at = models.DateTimeField(null=True)
    enrolled_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["kiosk", "board", "desk", "script"]), name="device_kind_known"
            )
        ]

    @property
    def role(self) -> str:
        """A script has its member's role; a device its kind."""
        return self.member.role if self.member else self.kind

    @property
    def actor_kind(self) -> str:
        """For the journal."""
        return "device"

    @property
    def actor_id(self) -> str:
        """For the journal."""
        return str(self.pk)
