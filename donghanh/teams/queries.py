"""Reads of the teams: who may see what, who is on duty."""

from __future__ import annotations

from django.db.models import QuerySet

from donghanh.places.models import Point, Ward
from donghanh.teams.models import Member


def wards_visible_to(member: Member) -> QuerySet[Ward]:
    """A member's own ward; a province officer's wards; an administrator's all."""
    wards = Ward.objects.all()
    if member.role == Member.ADMINISTRATOR and member.ward_id is None and not member.province_code:
        return wards
    if member.role == Member.PROVINCE_OFFICER and member.province_code:
        return wards.filter(province_code=member.province_code)
    return wards.filter(pk=member.ward_id)


def points_visible_to(member: Member) -> QuerySet[Point]:
    """The points of the wards a member may see."""
    if member.role in {Member.PROVINCE_OFFICER, Member.ADMINISTRATOR}:
        return Point.objects.filter(ward__in=wards_visible_to(member))
    return Point.objects.filter(ward_id=member.ward_id)


def visible_to(member: Member) -> QuerySet[Member]:
    """The members of the wards a member may see."""
    return Member.objects.filter(ward__in=wards_visible_to(member))
