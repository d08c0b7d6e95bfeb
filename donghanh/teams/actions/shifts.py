"""Come on duty, sit at a counter, call a colleague, go home."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from donghanh.kernel import clock, journal
from donghanh.kernel.errors import NotFound
from donghanh.kernel.journal import action
from donghanh.places.models import Counter, OpeningHours, Point
from donghanh.teams.models import Assignment, Member, Shift
from donghanh.teams.queries import points_visible_to
from donghanh.teams.rules import require

NOON = time(12, 0)
# Where a point has no hours of its own: the usual office halves.
USUAL = {
    "morning": (time(7, 30), time(11, 30)),
    "afternoon": (time(13, 30), time(17, 0)),
    "evening": (time(18, 0), time(21, 0)),
}


@action
def check_in(point: Point, *, by: Member, counter: Counter | None = None) -> Assignment:
    """Be on duty at a point now; the shift of this half day is made if nobody planned it.

    Checking in again is harmless, and ends a check-out. Refuses with NotFound for a foreign point.
    """
    require(by.role, "serve")
    _refuse_foreign(point, by)
    shift = _shift_of(point, clock.now())
    duty, _ = Assignment.objects.get_or_create(shift=shift, member=by)
    if duty.checked_in_at is None or duty.checked_out_at is not None:
        moment = duty.checked_in_at or clock.now()
        Assignment.objects.filter(pk=duty.pk).update(checked_in_at=moment, checked_out_at=None)
        duty.checked_in_at, duty.checked_out_at = moment, None
        _write("shift.check_in", point, by, subject_id=str(shift.pk), half=shift.half)
    if counter is not None:
        sit_at(counter, by=by)
        duty.counter = counter
    return duty


@action
def check_out(point: Point, *, by: Member) -> int:
    """Go off duty at a point; gives how many open duties ended (0 when there was none)."""
    require(by.role, "serve")
    _refuse_foreign(point, by)
    ended = Assignment.objects.filter(
        shift__point=point, member=by, checked_in_at__isnull=False, checked_out_at__isnull=True
    ).update(checked_out_at=clock.now(), counter=None)
    if ended:
        _write("shift.check_out", point, by)
    return ended


@action
def sit_at(counter: Counter, *, by: Member) -> Counter:
    """Take a counter, on duty or coming on duty by it; who sat there before has left it.

    Opens the counter. Refuses with NotFound when it is not in use or foreign.
    """
    require(by.role, "serve")
    point = counter.point
    _refuse_foreign(point, by)
    if not counter.is_active:
        raise NotFound()
    duty = check_in(point, by=by)
    Assignment.objects.filter(counter=counter, shift__day=clock.today()).exclude(pk=duty.pk).update(
        counter=None
    )
    Assignment.objects.filter(member=by, shift__day=clock.today()).update(counter=None)
    Assignment.objects.filter(pk=duty.pk).update(counter=counter)
    Counter.objects.filter(pk=counter.pk).update(is_open=True)
    counter.is_open = True
    _write_counter("counter.taken", counter, by)
    return counter


@action
def call_colleague(counter: Counter, *, by: Member) -> None:
    """Ask for a colleague at a counter: shown to the coordinator until it is switched off."""
    require(by.role, "serve")
    _refuse_foreign(counter.point, by)
    _write_counter("counter.help_wanted", counter, by)


@action
def colleague_came(counter: Counter, *, by: Member) -> None:
    """Switch the call for a colleague off."""
    require(by.role, "serve")
    _refuse_foreign(counter.point, by)
    _write_counter("counter.help_over", counter, by)


def half_at(moment: datetime, spans: dict[str, tuple[time, time]]) -> str:
    """Which half a moment belongs to: the first whose end is not past; the gap before one belongs to it."""
    local = timezone.localtime(moment).time()
    for half in ("morning", "afternoon"):
        if half in spans and local <= spans[half][1]:
            return half
    return "evening" if "evening" in spans and local >= spans["evening"][0] else _last(spans)


def spans_of(point: Point, day: date) -> dict[str, tuple[time, time]]:
    """Beginning and end of each half by the point's opening hours; the usual ones where it has none."""
    spans = dict(USUAL)
    rows = OpeningHours.objects.filter(point=point, weekday=day.weekday()).order_by("opens")
    for row in rows:
        half = "morning" if row.opens < NOON else "evening" if row.opens >= time(17, 30) else "afternoon"
        if half == "morning" and row.closes > time(13, 30):  # open all day: noon parts it
            spans["morning"], spans["afternoon"] = (row.opens, NOON), (NOON, row.closes)
        else:
            spans[half] = (row.opens, row.closes)
    return spans


def _last(spans: dict[str, tuple[time, time]]) -> str:
    return "afternoon" if "afternoon" in spans else "morning"


def _shift_of(point: Point, moment: datetime) -> Shift:
    day = timezone.localtime(moment).date()
    spans = spans_of(point, day)
    half = half_at(moment, spans)
    starts, ends = spans[half]
    return Shift.objects.get_or_create(
        point=point,
        day=day,
        half=half,
        defaults={
            "starts_at": timezone.make_aware(datetime.combine(day, starts)),
            "ends_at": timezone.make_aware(datetime.combine(day, ends)),
        },
    )[0]


def _refuse_foreign(point: Point, by: Member) -> None:
    if not points_visible_to(by).filter(pk=point.pk).exists():
        raise NotFound()


def _write_counter(verb: str, counter: Counter, by: Member) -> None:
    journal.write(
        verb,
        ward=counter.point.ward_id,
        by=by,
        subject="counter",
        subject_id=counter.pk,
        point_id=counter.point_id,
        facts={"counter": counter.label},
    )


def _write(verb: str, point: Point, by: Member, *, subject_id: str = "", half: str = "") -> None:
    journal.write(
        verb,
        ward=point.ward_id,
        by=by,
        subject="shift",
        subject_id=subject_id,
        point_id=point.pk,
        facts={"half": half} if half else {},
    )
