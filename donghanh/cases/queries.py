"""Reads of cases."""

from __future__ import annotations

from django.db.models import QuerySet

from donghanh.cases.models import Case, Referral
from donghanh.kernel import clock
from donghanh.places.models import Point
from donghanh.teams.models import Member
from donghanh.teams.queries import points_visible_to


def visible_to(member: Member) -> QuerySet[Case]:
    """The cases of all points a member may see."""
    return Case.objects.filter(point__in=points_visible_to(member))


def referrals_visible_to(member: Member) -> QuerySet[Referral]:
    """The referrals of those cases."""
    return Referral.objects.filter(case__point__in=points_visible_to(member))


def late_referrals(point: Point) -> QuerySet[Referral]:
    """Referrals of a point that should be back and are not, oldest first."""
    return (
        Referral.objects.filter(case__point=point, returned_at__isnull=True, due_on__lt=clock.today())
        .select_related("organisation", "case__procedure")
        .order_by("due_on")
    )
