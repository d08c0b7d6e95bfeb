"""Publish an edition: a new immutable row; "current" only points to it."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Max

from donghanh.catalog.models import Edition, Procedure
from donghanh.catalog.rules.canonical import canonical_json, edition_hash
from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.texts import text
from donghanh.kernel import clock, journal
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.text import search_key

# The catalogue is one for all wards of an installation: its entries stand in a chain of their own.
CATALOGUE_CHAIN = "00000"


class Published(NamedTuple):
    """The edition, and whether it is a new one."""

    edition: Edition
    is_new: bool


@action
def publish(content: EditionContent, *, by: Actor, author: str = "") -> Published:
    """Make this content the current edition; content published before is only pointed to again.

    `author` is the id of the member who answers for the words and facts beside the one who publishes.
    """
    procedure, _ = Procedure.objects.update_or_create(code=content.id, defaults=_facts(content))
    digest = edition_hash(content)
    edition = Edition.objects.filter(procedure=procedure, hash=digest).first()
    is_new = edition is None
    if edition is None:
        last = Edition.objects.filter(procedure=procedure).aggregate(last=Max("number"))["last"] or 0
        edition = Edition.objects.create(
            procedure=procedure,
            number=last + 1,
            content_json=canonical_json(content),
            hash=digest,
            published_at=clock.now(),
            published_by=by.actor_id,
        )
    if procedure.current_id != edition.pk:
        Procedure.objects.filter(pk=procedure.pk).update(current=edition)
        journal.write(
            "edition.publish", ward=CATALOGUE_CHAIN, by=by, subject="edition", subject_id=edition.pk,
            facts={
                "procedure": procedure.code, "number": edition.number, "hash": digest,
                **({"author": author} if author else {}),
            },
        )  # fmt: skip
    return Published(edition, is_new)


def _facts(content: EditionContent) -> dict[str, str | int]:
    names = {f"name_{language}": text(content, "name", language)[:400] for language in ("vi", "en", "fr")}
    return {
        **names,
        "kind": content.kind,
        "sector": content.sector,
        "name_key": search_key(" ".join(names.values()))[:1200],
        "pictogram": content.pictogram,
        "needs_skill": content.needs_skill or "",
        "usual_minutes": content.usual_minutes.p50,
    }
