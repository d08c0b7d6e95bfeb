"""What an edition costs, how long it takes and where it is done, in a few words. Unknown is never free."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from donghanh.catalog.rules.content import EditionContent, Fee, Online, TimeLimit


def money(amount: int) -> str:
    """Whole đồng as people write them: 8.000 đ."""
    return f"{amount:,}".replace(",", ".") + " đ"


def holds_on(fee: Fee, today: date) -> bool:
    """Whether this fee is the one of today."""
    day = today.isoformat()
    return (fee.valid_from or "") <= day <= (fee.valid_to or "9999")


def cost_in_short(content: EditionContent, today: date) -> str:
    """Free, an amount, from–to, or that it is not known; empty where a service states no fee at all."""
    fees = [fee for fee in content.fees if holds_on(fee, today)]
    amounts = sorted({fee.amount for fee in fees if fee.amount is not None})
    is_open = [fee for fee in fees if fee.kind != "amount"]
    if not fees:
        return "" if content.kind == "service" else _("Not known: please ask at the desk")
    if not amounts:
        return _by_province(is_open)
    if amounts == [0]:
        words = _("Free in the usual case") if is_open else _("Free")
    elif len(amounts) == 1:
        words = money(amounts[0])
    elif amounts[0] == 0:
        words = _("Free in the usual case, otherwise up to {most}").format(most=money(amounts[-1]))
    else:
        words = _("{least} to {most}").format(least=money(amounts[0]), most=money(amounts[-1]))
    return f"{words}; {_('otherwise as the province has set')}" if is_open else words


def _by_province(fees: list[Fee]) -> str:
    if any(fee.kind == "unknown" for fee in fees):
        return _("Not known: please ask at the desk")
    return _("Set by the province: please ask at the desk")


def fee_amount(fee: Fee) -> str:
    """The amount of one fee, and what it is paid for."""
    if fee.kind == "set_by_province":
        return _("set by the province")
    if fee.amount is None:
        return _("not known")
    if fee.amount == 0:
        return _("no charge")
    each = {"copy": _("for each copy"), "page": _("for each page"), "person": _("for each person")}
    return f"{money(fee.amount)} {each.get(fee.per, '')}".strip()


def time_in_short(limit: TimeLimit) -> str:
    """How long the authority may take; empty where the law sets no limit."""
    if limit.kind == "none":
        return ""
    if limit.kind == "same_day":
        if not limit.cutoff:
            return _("The same day")
        return _("The same day; after {hour} the next working day").format(hour=limit.cutoff)
    if limit.kind == "working_days" and limit.days:
        return ngettext("{days} working day", "{days} working days", limit.days).format(days=limit.days)
    if limit.kind == "calendar_days" and limit.days:
        return ngettext("{days} day", "{days} days", limit.days).format(days=limit.days)
    return _("It depends: see below") if limit.kind == "text" else _("Not known: please ask at the desk")


def where_in_short(content: EditionContent) -> str:
    """On the phone, online, or at a counter."""
    return _where(content.online, any(portal.kind == "app" for portal in content.portals), content.kind)


def _where(online: Online | None, in_app: bool, kind: str) -> str:
    if online is None:
        return _("On your own phone") if in_app or kind == "service" else _("Please ask at the desk")
    return {
        "full": _("Online, or at the counter"),
        "partial": _("Partly online, the rest at the counter"),
        "in_person": _("At the counter only"),
    }.get(online.mode, _("Please ask at the desk"))
