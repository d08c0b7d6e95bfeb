"""Which texts of an edition can be heard: recorded by a member, else rendered ahead into the pack."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from donghanh.catalog.models import Recording
from donghanh.catalog.queries.editions import content_of
from donghanh.catalog.rules.speech import ENDINGS, MADE, SOUND, VOICES, sound_name, spoken, text_hash


@dataclass(frozen=True, slots=True)
class Heard:
    """One way a text can be heard: a recording by its id, or a rendered sound by its file."""

    tag: str
    label: str
    recording: UUID | None = None
    file: str = ""


def heard(edition: UUID, language: str) -> dict[str, list[Heard]]:
    """By text key; a recording in the language itself first, a rendered sound next, other languages behind."""
    content = content_of(edition)
    words = spoken(content, language)
    recorded = _recorded({key: text_hash(text) for key, text in spoken(content, "vi").items()})
    found: dict[str, list[Heard]] = {}
    for key, text in words.items():
        own = [one for one in recorded[key] if one.tag == language]
        rendered = _rendered(content.id, language, text) if not own else []
        ways = [*own, *rendered, *(one for one in recorded[key] if one.tag != language)]
        if ways:
            found[key] = ways
    return found


def recordings_of(edition: UUID) -> list[Recording]:
    """The recordings that speak of this edition's texts as they are now, without their sound."""
    hashes = {key: text_hash(text) for key, text in spoken(content_of(edition), "vi").items()}
    rows = Recording.objects.filter(retired_at__isnull=True, text_hash__in=hashes.values()).defer("body")
    return [row for row in rows.order_by("key", "tag") if hashes.get(row.key) == row.text_hash]


def sound_file(name: str) -> Path | None:
    """The rendered sound of that name in any pack."""
    if not SOUND.fullmatch(name):
        return None
    return next((file for file in settings.PACKS.glob(f"*/{MADE}/{name}") if file.is_file()), None)


def _recorded(hashes: dict[str, str]) -> defaultdict[str, list[Heard]]:
    found: defaultdict[str, list[Heard]] = defaultdict(list)
    rows = Recording.objects.filter(retired_at__isnull=True, text_hash__in=set(hashes.values()))
    for pk, key, tag, label, digest in rows.order_by("tag").values_list(
        "pk", "key", "tag", "label", "text_hash"
    ):
        if hashes.get(key) == digest:
            found[key].append(Heard(tag, label, recording=pk))
    return found


def _rendered(pack: str, language: str, text: str) -> list[Heard]:
    folder = settings.PACKS / pack / MADE
    for voice in VOICES.get(language, ()):
        for ending in ENDINGS:
            name = sound_name(language, voice, text) + ending
            if (folder / name).is_file():
                return [Heard(language, "", file=name)]
    return []
