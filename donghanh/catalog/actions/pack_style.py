"""What could be said more plainly in a pack, and what would help the people who read it: warnings only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from donghanh.catalog.actions.pack_draft import Draft
from donghanh.catalog.actions.pack_media import PICTURES
from donghanh.catalog.actions.pack_texts import Written
from donghanh.catalog.actions.pack_yaml import Problem, Spot

LONGEST_LABEL = 80
MOST_HELP_WORDS = 120
MOST_FIELDS = 12
# Twenty words. Counted between blanks; Vietnamese writes its syllables apart, three for two words.
LONGEST_SENTENCE = {"vi": 30, "fr": 20, "en": 20}
VAGUE = {
    "vi": re.compile(r"\b(?:bấm|nhấn|ấn|xem|vào) (?:vào )?(?:tại )?đây\b|\btại đây\b", re.IGNORECASE),
    "fr": re.compile(r"\bcliqu(?:ez|er) ici\b|\bvoir ici\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:click|press|tap|see) here\b", re.IGNORECASE),
}
COMPOUND = re.compile(r"\bvà/hoặc\b|\band/or\b|\bet/ou\b", re.IGNORECASE)
COLOUR = {
    "vi": re.compile(r"\b(?:nút|ô|chữ|dòng) (?:màu )?(?:đỏ|xanh|vàng|cam)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:bouton|case|texte|ligne) (?:rouge|vert|verte|bleu|bleue|jaune)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:red|green|blue|yellow) (?:button|box|text|line)\b", re.IGNORECASE),
}
# Types whose answer a person's record, a card or another procedure may know.
KNOWN_TYPES = ("name", "citizen_id", "phone")


def warnings_of(draft: Draft) -> Iterator[Problem]:
    """Everything that may stand, but should not."""
    for language, texts in draft.texts.items():
        for key, written in texts.items():
            yield from _words(language, key, written)
    yield from _questions(draft)
    yield from _steps(draft)
    yield from _media(draft)


def _words(language: str, key: str, written: Written) -> Iterator[Problem]:
    last = key.rsplit(".", 1)[-1]
    spot, text = written.spot, written.text
    if last == "label" and len(text) > LONGEST_LABEL:
        what = f"the label has {len(text)} letters"
        yield Problem(spot, what, f"ask in {LONGEST_LABEL}; the rest belongs into the hint", "long-label")
    if last == "label" and (found := COMPOUND.search(text)):
        yield Problem(spot, f"two questions in one (“{found[0]}”)", "ask one thing at a time", "compound")
    for sentence in _sentences(text):
        count = len(sentence.split())
        # The name of a procedure is the official one, however long.
        if count > LONGEST_SENTENCE[language] and key != "name":
            what = f"a sentence of {count} words begins “{sentence:.30}”"
            yield Problem(spot, what, "make two of it", "long-sentence")
    if last in ("text", "hint", "get", "instead") and len(text.split()) > MOST_HELP_WORDS:
        what = f"{len(text.split())} words in one block"
        yield Problem(spot, what, f"keep to {MOST_HELP_WORDS}, or make two steps", "long-help")
    if found := VAGUE[language].search(text):
        yield Problem(spot, f"“{found[0]}” leads nowhere when read aloud", "name the place", "vague-link")
    if found := COLOUR[language].search(text):
        yield Problem(
            spot, f"“{found[0]}” is known by its colour only", "name what is written on it", "colour"
        )


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[.!?…:;]\s+|[.!?…]$|\n", text) if part.strip()]


def _questions(draft: Draft) -> Iterator[Problem]:
    deciding = {
        name
        for at, condition in draft.conditions.items()
        if at[1] in ("papers", "eligibility")
        for name in condition.refs
    }
    for at, question in draft.every_question():
        if question.type in KNOWN_TYPES and question.role and question.key is None:
            advice = "add “key:”, so that it is filled in when it is known"
            yield Problem(draft.spot(*at, "id"), f"“{question.id}” has no key", advice, "asks-again")
        decides = question.type == "yes_no" and question.required and question.id in deciding
        # Whether somebody asks for themselves they know; what is sensitive they may not, or not say.
        if decides and not question.allow and question.privacy == "sensitive":
            what = f"“{question.id}” decides about papers, but nobody may say “I don't know”"
            yield Problem(draft.spot(*at, "id"), what, "add “allow: [dont_know]”", "no-dont-know")
        for i, check in enumerate(question.checks):
            if "age_on(" in check.must and check.source is None:
                spot = draft.spot(*at, "checks", i, "id")
                yield Problem(spot, "an age of the law has no source", "add “source:”", "no-source")


def _steps(draft: Draft) -> Iterator[Problem]:
    for i, step in enumerate(draft.pack.steps):
        if len(step.ask) > MOST_FIELDS:
            what = f"step “{step.id}” asks {len(step.ask)} things on one screen"
            yield Problem(
                draft.spot("steps", i, "ask"), what, f"make two steps above {MOST_FIELDS}", "many-fields"
            )


def _media(draft: Draft) -> Iterator[Problem]:
    recorded = {name.rpartition(".")[0] for name in draft.media if not name.endswith((*PICTURES, ".pdf"))}
    layouts = {form.background for form in draft.forms.values()}
    for name in sorted(draft.media):
        stem = name.rpartition(".")[0]
        if name.endswith(PICTURES) and name not in layouts and not draft.said(f"pictures.{stem}"):
            advice = f"add the text “pictures.{stem}”: what the picture shows"
            yield Problem(Spot(f"media/{name}"), "a picture without words for it", advice, "no-alt-text")
    if not recorded:
        return
    for key, written in draft.texts.get("vi", {}).items():
        if key.endswith(".say") and f"{key}.vi" not in recorded:
            yield Problem(written.spot, f"no recording of “{key}”", f"add media/{key}.vi.opus", "no-audio")
