"""Reads of the catalogue. An edition never changes, so its parsed content may stay in memory."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from donghanh.catalog.models import Edition, Procedure
from donghanh.catalog.rules.canonical import from_json
from donghanh.catalog.rules.content import EditionContent


@lru_cache(maxsize=512)
def content_of(edition_id: UUID) -> EditionContent:
    """The typed content of an edition."""
    return from_json(Edition.objects.get(pk=edition_id).content)


def published() -> QuerySet[Procedure]:
    """Procedures that have a current edition, by name."""
    return Procedure.objects.filter(current__isnull=False).order_by("sector", "name_key")


@lru_cache(maxsize=512)
def edition_mark(edition_id: UUID) -> tuple[int, str]:
    """The number and the hash of an edition."""
    return Edition.objects.values_list("number", "hash").get(pk=edition_id)
