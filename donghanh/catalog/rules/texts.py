"""Which texts an edition needs, and the text of a key in a language."""

from __future__ import annotations

from donghanh.catalog.rules.content import EditionContent
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
    for paper in content.papers:
        keys += [f"papers.{paper.id}.name", f"papers.{paper.id}.get"]
    keys += [f"fees.{fee.id}" for fee in content.fees]
    keys += [f"portals.{portal.id}" for portal in content.portals]
    keys += [f"results.{result.id}" for result in content.results]
    for step in content.steps:
        keys += [f"steps.{step.id}.{part}" for part in ("title", "text", "say")]
        keys += [f"steps.{step.id}.stop"] if step.volunteer_stops else []
    keys += [f"referrals.{referral.id}" for referral in content.referrals]
    return tuple(keys)
