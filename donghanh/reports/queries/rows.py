"""The rows a report is counted from: tickets with their periods, cases, referrals; each read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from donghanh.cases.models import Case, Referral
from donghanh.places.models import Point
from donghanh.queue.models import Period, Ticket


@dataclass(frozen=True)
class Stretch:
    """One period; `ends_at` None while it lasts."""

    kind: str
    starts_at: datetime
    ends_at: datetime | None
    accurate: bool


@dataclass
class Stay:
    """One ticket with its periods in order."""

    id: UUID
    state: str
    letter: str
    issued_at: datetime
    priority: int
    channel: str
    origin: str
    accurate: bool
    out_of_turn: int = 0
    wait_p50: int | None = None
    wait_p80: int | None = None
    wait_basis: str = ""
    stretches: list[Stretch] = field(default_factory=list)

    @property
    def was_called(self) -> bool:
        """Whether any call took effect."""
        return any(one.kind in {"walk", "service"} for one in self.stretches)

    def seconds_in(self, kind: str) -> float | None:
        """All time in a phase; None when it has none, still runs, or is not accurate."""
        own = [one for one in self.stretches if one.kind == kind]
        if not own or any(one.ends_at is None or not one.accurate for one in own):
            return None
        return sum((one.ends_at - one.starts_at).total_seconds() for one in own if one.ends_at)


def local_hour(moment: datetime) -> str:
    """The hour of the ward's clock, two digits."""
    return f"{timezone.localtime(moment).hour:02d}"


def span_of(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first day's midnight to that after the last day, on the ward's clock."""
    start = timezone.make_aware(datetime.combine(first, time()))
    return start, timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))


def stays_of(points: Sequence[Point], first: date, last: date) -> list[Stay]:
    """The tickets issued in these days, oldest first."""
    tickets = Ticket.objects.filter(point__in=points, day__range=(first, last))
    read = tickets.order_by("issued_at", "id").values(
        "id", "state", "letter", "issued_at", "priority", "channel", "origin", "accurate",
        "wait_p50", "wait_p80", "wait_basis",
    )  # fmt: skip
    stays = {row["id"]: Stay(**row) for row in read}
    periods = Period.objects.filter(ticket__in=tickets.values("id")).order_by("ticket_id", "ordinal")
    for ticket, kind, starts_at, ends_at, accurate in periods.values_list(
        "ticket_id", "kind", "starts_at", "ends_at", "accurate"
    ):
        stays[ticket].stretches.append(Stretch(kind, starts_at, ends_at, accurate))
    return list(stays.values())


def cases_of(points: Sequence[Point], first: date, last: date) -> list[dict[str, Any]]:
    """The cases opened in these days."""
    start, end = span_of(first, last)
    read = (
        Case.objects.filter(point__in=points, opened_at__gte=start, opened_at__lt=end)
        .order_by("opened_at", "id")
        .values(
            "ticket_id", "person_id", "procedure__code", "procedure__sector", "zone_id", "opened_by_id", "opened_at",
            "finished_at", "outcome", "autonomy", "device", "account", "age_band", "sex", "first_time", "seconds",
            "accurate",
        )
    )  # fmt: skip
    return [dict(row) for row in read]


def referrals_of(points: Sequence[Point], first: date, last: date) -> list[dict[str, Any]]:
    """The referrals sent in these days."""
    start, end = span_of(first, last)
    read = Referral.objects.filter(case__point__in=points, sent_at__gte=start, sent_at__lt=end).values(
        "organisation__name", "returned_at", "due_on"
    )
    return [dict(row) for row in read]


def per_hour(moments: Sequence[datetime]) -> dict[str, int]:
    """How many in each hour."""
    counted: dict[str, int] = defaultdict(int)
    for moment in moments:
        counted[local_hour(moment)] += 1
    return dict(sorted(counted.items()))
