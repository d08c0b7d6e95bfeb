"""Forget who served a ticket, and what an undo would put back. The stay and its times remain."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from donghanh.kernel.journal import action
from donghanh.places.models import Ward
from donghanh.queue.models import OPEN_STATES, Period, Ticket


@action
def forget_members(ward: Ward, before: date) -> int:
    """Take the members out of a ward's ended tickets and periods before a day; gives how many links went."""
    tickets = _ended(ward, before).filter(Q(member__isnull=False) | Q(wanted_member__isnull=False))
    periods = Period.objects.filter(
        ticket__point__ward=ward, ticket__day__lt=before, member__isnull=False, ends_at__isnull=False
    )
    return tickets.update(member=None, wanted_member=None) + periods.update(member=None)


@action
def forget_undo(ward: Ward, before: date) -> int:
    """Wipe what an undo would put back (it may hold a note) from a ward's ended tickets before a day."""
    return _ended(ward, before).filter(last_move__isnull=False).update(last_move=None)


def _ended(ward: Ward, before: date) -> QuerySet[Ticket]:
    return Ticket.objects.filter(point__ward=ward, day__lt=before).exclude(state__in=OPEN_STATES)
