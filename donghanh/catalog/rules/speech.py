"""What of an edition is read aloud, and under which name its sound is kept.

A recording by a person belongs to the Vietnamese text, whatever language it speaks; when that text changes, it
is silent. A sound rendered ahead is named by the hash of language, voice and text, so it can never say old words.
"""

from __future__ import annotations

import re
from hashlib import sha256

from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.texts import questions_at

# The voices a rendered sound is looked for in; the first that has one is heard.
VOICES = {"vi": ("vi", "vi-vn-x-south", "vi-vn-x-central"), "en": ("en-gb",), "fr": ("fr-fr",)}
# Sounds made from the texts of a pack stand here in it; they are no part of the edition.
MADE = "media/audio"
ENDINGS = (".opus", ".wav")
SOUND = re.compile(r"[0-9a-f]{32}\.(?:opus|wav)")
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,2}")
# How the bytes of a recording begin: what browsers make.
_BEGINNINGS = ((b"\x1aE\xdf\xa3", "audio/webm"), (b"OggS", "audio/ogg"))
_FTYP = b"ftyp"


def spoken_keys(content: EditionContent) -> tuple[str, ...]:
    """The keys of the texts that are read aloud, in the order of the guide."""
    keys = ["summary"]
    for step in content.steps:
        keys += [f"steps.{step.id}.say"]
    for place, _ in questions_at(content):
        keys += [f"{place}.{part}" for part in ("label", "say", "hint")]
    return tuple(keys)


def spoken(content: EditionContent, language: str) -> dict[str, str]:
    """Those texts by key, as far as the language has them."""
    texts = content.texts.get(language, {})
    return {key: texts[key] for key in spoken_keys(content) if texts.get(key)}


def text_hash(text: str) -> str:
    """What ties a recording to the words it says."""
    return sha256(text.encode()).hexdigest()


def sound_name(language: str, voice: str, text: str) -> str:
    """The name of a rendered sound, without its ending."""
    return sha256(f"{language}\n{voice}\n{text}".encode()).hexdigest()[:32]


def is_tag(tag: str) -> bool:
    """A language tag as people write it here: vi, km, tay, hmn, vi-central."""
    return _TAG.fullmatch(tag) is not None


def kind_of_sound(raw: bytes) -> str | None:
    """The media type of a recording by its first bytes; None for what no browser records."""
    if raw[4:8] == _FTYP:
        return "audio/mp4"
    return next((kind for beginning, kind in _BEGINNINGS if raw.startswith(beginning)), None)
