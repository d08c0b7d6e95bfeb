"""Administrative units as rows with validity dates, and the way from an old unit to today's.

A row holds on every day `d` with `valid_from <= d < valid_to` (half-open: `valid_to` is the
first day on which the row no longer holds). Codes are text; a unit may be renamed or
reclassified under the same code, so the key is (code, valid_from).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from donghanh.kernel.errors import Refusal

# The files give no first day for units of before 1 July 2025: it was not in the source.
SINCE_ALWAYS = date.min

# kind → (number of digits of its code, words its full name begins with)
KINDS: Mapping[str, tuple[int, str]] = {
    "province": (2, "Tỉnh"),
    "city": (2, "Thành phố"),
    "ward": (5, "Phường"),
    "commune": (5, "Xã"),
    "township": (5, "Thị trấn"),
    "special": (5, "Đặc khu"),
    # Five island districts had no communes: they keep their own district code of three digits.
    "district": (3, "Huyện"),
}
PROVINCE_KINDS = frozenset({"province", "city"})
AREA_COLUMNS = ("code", "kind", "name", "parent", "district", "valid_from", "valid_to")
CONVERSION_COLUMNS = ("old_code", "new_code", "is_default", "partial")

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # grave, acute, tilde, hook above, dot below
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc", "'"))


class BadReferenceFile(Refusal):
    """A line of a reference file cannot be used; nothing of the file is taken.

    Facts: file, line, column ("" when the whole line is meant), where, problem, remedy.
    """

    message = "{where}: {problem} {remedy}"
    status = 422


class UnknownOldCode(Refusal):
    """No conversion is known for this code: it never was the code of an old unit."""

    message = "No old unit has the code {code}. Choose the new unit by hand."
    status = 404


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One unit over one period. `parent` is a province code, `district` the name of the old district."""

    code: str
    kind: str
    name: str
    parent: str
    district: str
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether this row is the truth about its code on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class ConversionRow:
    """A unit of before 1 July 2025 became, wholly or in part, a unit of that day."""

    old_code: str
    new_code: str
    is_default: bool
    partial: bool


@dataclass(frozen=True, slots=True)
class Candidates:
    """What an old unit may be today: the default first, then the others by code."""

    old_code: str
    default: str
    codes: tuple[str, ...]

    @property
    def divided(self) -> bool:
        """Several candidates: the person must be asked, the default is only proposed."""
        return len(self.codes) > 1


def convert(old_code: str, conversions: Iterable[ConversionRow]) -> Candidates:
    """Every unit the old one may have become. Never decides: look at `divided`.

    Refusals: UnknownOldCode.
    """
    found = sorted((row for row in conversions if row.old_code == old_code), key=_default_first)
    if not found:
        raise UnknownOldCode(code=old_code)
    return Candidates(old_code, found[0].new_code, tuple(row.new_code for row in found))


def _default_first(row: ConversionRow) -> tuple[bool, str]:
    return (not row.is_default, row.new_code)


def same_name(a: str, b: str) -> bool:
    """Whether two names are one name written with the tone mark placed differently.

    "Hoà" is "Hòa" and "Thuỷ" is "Thủy", whatever the case, the composition (NFC, NFD) and the
    apostrophe; "Sơn Hà" is not "Sơn Hạ", and "Ba Tơ" is not "Ba Tô".
    """
    return _spelling(a) == _spelling(b)


def _spelling(name: str) -> tuple[tuple[str, str], ...]:
    # A syllable has one tone, so letters and tone can be compared apart from the tone's place.
    words = unicodedata.normalize("NFD", name.casefold().translate(_APOSTROPHES)).split()
    return tuple(
        ("".join(c for c in word if c not in _TONES), "".join(c for c in word if c in _TONES))
        for word in words
    )


def lines_of(raw: bytes, source: str) -> list[str]:
    """The lines of a file as text. Refusals: BadReferenceFile when it is not UTF-8."""
    try:
        return raw.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        raise _bad(source, line, "", "is not UTF-8.", "Save the file as UTF-8.") from None


