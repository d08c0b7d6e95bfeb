"""Forget who was on duty once the report of hours is no longer asked for."""

from __future__ import annotations

from datetime import date

from donghanh.kernel.journal import action
from donghanh.places.models import Ward
from donghanh.teams.models import Assignment


@action
def forget_duties(ward: Ward, before: date) -> int:
    """Delete a ward's duties of shifts before a day; gives how many."""
    old = Assignment.objects.filter(shift__point__ward=ward, shift__day__lt=before)
    return old.delete()[0]
