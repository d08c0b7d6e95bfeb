"""What differs between two editions of a procedure, piece by piece, and what that does to answers given.

Pieces are known by their ids, so that a question may move or be worded anew without losing an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.guidance import Condition, PortalMap, Question

ChangeKind = Literal[
    "added",
    "removed",
    "moved",
    "type_changed",
    "text_changed",
    "choice_added",
    "choice_removed",
    "rule_changed",
    "fee_changed",
    "limit_changed",
    "portal_changed",
    "changed",
]
# keep: the answer stays; ask_again: it becomes unanswered, the old value is shown beside; ask_if: only
# who gave the removed choice is asked again; drop: kept aside, no longer used; ask_new: a further
# question; look_again: nothing was answered, but something else holds now.
Effect = Literal["keep", "ask_again", "ask_if", "drop", "ask_new", "look_again"]

# What is asked of a question besides its type, its choices and its texts.
_RULES = (
    *("required", "when", "allow", "least", "most", "longest", "earliest", "latest", "pattern", "checks"),
    *("role", "key", "purpose", "privacy", "fields"),
)
_PIECES = {
    "roles": "roles",
    "papers": "papers",
    "fees": "fees",
    "fee_exemptions": "fee_exemptions",
    "eligibility": "eligibility",
    "portals": "portals",
    "receipts": "receipts",
    "results": "results",
    "steps": "steps",
    "referrals": "referrals",
    "forms": "forms",
    "sources": "sources",
}
_WHOLE = (
    *("time_limit", "online", "account", "exemptions", "usual_minutes", "valid_from", "checked_on"),
    *("kind", "code", "sector", "levels", "pictogram", "needs_skill", "format"),
)
_KIND_OF = {
    "fees": "fee_changed",
    "fee_exemptions": "fee_changed",
    "eligibility": "rule_changed",
    "portals": "portal_changed",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `where` names the piece: questions.groom_born, papers.identity, time_limit.

    `old` and `new` are what stood and stands there, in words short enough to show; None when there
    was or is nothing. `language` is the language of a text. `choices` are the choices added or removed.
    """

    kind: ChangeKind
    where: str
    old: str | None = None
    new: str | None = None
    effect: Effect = "look_again"
    language: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def question(self) -> str | None:
        """The question it is about, fields of a repeat by the repeat, or None."""
        parts = self.where.split(".")
        return parts[1] if parts[0] == "questions" and len(parts) > 1 else None


def changes(old: EditionContent, new: EditionContent) -> list[Change]:
    """Every difference from the old edition to the new one, questions first, texts last."""
    found = [
        *_of_questions(old.questions, new.questions),
        *(change for name in _PIECES for change in _of_pieces(name, getattr(old, name), getattr(new, name))),
        *_of_maps(old, new),
        *_of_the_whole(old, new),
    ]
    return [*found, *_of_texts(old, new, found)]


def _of_questions(
    old: Sequence[Question], new: Sequence[Question], at: str = "questions"
) -> Iterator[Change]:
    before, after = _by_id(old), _by_id(new)
    for name in before:
        if name not in after:
            yield Change("removed", f"{at}.{name}", before[name].type, None, "drop")
    for name in after:
        if name not in before:
            yield Change("added", f"{at}.{name}", None, after[name].type, "ask_new")
    yield from _moved(before, after, at, "keep")
    for name in after:
        if name in before:
            yield from _of_question(before[name], after[name], f"{at}.{name}")


def _of_question(old: Question, new: Question, where: str) -> Iterator[Change]:
    if old.type != new.type:
        yield Change("type_changed", where, old.type, new.type, "ask_again")
        return
    gone = tuple(choice for choice in old.choices if choice not in new.choices)
    come = tuple(choice for choice in new.choices if choice not in old.choices)
    if gone:
        yield Change("choice_removed", where, ", ".join(gone), None, "ask_if", choices=gone)
    if come:
        yield Change("choice_added", where, None, ", ".join(come), "keep", choices=come)
    yield from _moved(dict.fromkeys(old.choices), dict.fromkeys(new.choices), f"{where}.choices", "keep")
    for name in _RULES:
        was, now = getattr(old, name), getattr(new, name)
        if name == "fields":
            yield from _of_questions(was, now, f"{where}.fields")
        elif name == "checks":
            yield from _of_pieces("checks", was, now, f"{where}.checks", "rule_changed", "keep")
        elif said(was) != said(now):
            yield Change("rule_changed", f"{where}.{name}", said(was), said(now), "keep")


def _of_pieces(
    name: str,
    old: Sequence[Any],
    new: Sequence[Any],
    at: str | None = None,
    kind: ChangeKind | None = None,
    effect: Effect = "look_again",
) -> Iterator[Change]:
    where = at or _PIECES[name]
    before, after = _by_id(old), _by_id(new)
    for one in before:
        if one not in after:
            yield Change("removed", f"{where}.{one}", _piece(before[one]), None, effect)
    for one in after:
        if one not in before:
            yield Change("added", f"{where}.{one}", None, _piece(after[one]), effect)
    if name == "steps":
        yield from _moved(before, after, where, "look_again")
    for one in after:
        if one in before and _piece(before[one]) != _piece(after[one]):
            found: ChangeKind = kind or _KIND_OF.get(name, "changed")  # type: ignore[assignment]
            yield Change(found, f"{where}.{one}", _piece(before[one]), _piece(after[one]), effect)


