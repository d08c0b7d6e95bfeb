"""Reads of the teams: who may see what, who is on duty."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils import timezone

from donghanh.kernel import clock
from donghanh.kernel.models import JournalEntry
from donghanh.places.models import Point, Ward
from donghanh.teams.models import Assignment, Member


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


def on_duty_at(point: Point) -> list[Assignment]:
    """Who is checked in at a point today, in the order they came; their counter with them."""
    return list(
        Assignment.objects.filter(
            shift__point=point,
            shift__day=clock.today(),
            checked_in_at__isnull=False,
            checked_out_at__isnull=True,
        )
        .select_related("member", "counter", "shift")
        .order_by("checked_in_at")
    )


def duties_on(point: Point, day: date) -> dict[str, list[Assignment]]:
    """Who came to a point on a day, by half (morning, afternoon, evening), in the order they came."""
    came = (
        Assignment.objects.filter(shift__point=point, shift__day=day, checked_in_at__isnull=False)
        .select_related("member", "shift")
        .order_by("shift__starts_at", "checked_in_at")
    )
    halves: dict[str, list[Assignment]] = {}
    for one in came:
        halves.setdefault(one.shift.half, []).append(one)
    return halves


def calling_for_help(point: Point) -> dict[str, datetime]:
    """Counters of a point (id) whose member calls a colleague, and since when: told by today's journal."""
    calling: dict[str, datetime] = {}
    start = timezone.make_aware(datetime.combine(clock.today(), time()))
    calls = JournalEntry.objects.filter(
        point_id=point.pk, verb__in=["counter.help_wanted", "counter.help_over"], at__gte=start
    ).order_by("seq")
    for verb, counter, moment in calls.values_list("verb", "subject_id", "at"):
        if verb == "counter.help_over":
            calling.pop(counter, None)
        else:
            calling.setdefault(counter, moment)
    return calling
