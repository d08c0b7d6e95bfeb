"""Recorded pieces of speech, rendered once by `donghanh board-voice` and played by boards without a voice."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from donghanh.web.spoken import VOICES

COUNTERS = range(1, 41)
NAME = re.compile(r"[a-z0-9-]{1,24}\.wav")


def folder(language: str) -> Path:
    """Where the pieces of a language lie."""
    return Path(settings.DATA) / "media" / "voice" / language


def texts_of(language: str) -> dict[str, str]:
    """Every piece by its name: letters, digits, counters, and the two halves of a call."""
    voice = VOICES[language]
    before, _, rest = voice["call"].partition("{number}")
    between = rest.partition("{counter}")[0]
    letters = {f"letter-{one.lower()}": voice["letters"].get(one, one) for one in "ABCDEFGHJKLMNPRSTUVWXYZ"}
    digits = {f"digit-{place}": word for place, word in enumerate(voice["digits"])}
    counters = {f"counter-{one}": str(one) for one in COUNTERS}
    return {"call": before.strip(" ,."), "to": between.strip(" ,."), **letters, **digits, **counters}


def piece_at(language: str, name: str) -> Path | None:
    """The file of a piece; None when there is no such piece."""
    if language not in VOICES or not NAME.fullmatch(name):
        return None
    path = folder(language) / name
    return path if path.is_file() else None


def are_there(language: str) -> bool:
    """Whether the pieces of a language were rendered."""
    return (folder(language) / "call.wav").is_file()
