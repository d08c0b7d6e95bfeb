"""Who waits where, as lists a screen can show."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from donghanh.kernel import clock
from donghanh.places.models import Counter, Point
from donghanh.queue.models import CALLED, RECALLED, SERVING, WAITING, Ticket
from donghanh.teams.models import Member
from donghanh.teams.queries import points_visible_to


def visible_to(member: Member) -> QuerySet[Ticket]:
    """The tickets of all points a member may see."""
    return Ticket.objects.filter(point__in=points_visible_to(member))


def waiting_at(point: Point) -> QuerySet[Ticket]:
    """All who wait at a point today, in rank (the streak rule apart)."""
    return (
        Ticket.objects.filter(point=point, state=WAITING, day=clock.today())
        .select_related("series", "procedure")
        .order_by("ranks_at")
    )


def waiting_for(counter: Counter, member: Member) -> QuerySet[Ticket]:
    """Those of the one shared pool whom this counter and this member can serve, in rank.

    Skills and a counter's series are filters; a ticket forwarded to someone waits for them alone.
    """
    waiting = Ticket.objects.filter(
        Q(wanted_counter__isnull=True) | Q(wanted_counter=counter),
        Q(wanted_member__isnull=True) | Q(wanted_member=member),
        Q(series__needs_skill="") | Q(series__needs_skill__in=member.skills),
        Q(procedure__isnull=True)
        | Q(procedure__needs_skill="")
        | Q(procedure__needs_skill__in=member.skills),
        point_id=counter.point_id,
        state=WAITING,
        day=clock.today(),
    )
    if limited := list(counter.series.values_list("pk", flat=True)):
        waiting = waiting.filter(series_id__in=limited)
    return waiting.order_by("ranks_at")


def at_counter(counter: Counter) -> QuerySet[Ticket]:
    """The tickets called to or served at a counter, oldest call first."""
    return (
        Ticket.objects.filter(counter=counter, state__in=[CALLED, RECALLED, SERVING])
        .select_related("series", "procedure", "member")
        .order_by("called_at")
    )


def priority_in_a_row(point: Point, most: int) -> int:
    """How many of the last calls at a point, up to `most`, went to priority tickets without a break."""
    last = Ticket.objects.filter(point=point, day=clock.today(), called_at__isnull=False).order_by(
        "-called_at"
    )
    streak = 0
    for priority in last.values_list("priority", flat=True)[:most]:
        if not priority:
            break
        streak += 1
    return streak
