"""Which procedures somebody means, from their own words.

Three looks at the same words, added up: which words and word pairs a procedure's texts hold (BM25 with weighted
fields), how much of a whole phrase is there (names, and what people are known to say), and how it sounds (for
misheard and misspelt syllables). Accents help where they were typed and are never asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from donghanh.catalog.rules.mending import sound_of, words_of
from donghanh.kernel.text import nfc, search_key

Features = dict[str, float]
# How much a kind of feature counts; found on the tuning part of the labelled utterances alone.
WORD, PAIR, ACCENTED, SOUND, SOUND_PAIR = 1.0, 1.6, 0.5, 0.35, 0.6
SATURATION = 1.2
PHRASE = 1.5
# The last slip of attention: an answer this far behind the first is no answer.
FAINT = 0.12


@dataclass(frozen=True, slots=True)
class Entry:
    """One procedure: whole phrases that name it, and longer texts with their weight."""

    code: str
    phrases: tuple[str, ...]
    texts: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A procedure that may be meant, and how well it fits; only the order of the scores means something."""

    code: str
    score: float


@dataclass(frozen=True, slots=True)
class Said:
    """One word of a question: as typed, its accent-free key, and how surely it was read so."""

    typed: str
    plain: str
    sure: float = 1.0


Reading = Sequence[Sequence[Said]]  # word by word, each with its possible readings


@dataclass(slots=True)
class Index:
    """What `ranked` looks words up in. Built once from the entries, then only read."""

    codes: list[str] = field(default_factory=list)
    holders: dict[str, list[tuple[int, float]]] = field(default_factory=dict)  # feature → (entry, weight)
    rarity: dict[str, float] = field(default_factory=dict)
    phrases: list[tuple[int, float]] = field(default_factory=list)  # entry, all that the phrase weighs
    in_phrases: dict[str, list[int]] = field(default_factory=dict)
    vocabulary: frozenset[str] = frozenset()


def index_of(entries: Iterable[Entry], empty: frozenset[str] = frozenset()) -> Index:
    """The index of these entries; `empty` are accent-free words that say nothing about the matter."""
    index, listed = Index(), list(entries)
    index.codes = [entry.code for entry in listed]
    bags = [_bag(entry, empty) for entry in listed]
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, bag in enumerate(bags):
        for feature, weight in bag.items():
            holders[feature].append((number, weight / (weight + SATURATION)))
    index.holders = dict(holders)
    index.rarity = {
        feature: log(1 + (len(bags) + 0.5) / (len(held) + 0.5)) for feature, held in holders.items()
    }
    _lay_phrases(index, listed, empty)
    index.vocabulary = frozenset(feature[2:] for feature in holders if feature.startswith("w:"))
    return index


def ranked(
    index: Index, reading: Reading, empty: frozenset[str] = frozenset(), *, most: int = 12
) -> list[Match]:
    """The procedures that fit these words, best first; none when no word says anything."""
    asked = features_of(reading, empty)
    scores: dict[int, float] = defaultdict(float)
    for feature, sure in asked.items():
        worth = sure * index.rarity.get(feature, 0.0)
        for entry, weight in index.holders.get(feature, ()):
            scores[entry] += worth * weight
    for entry, score in _phrase_scores(index, asked).items():
        scores[entry] += PHRASE * score
    best = sorted(scores.items(), key=lambda item: (-item[1], index.codes[item[0]]))[:most]
    return [Match(index.codes[entry], score) for entry, score in best if score >= FAINT * best[0][1]]


def as_said(text: str) -> list[Said]:
    """The words of a text, as typed and as accent-free keys."""
    return [Said(word, search_key(word)) for word in words_of(nfc(text).casefold())]


def features_of(reading: Reading, empty: frozenset[str]) -> Features:
    """What of a reading is looked up: words, pairs of neighbours, accents, sounds. Empty words only pair."""
    found: Features = {}
    for readings in reading:
        for said in readings:
            if said.plain in empty:
                continue
            _raise(found, f"w:{said.plain}", WORD * said.sure)
            _raise(found, f"s:{sound_of(said.plain)}", SOUND * said.sure)
            if said.typed != said.plain:
                _raise(found, f"a:{said.typed}", ACCENTED * said.sure)
    for left, right in pairwise(reading):
        for one in left:
            for two in right:
                if one.plain in empty and two.plain in empty:
                    continue
                sure = one.sure * two.sure
                _raise(found, f"p:{one.plain} {two.plain}", PAIR * sure)
                _raise(found, f"q:{sound_of(one.plain)} {sound_of(two.plain)}", SOUND_PAIR * sure)
    return found


def _raise(found: Features, feature: str, worth: float) -> None:
    found[feature] = max(found.get(feature, 0.0), worth)


def _bag(entry: Entry, empty: frozenset[str]) -> Features:
    bag: Features = defaultdict(float)
    for weight, text in [*((1.0, phrase) for phrase in entry.phrases), *entry.texts]:
        for feature in features_of([[said] for said in as_said(text)], empty):
            bag[feature] += weight
    _raise(bag, f"w:{search_key(entry.code)}", 5.0)
    return bag


def _lay_phrases(index: Index, entries: Sequence[Entry], empty: frozenset[str]) -> None:
    places: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for phrase in dict.fromkeys(entry.phrases):
            features = _exact(features_of([[said] for said in as_said(phrase)], empty))
            for feature in features:
                places[feature].append(len(index.phrases))
            index.phrases.append((number, _weight_of(index, features)))
    index.in_phrases = dict(places)


def _phrase_scores(index: Index, asked: Features) -> Mapping[int, float]:
    """For each entry its best phrase: what is shared, the more so the more of the phrase it is."""
    exact = _exact(asked)
    shared: dict[int, float] = defaultdict(float)
    for feature, worth in exact.items():
        for phrase in index.in_phrases.get(feature, ()):
            shared[phrase] += worth * index.rarity.get(feature, 0.0)
    whole = _weight_of(index, exact) or 1.0
    best: dict[int, float] = {}
    for phrase, together in shared.items():
        entry, weight = index.phrases[phrase]
        score = together * (together / max(weight, 0.1)) * (0.5 + together / whole)
        best[entry] = max(best.get(entry, 0.0), score)
    return best


def _exact(features: Features) -> Features:
    return {feature: worth for feature, worth in features.items() if feature[0] in "wpa"}


def _weight_of(index: Index, features: Features) -> float:
    return sum(worth * index.rarity.get(feature, 0.0) for feature, worth in features.items())
