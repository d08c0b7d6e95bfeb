"""What can be chosen at a kiosk, as cards; and the papers of what was chosen."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from django.utils.translation import get_language, gettext

from donghanh.catalog.models import Procedure
from donghanh.catalog.queries import content_of
from donghanh.catalog.rules.texts import text
from donghanh.places.models import Point
from donghanh.queue.actions.issue import NotOfferedHere, setting_of
from donghanh.queue.models import Series

MOST_NEEDS = 8
MOST_PROCEDURES = 6
SOMETHING_ELSE = "else"
DRAWN = frozenset(
    "birth marriage death moving id insurance phone paper signature health social business help".split()
)


class Card(TypedDict):
    """A choice card, see components/_choice_cards.html."""

    value: str
    label: str
    pictogram: NotRequired[str]


def language() -> str:
    """The language of the page, as texts of the catalogue name it."""
    return (get_language() or "vi")[:2]


def needs_at(point: Point) -> list[Card]:
    """The first eight active series of a point."""
    offered = Series.objects.filter(point=point, is_active=True).order_by("position", "letter")
    return [
        {"value": one.letter, "label": one.name_in(language()), "pictogram": _drawn(one.pictogram)}
        for one in offered[:MOST_NEEDS]
    ]


def series_at(point: Point, letter: str) -> Series:
    """The active series of that letter. Refuses with NotOfferedHere."""
    found = Series.objects.filter(point=point, letter=letter, is_active=True).first()
    if found is None:
        raise NotOfferedHere()
    return found


def procedures_of(series: Series) -> list[Procedure]:
    """What a series offers and is published, at most six."""
    offered = Procedure.objects.filter(offers__series=series, current__isnull=False).order_by(
        "offers__position", "name_key"
    )
    return list(offered[:MOST_PROCEDURES])


def procedure_of(series: Series, code: str) -> Procedure | None:
    """The chosen procedure of a series; None for "something else" and for what it does not offer."""
    return Procedure.objects.filter(offers__series=series, code=code, current__isnull=False).first()


def procedure_cards(procedures: list[Procedure]) -> list[Card]:
    """The procedures by their short names, and something else."""
    cards: list[Card] = [
        {"value": one.code, "label": short_name(one), "pictogram": _drawn(one.pictogram)}
        for one in procedures
    ]
    return [*cards, {"value": SOMETHING_ELSE, "label": gettext("Something else"), "pictogram": "help"}]


def short_name(procedure: Procedure) -> str:
    """The name that fits on a button."""
    return text(content_of(procedure.current_id), "short", language()) if procedure.current_id else ""


def priority_cards(point: Point) -> list[Card]:
    """The ward's classes; a card carries the level alone, so that no reason is ever sent."""
    classes = setting_of(point.ward_id).priority_classes or _usual_classes()
    return [
        {"value": str(one["level"]), "label": str(one.get(language()) or one["vi"])}
        for one in classes
        if int(one["level"]) > 0
    ]


def papers_of(procedure: Procedure | None) -> list[str]:
    """The names of the papers to have at hand; empty when nobody knows yet."""
    if procedure is None or procedure.current_id is None:
        return []
    content = content_of(procedure.current_id)
    return [text(content, f"papers.{paper.id}.name", language()) for paper in content.papers]


def _usual_classes() -> list[dict[str, Any]]:
    return [
        {"level": 2, language(): gettext("80 or older")},
        {"level": 2, language(): gettext("Disabled")},
        {"level": 1, language(): gettext("Pregnant, or with a small child")},
    ]


def _drawn(pictogram: str) -> str:
    return pictogram if pictogram in DRAWN else "help"