def _moved(before: Mapping[str, Any], after: Mapping[str, Any], at: str, effect: Effect) -> Iterator[Change]:
    """The fewest pieces that must change their place for the rest to stand in the old order."""
    old = [name for name in before if name in after]
    new = [name for name in after if name in before]
    stays = _in_old_order(old, new)
    for name in new:
        if name not in stays:
            was, now = list(before).index(name) + 1, list(after).index(name) + 1
            yield Change("moved", f"{at}.{name}", str(was), str(now), effect)


def _in_old_order(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The longest run of names in the same order in both lists."""
    place = {name: i for i, name in enumerate(old)}
    runs: list[tuple[str, ...]] = [()]
    for name in new:
        before = [run for run in runs if not run or place[run[-1]] < place[name]]
        runs.append((*_longest(before), name))
    return set(_longest(runs))


def _longest(runs: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    found = runs[0]
    for run in runs:
        found = run if len(run) > len(found) else found
    return found


def _of_maps(old: EditionContent, new: EditionContent) -> Iterator[Change]:
    before = {one.portal: one for one in old.portal_maps}
    after = {one.portal: one for one in new.portal_maps}
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        where = f"portal_maps.{name}"
        if was is None or now is None:
            fields_then, fields_now = (f"{len(one.fields)} fields" if one else None for one in (was, now))
            yield Change("added" if now else "removed", where, fields_then, fields_now)
        elif was != now:
            yield from _of_fields(was, now, where)


def _of_fields(old: PortalMap, new: PortalMap, where: str) -> Iterator[Change]:
    before, after = ({field.name: field for field in one.fields} for one in (old, new))
    for name in dict.fromkeys([*before, *after]):
        was, now = (_piece(side[name]) if name in side else None for side in (before, after))
        if was != now:
            kind: ChangeKind = "portal_changed" if was and now else "added" if now else "removed"
            yield Change(kind, f"{where}.{name}", was, now)
    yield from _moved(before, after, where, "look_again")
    for name in ("origin", "path", "form", "reads"):
        then, today = said(getattr(old, name)), said(getattr(new, name))
        if then != today:
            yield Change("portal_changed", f"{where}.{name}", then, today)


def _of_the_whole(old: EditionContent, new: EditionContent) -> Iterator[Change]:
    for name in _WHOLE:
        was, now = said(getattr(old, name)), said(getattr(new, name))
        if was != now:
            yield Change("limit_changed" if name == "time_limit" else "changed", name, was, now)
    before, after = old.media or {}, new.media or {}
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield Change("changed", f"media.{name}", before.get(name), after.get(name))


def _of_texts(old: EditionContent, new: EditionContent, found: Sequence[Change]) -> Iterator[Change]:
    # The words of what is new or gone say nothing beyond that.
    told = {one.where for one in found if one.kind in ("added", "removed")}
    told |= {f"{one.where}.choices.{choice}" for one in found for choice in one.choices}
    for language in dict.fromkeys([*old.texts, *new.texts]):
        before, after = old.texts.get(language, {}), new.texts.get(language, {})
        for key in dict.fromkeys([*before, *after]):
            is_told = any(key == where or key.startswith(f"{where}.") for where in told)
            if before.get(key) != after.get(key) and not is_told:
                yield Change("text_changed", key, before.get(key), after.get(key), "keep", language)


def _by_id(items: Sequence[Any]) -> dict[str, Any]:
    return {item.id: item for item in items}


def _piece(item: Any) -> str:
    """A piece in one line without its id: what is the default is not said."""
    parts = []
    for field in fields(item):
        value = getattr(item, field.name)
        if field.name != "id" and (shown := said(value)) is not None and value != field.default:
            parts.append(f"{field.name}: {shown}")
    return ", ".join(parts)


def said(value: Any) -> str | None:
    """A value in one line; a condition as its author wrote it, a fact by source, date and confidence."""
    if value is None or value == ():
        return None
    if isinstance(value, Condition):
        return value.text
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (str, int)):
        return str(value)
    if isinstance(value, Mapping):
        # A mapping has no order: the stored document sorts its keys.
        return ", ".join(f"{key}: {said(value[key])}" for key in sorted(value))
    if isinstance(value, (tuple, list)):
        return ", ".join(shown for one in value if (shown := said(one)) is not None)
    if hasattr(value, "confidence") and hasattr(value, "checked"):
        return " ".join(str(part) for part in (value.source, value.checked, value.confidence) if part)
    return f"({_piece_with_id(value)})"


def _piece_with_id(value: Any) -> str:
    name = getattr(value, "id", None)
    return f"{name}: {_piece(value)}" if name else _piece(value)
