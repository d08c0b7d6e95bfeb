"""Take the country's areas in: whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from donghanh.kernel import journal
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.text import search_key
from donghanh.places.models import Area, Conversion
from donghanh.places.rules.areas import (
    AreaRow,
    BadReferenceFile,
    ConversionRow,
    lines_of,
    read_areas,
    read_conversions,
)

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
# Facts of the whole installation stand in a chain of their own, beside those of the wards.
COUNTRY_CHAIN = "00000"


class Imported(NamedTuple):
    """How many rows are there now, and whether anything changed."""

    areas: int
    conversions: int
    changed: bool


def read_reference(areas: Path, conversions: Path) -> tuple[list[AreaRow], list[ConversionRow]]:
    """Both files, checked. Refuses with BadReferenceFile naming file, line and what to do."""
    rows = read_areas(lines_of(_bytes(areas), areas.name), areas.name)
    return rows, read_conversions(lines_of(_bytes(conversions), conversions.name), conversions.name, rows)


@action
def import_areas(areas: list[AreaRow], conversions: list[ConversionRow], *, by: Actor) -> Imported:
    """Replace the tables by these rows in one transaction; the same rows again change nothing."""
    fresh_areas = {(row.code, row.valid_from): row for row in areas}
    known = {
        (a.code, a.valid_from): (a.kind, a.name, a.district, a.parent_code, a.valid_to)
        for a in Area.objects.all()
    }
    wanted = {
        key: (row.kind, row.name, row.district, row.parent, row.valid_to) for key, row in fresh_areas.items()
    }
    known_ways = set(Conversion.objects.values_list("old_code", "new_code", "is_default", "partial"))
    wanted_ways = {(row.old_code, row.new_code, row.is_default, row.partial) for row in conversions}
    if known == wanted and known_ways == wanted_ways:
        return Imported(len(known), len(known_ways), False)
    Area.objects.all().delete()
    Conversion.objects.all().delete()
    Area.objects.bulk_create(
        [
            Area(
                code=row.code, kind=row.kind, name=row.name, name_key=search_key(row.name), district=row.district,
                parent_code=row.parent, valid_from=row.valid_from, valid_to=row.valid_to,
            )
            for row in areas
        ],
        batch_size=500,
    )  # fmt: skip
    Conversion.objects.bulk_create(
        [Conversion(old_code=o, new_code=n, is_default=d, partial=p) for o, n, d, p in sorted(wanted_ways)],
        batch_size=1000,
    )
    journal.write(
        "areas.import",
        ward=COUNTRY_CHAIN,
        by=by,
        facts={"areas": len(wanted), "conversions": len(wanted_ways)},
    )
    return Imported(len(wanted), len(wanted_ways), True)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as missing:
        raise BadReferenceFile(
            file=path.name, line=0, column="", where=path.name, problem="The file cannot be read.",
            remedy="Give the path of an existing CSV file.",
        ) from missing  # fmt: skip
