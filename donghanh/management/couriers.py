"""Who carries which errand, and the errands of every night: the table `donghanh work` goes by."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from donghanh.cases.actions.blanking import purge_handovers
from donghanh.cases.actions.ending import close_day
from donghanh.cases.actions.following import follow_up_all
from donghanh.cases.actions.retention import forget_old
from donghanh.cases.models import Case
from donghanh.cases.queries.following import to_be_asked
from donghanh.kernel import clock, outbox
from donghanh.kernel.answers import forget_old_answers
from donghanh.kernel.journal import House
from donghanh.kernel.outbox import Courier
from donghanh.management.messages.telling import tell_result
from donghanh.places.models import Point, Ward
from donghanh.practice import actions as practice
from donghanh.practice.queries import something_kept
from donghanh.queue.models import OPEN_STATES, Ticket
from donghanh.reports.queries.day import day_report
from donghanh.reports.queries.recomputed import differences

logger = logging.getLogger(__name__)

# A day is closed once it is over: nobody who is helped late in the evening is cut off.
CLOSING_HOUR = time(0, 30)
BACKWARD_DAYS = 7
# Once the day is closed its figures stand still.
RECOMPUTE_AFTER = timedelta(minutes=10)
FOLLOW_MINUTES = 15


class ReportDiffers(Exception):
    """The day's report and the journal tell two stories."""


def post_nightly(now: datetime | None = None) -> int:
    """Post the errands of the coming night, each once; and those of days that a stopped machine missed."""
    moment = now or clock.now()
    today = timezone.localtime(moment).date()
    posted = 0
    for point in Point.objects.all():
        for back in range(BACKWARD_DAYS + 1):
            day = today - timedelta(days=back)
            if back and not _left_open(point, day):
                continue
            due = _night_after(day)
            posted += outbox.post(
                "close_day", f"close_day/{point.pk}/{day}", ward=point.ward_id, due_at=due,
                point=str(point.pk), day=day.isoformat(),
            )  # fmt: skip
            posted += outbox.post(
                "recompute", f"recompute/{point.pk}/{day}", ward=point.ward_id, due_at=due + RECOMPUTE_AFTER,
                point=str(point.pk), day=day.isoformat(),
            )  # fmt: skip
    for ward in Ward.objects.all():
        posted += _post_follow_up(ward, moment)
        due = _night_after(today) + timedelta(minutes=15)
        posted += outbox.post(
            "retention", f"retention/{ward.pk}/{today}", ward=ward.pk, due_at=due, ward_code=ward.pk
        )
    return posted + _post_practice(moment)


def _post_practice(now: datetime) -> bool:
    """Every hour in which something lies on the practice portal, what is a day old there is deleted."""
    if not something_kept():
        return False
    hour = now.replace(minute=0, second=0, microsecond=0)
    return outbox.post("forget_practice", f"forget_practice/{hour.isoformat()}")


def _forget_practice(facts: dict[str, Any]) -> None:
    practice.forget_old(clock.now())


def _post_follow_up(ward: Ward, now: datetime) -> bool:
    """Every quarter of an hour the portals that answer are asked where open dossiers stand, if there are any."""
    if not to_be_asked(ward).exists():
        return False
    quarter = now.replace(minute=now.minute - now.minute % FOLLOW_MINUTES, second=0, microsecond=0)
    return outbox.post(
        "follow_up", f"follow_up/{ward.pk}/{quarter.isoformat()}", ward=ward.pk, ward_code=ward.pk
    )


def _night_after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), CLOSING_HOUR))


def _left_open(point: Point, day: date) -> bool:
    tickets = Ticket.objects.filter(point=point, day=day, state__in=OPEN_STATES).exists()
    return tickets or Case.objects.filter(point=point, opened_at__date=day, finished_at__isnull=True).exists()


def _close_day(facts: dict[str, Any]) -> None:
    point = Point.objects.get(pk=UUID(facts["point"]))
    close_day(point, datetime.fromisoformat(facts["day"]).date(), by=House())


def _retention(facts: dict[str, Any]) -> None:
    forget_old(Ward.objects.get(pk=facts["ward_code"]), clock.now(), by=House())
    forget_old_answers(clock.now())
    purge_handovers(clock.now())


def _follow_up(facts: dict[str, Any]) -> None:
    follow_up_all(Ward.objects.get(pk=facts["ward_code"]), by=House())


def _recompute(facts: dict[str, Any]) -> None:
    """Count the day once more from the journal alone. A failed errand, which `doctor` reports, when it differs."""
    point, day = Point.objects.get(pk=UUID(facts["point"])), date.fromisoformat(facts["day"])
    if wrong := differences(point, day, day_report(point, day)):
        logger.error(
            "report and journal of point %s on %s differ: %s", point.pk, day, ", ".join(sorted(wrong))
        )
        raise ReportDiffers


COURIERS: dict[str, Courier] = {
    "close_day": _close_day,
    "follow_up": _follow_up,
    "recompute": _recompute,
    "forget_practice": _forget_practice,
    "retention": _retention,
    "tell_result": tell_result,
}
