"""Which texts an edition needs, and the text of a key in a language."""

from __future__ import annotations

from collections.abc import Iterator

from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.guidance import Question
from donghanh.kernel.errors import NotFound


class NoSuchText(NotFound):
    """The edition has no text of this key, not even in Vietnamese."""

    message = "This edition has no text “{key}”."


def text(content: EditionContent, key: str, language: str) -> str:
    """The text in this language, else in Vietnamese. Raises NoSuchText for an unknown key."""
    for candidate in (language, "vi"):
        found = content.texts.get(candidate, {}).get(key)
        if found:
            return found
    raise NoSuchText(key=key)


def text_keys(content: EditionContent) -> tuple[str, ...]:
    """Every key that must have a text in every language, in reading order."""
    keys = ["name", "short", "summary", "sector", "account", "time_limit"]
    keys += ["exemptions"] if content.exemptions else []
    keys += [f"roles.{role.id}" for role in content.roles]
    keys += [key for place, question in questions_at(content) for key in _question(place, question)]
    for rule in content.eligibility:
        keys += [f"eligibility.{rule.id}.message", f"eligibility.{rule.id}.instead"]
    for paper in content.papers:
        keys += [f"papers.{paper.id}.name", f"papers.{paper.id}.get"]
    keys += [f"fees.{fee.id}" for fee in content.fees]
    keys += [f"fee_exemptions.{exemption.id}" for exemption in content.fee_exemptions]
    keys += [f"portals.{portal.id}" for portal in content.portals]
    keys += [f"receipts.{receipt.id}" for receipt in content.receipts]
    keys += [f"results.{result.id}" for result in content.results]
    for step in content.steps:
        keys += [f"steps.{step.id}.{part}" for part in ("title", "text", "say")]
        keys += [f"steps.{step.id}.stop"] if step.volunteer_stops else []
    keys += [f"referrals.{referral.id}" for referral in content.referrals]
    keys += [f"forms.{form.id}" for form in content.forms]
    return tuple(keys)


def optional_text_keys(content: EditionContent) -> tuple[str, ...]:
    """Every key that may have a text; what Vietnamese has of them, the other languages have too."""
    keys = [f"{place}.{part}" for place, _ in questions_at(content) for part in ("hint", "say", "example")]
    keys += [f"pictures.{name.rpartition('.')[0]}" for name in pictures(content)]
    return tuple(keys)


def pictures(content: EditionContent) -> list[str]:
    """The names of the pictures of the pack; a picture is named like the text it belongs to."""
    return [name for name in sorted(content.media or {}) if name.endswith((".svg", ".png", ".webp"))]


def questions_at(content: EditionContent) -> Iterator[tuple[str, Question]]:
    """Every question with the place of its texts, the fields of a repeat behind it."""
    for question in content.questions:
        yield f"questions.{question.id}", question
        for field in question.fields:
            yield f"questions.{question.id}.fields.{field.id}", field


def _question(place: str, question: Question) -> list[str]:
    return [
        f"{place}.label",
        *(f"{place}.choices.{choice}" for choice in question.choices),
        *(f"{place}.checks.{check.id}" for check in question.checks),
    ]
