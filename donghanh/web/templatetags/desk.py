"""Filters of the desk and the live view: minutes, words of codes, masks."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext

from donghanh.catalog.models import Procedure
from donghanh.kernel import clock
from donghanh.kernel.text import masked as kernel_masked
from donghanh.practice.rules.entering import PORTAL as PRACTICE
from donghanh.web import words
from donghanh.web.guide import Guide

register = template.Library()


@register.filter
def seconds_since(moment: datetime | None) -> int:
    """Full seconds from a moment to now, never below 0."""
    return max(int((clock.now() - moment).total_seconds()), 0) if moment else 0


@register.filter
def minutes_since(moment: datetime | None) -> int:
    """Full minutes from a moment to now, never below 0."""
    return seconds_since(moment) // 60


@register.filter
def named(procedure: Procedure) -> str:
    """The procedure's name in the language of the page."""
    return procedure.name_in(translation.get_language() or "vi")


@register.filter
def masked(text: str) -> str:
    """All but the last three figures as dots."""
    return kernel_masked(text or "", shown=3)


@register.filter
def actor(who: str) -> str | Promise:
    """Who acts in a step, as a word."""
    return words.ACTORS.get(who, who)


@register.filter
def paper_mode(mode: str) -> str | Promise:
    """What is done with a paper, as a word."""
    return words.PAPER_MODES.get(mode, mode)


@register.filter
def dossier_warning(code: str) -> str | Promise:
    """Why a dossier code deserves a second look."""
    return words.DOSSIER_WARNINGS.get(code, code)


@register.filter
def portal_name(portal: str, guide: Guide) -> str:
    """The portal's name in the guide, else the text as it was typed; the practice portal is named as such."""
    if portal == PRACTICE:
        return gettext("Practice portal")
    return next((one.name for one in guide.portals if one.id == portal), portal)


@register.filter
def consent_state(consents: list[dict[str, object]] | None) -> str:
    """Whether the person agreed to be helped: given or needed."""
    given = any(one["purpose"] == "help_with_procedure" and one["given"] for one in consents or [])
    return "given" if given else "needed"


@register.filter
def parts(text: str) -> list[str]:
    """A text parted at its strokes."""
    return text.split("|")


@register.filter
def in_fours(code: str) -> str:
    """A code in groups of four, as it is said aloud."""
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))
