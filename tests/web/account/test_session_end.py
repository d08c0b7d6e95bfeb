"""A session ends with the half day."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from donghanh.places.rules.days import Span
from donghanh.web.account.session_end import session_end

pytestmark = pytest.mark.pure

USUAL = (Span(time(7), time(11, 30)), Span(time(13), time(17)))
LONG = (Span(time(7), time(12, 30)), Span(time(13), time(19)))


@pytest.mark.parametrize(
    ("now", "hours", "end"),
    [
        ("07:00", USUAL, "12:00"),
        ("11:30", USUAL, "12:00"),
        ("11:31", USUAL, "18:00"),
        ("13:05", USUAL, "18:00"),
        ("17:45", USUAL, "21:45"),
        ("18:30", (), "22:30"),
        ("08:00", LONG, "12:30"),
        ("12:10", LONG, "19:00"),
        ("18:10", LONG, "19:00"),
        ("00:10", USUAL, "12:00"),
    ],
)
def test_the_end_of_the_half_day(now, hours, end):
    moment = datetime.fromisoformat(f"2026-11-24T{now}:00+07:00")
    assert session_end(moment, hours).strftime("%H:%M") == end
