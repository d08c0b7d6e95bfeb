"""How a ward runs its queue: settings, series of tickets, and what each series offers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from uuid import UUID

from donghanh.catalog.models import Procedure
from donghanh.kernel import journal
from donghanh.kernel.errors import Invalid, Refusal
from donghanh.kernel.journal import Actor, action
from donghanh.places.models import Counter, Point, Ward
from donghanh.queue.models import Offer, QueueSetting, Series

LETTER = re.compile(r"^[A-HJ-NPR-Z]$")
LEVELS = range(1, 6)


class LetterTaken(Refusal):
    """The point has a series of this letter. Fact: letter."""

    message = "There is a series {letter} at this point already. Choose another letter."


class LetterUnclear(Refusal):
    """I, O and Q are misread as digits."""

    message = "Choose one letter from A to Z, but not I, O or Q: they look like digits."
    status = 422


class LevelTwice(Refusal):
    """Two priority classes of one level. Fact: level."""

    message = "Priority level {level} stands twice. Give each class its own level from 1 to 5."
    status = 422


class CounterElsewhere(Refusal):
    """A counter of another point."""

    message = "One of the counters belongs to another point."


@dataclass(frozen=True)
class PriorityClass:
    """Who comes with a head start; `from_age` None: only by the member's word."""

    level: int
    vi: str
    en: str
    fr: str
    from_age: int | None = None


@dataclass(frozen=True)
class Limits:
    """The numbers of a ward's queue."""

    head_start_minutes: int
    most_priority_in_a_row: int
    recall_cooldown_seconds: int
    most_calls: int
    undo_minutes: int


@dataclass(frozen=True)
class SeriesFacts:
    """What the office knows about a series."""

    letter: str
    name_vi: str
    name_en: str
    name_fr: str
    pictogram: str
    position: int = 0
    needs_skill: str = ""
    daily_limit: int | None = None
    usual_minutes: int = 12
    is_active: bool = True


@action
def set_queue(ward: Ward, classes: Iterable[PriorityClass], limits: Limits, *, by: Actor) -> QueueSetting:
    """Set the ward's priority classes and limits. Refuses with LevelTwice, Invalid."""
    ordered = sorted(classes, key=lambda one: one.level)
    seen: set[int] = set()
    for one in ordered:
        if one.level not in LEVELS or not one.vi:
            raise Invalid(field="priority_classes", problem=f"{one.level}")
        if one.level in seen:
            raise LevelTwice(level=one.level)
        seen.add(one.level)
    facts = asdict(limits)
    setting, _ = QueueSetting.objects.update_or_create(
        ward=ward, defaults={**facts, "priority_classes": [asdict(one) for one in ordered]}
    )
    journal.write(
        "queue.set", ward=ward.pk, by=by, subject="queue", subject_id=setting.pk,
        facts={**facts, "levels": [[one.level, one.from_age] for one in ordered]},
    )  # fmt: skip
    return setting


@action
def save_series(
    point: Point, facts: SeriesFacts, *, counters: Iterable[Counter] = (), procedures: Iterable[Procedure] | None = None,
    by: Actor, series: Series | None = None,
) -> Series:  # fmt: skip
    """Add a series with what it offers, or change the one given; without `procedures` the offers stay.

    Refuses with LetterUnclear, LetterTaken, CounterElsewhere.
    """
    if not LETTER.match(facts.letter):
        raise LetterUnclear()
    fresh, chosen = series or Series(point=point), list(counters)
    if any(counter.point_id != point.pk for counter in chosen):
        raise CounterElsewhere()
    if Series.objects.filter(point=point, letter=facts.letter).exclude(pk=fresh.pk).exists():
        raise LetterTaken(letter=facts.letter)
    for name, value in asdict(facts).items():
        setattr(fresh, name, value)
    fresh.save(force_insert=series is None)
    fresh.counters.set(chosen)
    journal.write(
        "series.edit" if series else "series.add", ward=point.ward_id, by=by, subject="series", subject_id=fresh.pk,
        point_id=point.pk, facts={"letter": facts.letter, "limit": facts.daily_limit, "active": facts.is_active},
    )  # fmt: skip
    if procedures is not None:
        set_offers(fresh, procedures, by=by)
    return fresh


@action
def set_offers(series: Series, procedures: Iterable[Procedure], *, by: Actor) -> int:
    """Which procedures a series offers, in this order. How many."""
    wanted = {procedure.pk: position for position, procedure in enumerate(procedures)}
    known = set(Offer.objects.filter(series=series).values_list("procedure_id", flat=True))
    Offer.objects.filter(series=series).exclude(procedure_id__in=wanted).delete()
    for procedure_id, position in wanted.items():
        Offer.objects.update_or_create(
            series=series, procedure_id=procedure_id, defaults={"position": position}
        )
    if known != set(wanted):
        journal.write(
            "offers.set", ward=series.point.ward_id, by=by, subject="series", subject_id=series.pk,
            point_id=series.point_id, facts={"procedures": _codes(wanted)},
        )  # fmt: skip
    return len(wanted)


def _codes(wanted: Iterable[UUID]) -> list[str]:
    return sorted(Procedure.objects.filter(pk__in=list(wanted)).values_list("code", flat=True))