def read_areas(lines: Iterable[str], source: str) -> list[AreaRow]:
    """All rows of an area file, in the order of the file.

    Refusals: BadReferenceFile, for the first line that is wrong by itself, then for a double,
    an overlap, or a parent that does not exist during the whole life of its unit.
    """
    numbered = [(line, _area(fields, source, line)) for line, fields in _records(lines, source, AREA_COLUMNS)]
    _refuse_overlaps(numbered, source)
    _refuse_orphans(numbered, source)
    return [row for _, row in numbered]


def read_conversions(
    lines: Iterable[str], source: str, areas: Sequence[AreaRow] | None = None
) -> list[ConversionRow]:
    """All rows of a conversion file; with `areas`, both codes of each row must stand there.

    Refusals: BadReferenceFile.
    """
    numbered = [
        (line, _conversion(fields, source, line))
        for line, fields in _records(lines, source, CONVERSION_COLUMNS)
    ]
    _refuse_unclear_defaults(numbered, source)
    if areas is not None:
        _refuse_unknown_codes(numbered, areas, source)
    return [row for _, row in numbered]


def _bad(source: str, line: int, column: str, problem: str, remedy: str) -> BadReferenceFile:
    where = f"{source}, line {line}" + (f", column {column}" if column else "")
    return BadReferenceFile(
        where=where, file=source, line=line, column=column, problem=problem, remedy=remedy
    )


def _records(
    lines: Iterable[str], source: str, columns: tuple[str, ...]
) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(lines, strict=True)
    head = ",".join(columns)
    try:
        header = next(reader, [])
        if tuple(header) != columns:
            raise _bad(source, 1, "", "the heading is not the expected one.", f"Write: {head}")
        rows = 0
        for fields in reader:
            if len(fields) != len(columns):
                problem = f"{len(fields)} fields instead of {len(columns)}."
                raise _bad(source, reader.line_num, "", problem, f"Write one value for each of {head}.")
            rows += 1
            yield reader.line_num, dict(zip(columns, fields, strict=True))
    except csv.Error as wrong:
        raise _bad(source, reader.line_num, "", f"not a CSV line ({wrong}).", "Check quotes.") from None
    if not rows:
        raise _bad(source, 2, "", "the file has no rows.", "Take the complete file.")


def _area(fields: Mapping[str, str], source: str, line: int) -> AreaRow:
    kind = fields["kind"]
    if kind not in KINDS:
        raise _bad(source, line, "kind", f"unknown kind “{kind}”.", f"Use one of: {', '.join(KINDS)}.")
    digits, word = KINDS[kind]
    _refuse_wrong_code(fields["code"], digits, source, line, "code")
    for column in ("name", "district"):
        _refuse_untidy_text(fields[column], source, line, column)
    if not fields["name"].startswith(word + " "):
        problem = f"a {kind} is not called “{fields['name']}”."
        raise _bad(source, line, "name", problem, f"Begin the name with “{word}” or correct the kind.")
    if kind not in PROVINCE_KINDS:
        _refuse_wrong_code(fields["parent"], 2, source, line, "parent")
    elif fields["parent"]:
        raise _bad(source, line, "parent", "a province has no parent.", "Leave it empty.")
    first = _day(fields["valid_from"], source, line, "valid_from") or SINCE_ALWAYS
    end = _day(fields["valid_to"], source, line, "valid_to")
    if end is not None and end <= first:
        problem = f"the row ends on {end} and begins on {first}."
        raise _bad(source, line, "valid_to", problem, "It is the first day the row no longer holds.")
    return AreaRow(fields["code"], kind, fields["name"], fields["parent"], fields["district"], first, end)


def _conversion(fields: Mapping[str, str], source: str, line: int) -> ConversionRow:
    old, new = fields["old_code"], fields["new_code"]
    _refuse_wrong_code(new, 2 if len(old) == 2 else 5, source, line, "new_code")
    _refuse_wrong_code(old, len(old) if len(old) in (2, 3, 5) else 5, source, line, "old_code")
    for column in ("is_default", "partial"):
        if fields[column] not in ("0", "1"):
            problem = f"“{fields[column]}” is neither 0 nor 1."
            raise _bad(source, line, column, problem, "Write 1 for yes, 0 for no.")
    return ConversionRow(old, new, fields["is_default"] == "1", fields["partial"] == "1")


