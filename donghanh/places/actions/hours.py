"""When a point is open: hours of the week, closures, and the ward's own word on single days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from donghanh.kernel import journal
from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.text import nfc
from donghanh.places.models import Closure, DayOverride, OpeningHours, Point, Ward
from donghanh.places.rules.days import Span


class HoursOverlap(Refusal):
    """Two spans of one weekday overlap. Fact: weekday (0 = Monday)."""

    message = "Two opening times of one day overlap. Let the second begin after the first has ended."
    status = 422


class ClosureBackwards(Refusal):
    """A closure that ends before it begins."""

    message = "The last day is before the first. Exchange the two."
    status = 422


@action
def set_hours(point: Point, week: Mapping[int, Iterable[Span]], *, by: Actor) -> int:
    """Replace the point's week by these spans. How many there are. Refuses with HoursOverlap."""
    rows = []
    for weekday, spans in week.items():
        ordered = sorted(spans, key=lambda span: span.opens)
        for earlier, later in pairwise(ordered):
            if later.opens < earlier.closes:
                raise HoursOverlap(weekday=weekday)
        rows += [
            OpeningHours(point=point, weekday=weekday, opens=span.opens, closes=span.closes)
            for span in ordered
        ]
    OpeningHours.objects.filter(point=point).delete()
    OpeningHours.objects.bulk_create(rows)
    journal.write(
        "hours.set", ward=point.ward_id, by=by, subject="point", subject_id=point.pk, point_id=point.pk,
        facts={"week": [[row.weekday, f"{row.opens:%H:%M}", f"{row.closes:%H:%M}"] for row in rows]},
    )  # fmt: skip
    return len(rows)


@action
def add_closure(
    ward: Ward, *, starts_on: date, ends_on: date, reason: str, by: Actor, point: Point | None = None
) -> Closure:
    """Shut a point, or the whole ward, from one day to another. Refuses with ClosureBackwards."""
    if ends_on < starts_on:
        raise ClosureBackwards()
    made = Closure.objects.create(
        ward=ward, point=point, starts_on=starts_on, ends_on=ends_on, reason=nfc(reason)[:120]
    )
    _note("closure.add", ward.pk, made, by, {"from": starts_on.isoformat(), "to": ends_on.isoformat()})
    return made


@action
def remove_closure(closure: Closure, *, by: Actor) -> None:
    """Open again."""
    facts = {"from": closure.starts_on.isoformat(), "to": closure.ends_on.isoformat()}
    _note("closure.remove", closure.ward_id, closure, by, facts)
    closure.delete()


@action
def set_day(ward: Ward, *, day: date, works: bool, reason: str, by: Actor) -> DayOverride:
    """The ward's own word on a day: worked or free, whatever the national calendar says."""
    made, _ = DayOverride.objects.update_or_create(
        ward=ward, day=day, defaults={"works": works, "reason": nfc(reason)[:120]}
    )
    journal.write(
        "day.set", ward=ward.pk, by=by, subject="day", subject_id=made.pk,
        facts={"day": day.isoformat(), "works": works},
    )  # fmt: skip
    return made


@action
def unset_day(override: DayOverride, *, by: Actor) -> None:
    """The national calendar holds again for that day."""
    journal.write(
        "day.unset", ward=override.ward_id, by=by, subject="day", subject_id=override.pk,
        facts={"day": override.day.isoformat()},
    )  # fmt: skip
    override.delete()


def _note(verb: str, ward: str, closure: Closure, by: Actor, facts: dict[str, str]) -> None:
    journal.write(
        verb,
        ward=ward,
        by=by,
        subject="closure",
        subject_id=closure.pk,
        point_id=closure.point_id,
        facts=facts,
    )
