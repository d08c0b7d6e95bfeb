"""Find a commune of today by words, also by the name it had before: the whole country, kept in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from donghanh.kernel.models import JournalEntry
from donghanh.kernel.text import search_key
from donghanh.places.models import Area, Conversion

MOST = 12
LONGEST_QUERY = 120
# How people shorten the kinds of units.
SHORT = {
    "p": "phuong", "x": "xa", "q": "quan", "h": "huyen", "tp": "thanh pho", "tt": "thi tran", "tx": "thi xa", "t": "tinh",
}  # fmt: skip
KINDS = ("dac khu", "thi tran", "phuong", "xa", "huyen")
PROVINCES = ("province", "city")
# Where facts of the whole installation stand in the journal.
COUNTRY_CHAIN = "00000"


@dataclass(frozen=True, slots=True)
class OldArea:
    """A unit of before, as the person may still call it; divided: it became several."""

    code: str
    name: str
    district: str
    province: str
    divided: bool


@dataclass(frozen=True, slots=True)
class FoundArea:
    """A commune of today. `old` when it was found by a former name; then `is_default` is only a proposal."""

    code: str
    name: str
    province: str
    province_code: str
    old: OldArea | None = None
    is_default: bool = True


@dataclass(frozen=True, slots=True)
class _Entry:
    """One name to search: its words with those around it, and which communes of today it stands for."""

    bare: str
    words: frozenset[str]
    found: tuple[FoundArea, ...]


def found_areas(words: str, day: date, *, province_code: str = "") -> list[FoundArea]:
    """At most twelve communes of that day whose name, or former name, fits the words, the best first.

    Accents do not matter; district and province may stand behind; kinds may be shortened (P., TP.). The
    last word may be unfinished.
    """
    typed = _spelt_out(search_key(words[:LONGEST_QUERY]))
    if not typed:
        return []
    bare = _bare(" ".join(typed))
    ranked = sorted(
        (
            (_rank(bare, entry), number)
            for number, entry in enumerate(_index(day))
            if _fits(typed, entry.words)
        ),
    )
    entries = _index(day)
    found: dict[str, FoundArea] = {}
    for _, number in ranked:
        for area in entries[number].found:
            if not province_code or area.province_code == province_code:
                found.setdefault(area.code, area)
        if len(found) >= MOST:
            break
    return list(found.values())[:MOST]


def areas_of(code: str, day: date) -> list[FoundArea]:
    """The commune of that code on that day, or what the old unit of that code became."""
    return list(_by_code(day).get(code, ()))


def _spelt_out(key: str) -> list[str]:
    plain = "".join(sign if sign.isalnum() or sign == "'" else " " for sign in key)
    return " ".join(SHORT.get(word, word) for word in plain.split()).split()


def _fits(typed: list[str], words: frozenset[str]) -> bool:
    *whole, last = typed
    return all(word in words for word in whole) and (
        last in words or any(word.startswith(last) for word in words)
    )


def _rank(bare: str, entry: _Entry) -> tuple[int, bool, int, str]:
    """The name itself first, then the name with its district behind, then one that is only begun."""
    if bare == entry.bare:
        place = 0
    elif bare.startswith(entry.bare + " "):
        place = 1
    else:
        place = 2 if entry.bare.startswith(bare) else 3
    return place, entry.found[0].old is not None, len(entry.bare), entry.bare


def _bare(key: str) -> str:
    return next((key[len(kind) + 1 :] for kind in KINDS if key.startswith(kind + " ")), key)


def _index(day: date) -> tuple[_Entry, ...]:
    return _built(day, *_state())[0]


def _by_code(day: date) -> dict[str, tuple[FoundArea, ...]]:
    return _built(day, *_state())[1]


def _state() -> tuple[str, int]:
    """Changes when areas are taken in anew: the entry of the last import, and how many there are."""
    imports = JournalEntry.objects.filter(ward=COUNTRY_CHAIN, verb="areas.import").order_by("-seq")
    return imports.values_list("hash", flat=True).first() or "", Area.objects.count()


@lru_cache(maxsize=2)
def _built(
    day: date, imported: str, count: int
) -> tuple[tuple[_Entry, ...], dict[str, tuple[FoundArea, ...]]]:
    rows = list(Area.objects.all())
    now = [row for row in rows if row.valid_from <= day and (row.valid_to is None or row.valid_to > day)]
    gone = [row for row in rows if row.valid_to is not None and row.valid_to <= day]
    provinces = {row.code: row.name for row in now if row.kind in PROVINCES}
    before = {row.code: row.name for row in gone if row.kind in PROVINCES}
    today = {
        row.code: FoundArea(row.code, row.name, provinces.get(row.parent_code, ""), row.parent_code)
        for row in now
        if row.kind not in PROVINCES
    }
    entries = [_entry(area.name, (area.province,), (area,)) for area in today.values()]
    by_code: dict[str, tuple[FoundArea, ...]] = {code: (area,) for code, area in today.items()}
    converted_to = _conversions()
    for row in gone:
        if row.kind in PROVINCES:
            continue
        province = before.get(row.parent_code) or provinces.get(row.parent_code, "")
        became = _became(row, province, converted_to.get(row.code, []), today)
        if became:
            places = (row.district, province, *{area.province for area in became})
            entries.append(_entry(row.name, places, became))
            by_code.setdefault(row.code, became)
    return tuple(entries), by_code


def _entry(name: str, places: Iterable[str], found: tuple[FoundArea, ...]) -> _Entry:
    words = _spelt_out(search_key(" ".join((name, *places))))
    return _Entry(_bare(" ".join(_spelt_out(search_key(name)))), frozenset(words), found)


def _became(
    row: Area, province: str, conversions: list[tuple[str, bool]], today: dict[str, FoundArea]
) -> tuple[FoundArea, ...]:
    """The communes of today an old unit became, the default first."""
    known = [(code, is_default) for code, is_default in conversions if code in today]
    old = OldArea(row.code, row.name, row.district, province, divided=len(known) > 1)
    ordered = sorted(known, key=lambda one: (not one[1], one[0]))
    return tuple(
        FoundArea(code, today[code].name, today[code].province, today[code].province_code, old, is_default)
        for code, is_default in ordered
    )


def _conversions() -> dict[str, list[tuple[str, bool]]]:
    found: dict[str, list[tuple[str, bool]]] = {}
    for old, new, is_default in Conversion.objects.values_list("old_code", "new_code", "is_default"):
        found.setdefault(old, []).append((new, is_default))
    return found
