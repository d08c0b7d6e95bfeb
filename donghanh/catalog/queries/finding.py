"""Which published procedures somebody means, and what their need leads to.

The people's words and the needs lie beside the packs, in files. They are read anew when they change; while one of
them is missing or wrong, the search still finds by the packs' own texts.
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Case, IntegerField, QuerySet, Value, When

from donghanh.catalog.actions.read_needs import read_needs
from donghanh.catalog.actions.read_words import read_words
from donghanh.catalog.actions.strict_tree import WrongListing
from donghanh.catalog.models import Procedure
from donghanh.catalog.queries.editions import content_of
from donghanh.catalog.rules.content import LANGUAGES, EditionContent
from donghanh.catalog.rules.finding import Entry, Index, Match, index_of, ranked
from donghanh.catalog.rules.needs import Need
from donghanh.catalog.rules.reading import PeoplesWords, Reader

logger = logging.getLogger(__name__)
CODE = re.compile(r"[0-9.]{3,12}|svc\.[a-z0-9-]*")
# Nobody asks for a need in more letters; what comes behind is not looked at.
LONGEST = 300
# Beside the names and what people say: how much a text of the pack counts.
SUMMARY, RESULT, PAPER = 0.6, 0.3, 0.15


def found(words: str) -> QuerySet[Procedure]:
    """Published procedures meant by these words, best first; without words all of them by name."""
    words = words.strip()[:LONGEST]
    everything = Procedure.objects.filter(current__isnull=False)
    if not words:
        return everything.order_by("sector", "name_key")
    if CODE.fullmatch(words.casefold()):
        return everything.filter(code__contains=words.casefold()).order_by("code")
    codes = [match.code for match in matches(words)]
    places = [When(code=code, then=Value(place)) for place, code in enumerate(codes)]
    ranks = Case(*places, default=Value(len(codes)), output_field=IntegerField())
    return everything.filter(code__in=codes).order_by(ranks)


def matches(words: str, *, most: int = 12) -> list[Match]:
    """The codes of published procedures meant by these words, best first, with their scores."""
    current = (
        Procedure.objects.filter(current__isnull=False).order_by("code").values_list("current_id", flat=True)
    )
    index, reader, empty = _index(tuple(current), settings.PACKS, _changed(settings.PACKS / "words.yaml"))
    return ranked(index, reader.read(words), empty, most=most)


def needs() -> tuple[Need, ...]:
    """What brings people here, with the procedures it leads to; some of them may not be published."""
    return _needs(settings.PACKS, _changed(settings.PACKS / "needs.yaml"))


def entry_of(content: EditionContent, said: tuple[str, ...]) -> Entry:
    """What the search knows of an edition: its names, what people say for it, and its lighter texts."""
    phrases: list[str] = []
    texts: list[tuple[float, str]] = []
    for language in LANGUAGES:
        written = content.texts[language]
        phrases += [written["name"], written["short"]]
        texts += [(SUMMARY, written["summary"])]
        texts += [(RESULT, written[f"results.{result.id}"]) for result in content.results]
        texts += [(PAPER, written[f"papers.{paper.id}.name"]) for paper in content.papers]
    return Entry(content.id, (*phrases, *said), tuple(texts))


@lru_cache(maxsize=4)
def _index(editions: tuple[UUID, ...], folder: Path, changed: int) -> tuple[Index, Reader, frozenset[str]]:
    """An index of these editions and words; they are its key, so a new edition makes a new one."""
    words = _words(folder) if changed else PeoplesWords()
    said = words.said or {}
    contents = [content_of(edition) for edition in editions]
    index = index_of((entry_of(content, said.get(content.id, ())) for content in contents), words.empty)
    return index, Reader(index, words), words.empty


def _words(folder: Path) -> PeoplesWords:
    try:
        return read_words(folder)
    except WrongListing as refused:
        logger.warning("the people's words are not used: %s", refused)
        return PeoplesWords()


@lru_cache(maxsize=4)
def _needs(folder: Path, changed: int) -> tuple[Need, ...]:
    try:
        return read_needs(folder) if changed else ()
    except WrongListing as refused:
        logger.warning("the needs are not shown: %s", refused)
        return ()


def _changed(path: Path) -> int:
    """When the file was last written; 0 while there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
