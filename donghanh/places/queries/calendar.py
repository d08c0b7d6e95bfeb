"""The public holidays of Vietnam, as the `holidays` package knows them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from holidays import country_holidays


def vietnamese_calendar(years: Iterable[int]) -> tuple[dict[date, str], set[date]]:
    """Holidays by day with their Vietnamese names, and the weekend days worked in exchange.

    Lunar New Year of coming years is computed; swaps are known only once they are decreed, so a
    ward keeps its own exceptions beside these.
    """
    named: dict[date, str] = {}
    worked: set[date] = set()
    for year in years:
        holidays_of_year, swapped = _year(year)
        named.update(holidays_of_year)
        worked.update(swapped)
    return named, worked


@cache
def _year(year: int) -> tuple[tuple[tuple[date, str], ...], frozenset[date]]:
    found = country_holidays("VN", language="vi", years=year)
    # The package keeps a few swaps of other years in the set: only this year's are wanted.
    swapped = frozenset(day for day in found.weekend_workdays if day.year == year)
    return tuple(sorted(found.items())), swapped