def _refuse_wrong_code(code: str, digits: int, source: str, line: int, column: str) -> None:
    if not re.fullmatch(f"[0-9]{{{digits}}}", code):
        problem = f"“{code}” is not a code of {digits} digits."
        raise _bad(source, line, column, problem, "Codes are text: keep the zeros in front.")


def _refuse_untidy_text(text: str, source: str, line: int, column: str) -> None:
    if unicodedata.normalize("NFC", text) != text:
        raise _bad(source, line, column, "the text is not in the form NFC.", "Save it composed (NFC).")
    if text != " ".join(text.split()):
        raise _bad(source, line, column, "there are blanks too many.", "Keep one between two words.")


def _day(text: str, source: str, line: int, column: str) -> date | None:
    if not text:
        return None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # a day such as 30 February: refused below like any other wrong form
    raise _bad(source, line, column, f"“{text}” is not a day.", "Write year-month-day: 2025-07-01.")


def _refuse_overlaps(numbered: Sequence[tuple[int, AreaRow]], source: str) -> None:
    lives = sorted(numbered, key=lambda item: (item[1].code, item[1].valid_from, item[0]))
    for (first_line, first), (line, row) in pairwise(lives):
        if row.code != first.code:
            continue
        if row.valid_from == first.valid_from:
            problem = f"{row.code} stands already on line {first_line} with the same first day."
            raise _bad(source, line, "valid_from", problem, "Keep one of the two.")
        if first.valid_to is None or row.valid_from < first.valid_to:
            problem = f"{row.code} begins before its row on line {first_line} ends."
            raise _bad(source, line, "valid_from", problem, "End the older row on the day this one begins.")


def _refuse_orphans(numbered: Sequence[tuple[int, AreaRow]], source: str) -> None:
    lives: dict[str, list[AreaRow]] = {}
    for _, row in numbered:
        if row.kind in PROVINCE_KINDS:
            lives.setdefault(row.code, []).append(row)
    for line, row in numbered:
        if row.parent and not _covers(lives.get(row.parent, []), row):
            problem = f"the province {row.parent} does not exist during the whole life of {row.code}."
            raise _bad(source, line, "parent", problem, "Add the province or correct the parent or the days.")


def _covers(parents: Iterable[AreaRow], child: AreaRow) -> bool:
    reached = child.valid_from
    for parent in sorted(parents, key=lambda row: row.valid_from):
        if not parent.holds_on(reached):
            continue
        if parent.valid_to is None or (child.valid_to is not None and child.valid_to <= parent.valid_to):
            return True
        reached = parent.valid_to
    return False


def _refuse_unclear_defaults(numbered: Sequence[tuple[int, ConversionRow]], source: str) -> None:
    groups: dict[str, list[tuple[int, ConversionRow]]] = {}
    for line, row in numbered:
        group = groups.setdefault(row.old_code, [])
        if any(row.new_code == other.new_code for _, other in group):
            problem = f"{row.old_code} → {row.new_code} stands there twice."
            raise _bad(source, line, "new_code", problem, "Keep one of the two.")
        group.append((line, row))
    for old, group in groups.items():
        line = group[0][0]
        if sum(row.is_default for _, row in group) != 1:
            raise _bad(
                source, line, "is_default", f"{old} has no single default.", "Mark exactly one with 1."
            )
        if any(row.partial != (len(group) > 1) for _, row in group):
            problem = f"{old} is marked partial without being divided, or divided without being marked."
            raise _bad(
                source, line, "partial", problem, "1 on each of several candidates, 0 on a single one."
            )


def _refuse_unknown_codes(
    numbered: Sequence[tuple[int, ConversionRow]], areas: Sequence[AreaRow], source: str
) -> None:
    old = {row.code for row in areas if row.valid_from == SINCE_ALWAYS}
    new = {row.code for row in areas if row.valid_from != SINCE_ALWAYS}
    for line, row in numbered:
        for column, code, known in (("old_code", row.old_code, old), ("new_code", row.new_code, new)):
            if code not in known:
                problem = f"no such unit as {code} in the area file."
                raise _bad(source, line, column, problem, "Correct the code or add the unit.")
