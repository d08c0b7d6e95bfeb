"""Tags of the design system: icons, pictograms, status chips, steps, waiting times.

They translate a word of the house into what is shown; they never ask the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypedDict

from django import template
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from donghanh.web.words import STATES as WORDS

register = template.Library()

Text = str | Promise

# The wait as one word: up to 20 minutes is short, up to 45 is medium, beyond is long.
SHORT_WAIT_MINUTES = 20
MEDIUM_WAIT_MINUTES = 45


@dataclass(frozen=True)
class State:
    """How a state is shown: never by colour alone."""

    label: Text
    icon: str
    tone: str


STATES: dict[str, State] = {
    # tickets, in the words of the house
    "waiting": State(WORDS["waiting"], "hourglass", "wait"),
    "called": State(WORDS["called"], "megaphone", "primary"),
    "recalled": State(WORDS["recalled"], "megaphone", "primary"),
    "serving": State(WORDS["serving"], "user-check", "primary"),
    "held": State(WORDS["held"], "circle-pause", "information"),
    "parked": State(WORDS["parked"], "archive", "information"),
    "absent": State(WORDS["absent"], "user-x", "wait"),
    "done": State(WORDS["done"], "circle-check", "done"),
    "gone": State(WORDS["gone"], "log-out", "plain"),
    "closed": State(WORDS["closed"], "door-closed", "plain"),
    # counters and points
    "open": State(_("Open now"), "door-open", "done"),
    "shut": State(_("Closed now"), "door-closed", "plain"),
    "paused": State(_("Paused"), "pause", "wait"),
    # cases and papers
    "draft": State(_("Draft"), "pencil", "plain"),
    "missing": State(_("Missing"), "file-x", "wrong"),
    "ready": State(_("Ready"), "file-check", "done"),
    "late": State(_("Late"), "triangle-alert", "wrong"),
    "due": State(_("Due soon"), "clock", "wait"),
    "refused": State(_("Refused"), "circle-x", "wrong"),
    # the line to the server
    "online": State(_("Connected"), "radio", "done"),
    "offline": State(_("Connection lost"), "wifi-off", "wait"),
}


class ChipFacts(TypedDict):
    """What a chip shows."""

    label: Text
    icon: str
    tone: str


class StepperFacts(TypedDict):
    """What a stepper shows."""

    current: int
    total: int
    dots: list[str]


class WaitFacts(TypedDict):
    """What a wait range shows."""

    known: bool
    low: int
    high: int
    chip: State
    large: bool


@register.simple_tag
def icon_url(name: str) -> str:
    """Where an icon stands in the sprite, for a place that draws its own `svg`."""
    return f"{static('icons.svg')}#{name}"


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the set; it is decoration, the word beside it is what is read."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("icons.svg"),
        name,
    )


@register.simple_tag
def pictogram(name: str) -> SafeString:
    """A pictogram of a need (birth, marriage, …); the word beside it is what is read."""
    return format_html(
        '<svg class="pictogram" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("pictograms.svg"),
        name,
    )


@register.inclusion_tag("components/_chip.html")
def state_chip(state: str, label: str = "") -> ChipFacts:
    """The chip of a known state; an unknown one is shown as its own word, plainly."""
    shown = STATES.get(state, State(state, "circle", "plain"))
    return {"label": label or capfirst(str(shown.label)), "icon": shown.icon, "tone": shown.tone}


@register.inclusion_tag("components/_stepper.html")
def stepper(current: int, total: int) -> StepperFacts:
    """Progress as dots and "3 of 5"; `current` counts from 1, `total` + 1 means all done."""
    dots = ["done" if at < current else "now" if at == current else "todo" for at in range(1, total + 1)]
    return {"current": min(current, total), "total": total, "dots": dots}


def wait_level(high: int | None) -> State:
    """The wait as a word, an icon and a colour; no range means nobody can know yet."""
    if high is None:
        return State(_("Not known yet"), "clock", "plain")
    if high <= SHORT_WAIT_MINUTES:
        return State(_("Short wait"), "clock", "done")
    if high <= MEDIUM_WAIT_MINUTES:
        return State(_("Medium wait"), "hourglass", "wait")
    return State(_("Long wait"), "hourglass", "wrong")


@register.inclusion_tag("components/_wait_range.html")
def wait_range(
    low: int | Literal[""] | None, high: int | Literal[""] | None, large: bool = False
) -> WaitFacts:
    """The expected wait in minutes as a range with a word; None or "" when it is not known."""
    # A template that asks a missing range for its ends passes "" here.
    known = isinstance(low, int) and isinstance(high, int)
    return {
        # Nobody ahead and a counter free: the word says it, "about 0 minutes" would not.
        "known": known and bool(high),
        "low": low or 0,
        "high": high or 0,
        "chip": wait_level(high if isinstance(high, int) and known else None),
        "large": large,
    }


@register.filter
def state_label(state: str) -> str:
    """The word of a known state, for titles and spoken text."""
    shown = STATES.get(state)
    return state if shown is None else str(shown.label)
