"""The record of a day's help as PDF, on A5 or on a roll of 80 mm."""

from __future__ import annotations

import io
from datetime import date
from typing import Any, Literal

import segno
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from donghanh.reports.documents.typesetting import set_page
from donghanh.reports.rules.receipt import HelpedBy, Receipt

Size = Literal["a5", "roll"]


def receipt_pdf(receipt: Receipt, size: Size, address: str) -> bytes:
    """PDF/A-2a and PDF/UA-1 in the language in force; the code leads to `address`."""
    return set_page("receipt.typ", receipt_facts(receipt, size, address))


def receipt_facts(receipt: Receipt, size: Size, address: str) -> dict[str, Any]:
    """What the template is given: titled lists of lines, in the order they are read."""
    return {
        "language": (get_language() or "vi")[:2],
        "size": size,
        "title": _("What was done today"),
        "place": f"{receipt.point}, {receipt.ward}",
        "day": f"{receipt.day:%d/%m/%Y}",
        "procedure": receipt.procedure,
        "person": _("For: {name}").format(name=receipt.person) if receipt.person else "",
        "sections": [{"title": title, "lines": lines} for title, lines in sections_of(receipt) if lines],
        "code": _code(address),
        "code_words": _("Code of the page with this record"),
        "foot": [_("This is not an official receipt. Only the authority gives that out.")],
    }


def sections_of(receipt: Receipt) -> list[tuple[str, list[str]]]:
    """The record as titled lists; a list may be empty."""
    return [
        (_("Done"), list(receipt.steps)),
        (_("Dossier"), _dossiers(receipt)),
        (_("Papers still missing"), list(receipt.missing)),
        (_("What comes next"), _next(receipt)),
        (_("Who helped"), [helped_line(one) for one in receipt.helped_by]),
        (_("Questions and complaints"), _contact(receipt)),
    ]


def helped_line(helper: HelpedBy) -> str:
    """Given name, organisation and badge on one line."""
    words = helper.given_name if not helper.organisation else f"{helper.given_name}, {helper.organisation}"
    if not helper.badge:
        return words
    number = f"{helper.badge:,}".replace(",", " ")
    return _("{who} (badge {number})").format(who=words, number=number)


def _dossiers(receipt: Receipt) -> list[str]:
    lines = []
    for one in receipt.dossiers:
        lines.append(_("{portal}: code {code}").format(portal=one.portal, code=one.code))
        if one.due_on:
            lines.append(_("Result expected on {day}").format(day=_day(one.due_on)))
    return lines


def _next(receipt: Receipt) -> list[str]:
    lines = list(receipt.next_steps)
    if receipt.next_on and not any(one.due_on for one in receipt.dossiers):
        lines.insert(0, _("Next date: {day}").format(day=_day(receipt.next_on)))
    for one in receipt.handed:
        words = _("{organisation} goes on with it, by {day}").format(
            organisation=one.organisation, day=_day(one.due_on)
        )
        lines.append(f"{words}: {one.contact}" if one.contact else words)
    return lines


def _contact(receipt: Receipt) -> list[str]:
    lines = [f"{receipt.point}, {receipt.place}" if receipt.place else receipt.point]
    if receipt.complaint:
        lines.append(receipt.complaint)
    else:
        lines.append(_("Please speak to the coordinator of the support point."))
    return lines


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _code(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, border=2, omitsize=True
    )
    return drawn.getvalue().decode()
