"""Finding a procedure in people's own words: recall of the first three, and milliseconds, beside simpler searches."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.figures import percentile, say

ROOT = Path(__file__).resolve().parent.parent
Search = Callable[[str], list[str]]
ROUNDS = 5


def main() -> None:
    """Prints one line a figure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
    import django

    django.setup()
    from donghanh.catalog.actions.read_pack import read_all
    from donghanh.catalog.actions.read_words import read_words
    from donghanh.catalog.rules.reading import PeoplesWords

    contents, words = read_all(ROOT / "packs"), read_words(ROOT / "packs")
    utterances = json.loads((ROOT / "tests/catalog/utterances.json").read_text("utf-8"))
    began = time.perf_counter()
    ours = _ours(contents, words)
    say("index of the catalogue built", (time.perf_counter() - began) * 1000, "ms", procedures=len(contents))
    rivals: dict[str, Search] = {
        "substring of the name, as before": _substring(contents),
        "the same ranker without the people's words": _ours(contents, PeoplesWords()),
    }
    if find_spec("rapidfuzz") is not None:
        rivals["rapidfuzz WRatio over names and people's words"] = _fuzzy(contents, words)
    for part in ("held_out", "tuning"):
        listed = [one for one in utterances if one["part"] == part]
        others = {name: _recall(search, listed) for name, search in rivals.items()}
        say(
            f"recall of the first three, {part}", _recall(ours, listed), "%", utterances=len(listed), **others
        )
        say(f"recall of the first, {part}", _recall(ours, listed, 1), "%", utterances=len(listed))
    for name, search in {"our search": ours, **rivals}.items():
        taken = _times(search, [one["text"] for one in utterances])
        say(
            f"{name}, p95",
            percentile(taken, 0.95) * 1000,
            "ms",
            median_ms=round(percentile(taken, 0.5) * 1000, 3),
        )


def _ours(contents: list[Any], words: Any) -> Search:
    from donghanh.catalog.queries.finding import entry_of
    from donghanh.catalog.rules.finding import index_of, ranked
    from donghanh.catalog.rules.reading import Reader

    said = words.said or {}
    index = index_of((entry_of(one, said.get(one.id, ())) for one in contents), words.empty)
    reader = Reader(index, words)
    return lambda text: [match.code for match in ranked(index, reader.read(text), words.empty)]


def _substring(contents: list[Any]) -> Search:
    from donghanh.kernel.text import search_key

    names = {
        one.id: search_key(" ".join(one.texts[language]["name"] for language in ("vi", "en", "fr")))
        for one in contents
    }
    return lambda text: [
        code
        for code, name in names.items()
        if all(word in name or word in code for word in search_key(text).split())
    ]


def _fuzzy(contents: list[Any], words: Any) -> Search:
    from donghanh.kernel.text import search_key

    process, fuzz = import_module("rapidfuzz.process"), import_module("rapidfuzz.fuzz")
    said = words.said or {}
    choices = {
        (one.id, place): search_key(phrase)
        for one in contents
        for place, phrase in enumerate(
            [*(one.texts[language]["name"] for language in ("vi", "en", "fr")), *said.get(one.id, ())]
        )
    }

    def search(text: str) -> list[str]:
        best = process.extract(search_key(text), choices, scorer=fuzz.WRatio, limit=30)
        return list(dict.fromkeys(key[0] for _, _, key in best))

    return search


def _recall(search: Search, utterances: list[Any], first: int = 3) -> float:
    hits = [any(code in one["wanted"] for code in search(one["text"])[:first]) for one in utterances]
    return round(100 * sum(hits) / len(hits), 1)


def _times(search: Search, texts: list[str]) -> list[float]:
    taken = []
    for _ in range(ROUNDS):
        for text in texts:
            began = time.perf_counter()
            search(text)
            taken.append(time.perf_counter() - began)
    return taken


if __name__ == "__main__":
    main()
