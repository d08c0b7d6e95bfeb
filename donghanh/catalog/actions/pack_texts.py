"""The texts of a pack: flat keys, complete in every language, plain words without markup."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from collections.abc import Mapping as ByKey
from dataclasses import dataclass

from donghanh.catalog.actions.pack_shape import spot_of
from donghanh.catalog.actions.pack_yaml import Mapping, Node, Problem, Scalar, Spot

MAX_TEXT = 1200
# Read aloud in one breath; shown on a button of the kiosk; the heading of a screen.
LIMITS = {"say": 260, "short": 50, "title": 90, "name": 300, "label": 160, "hint": 300, "example": 120}


@dataclass(frozen=True, slots=True)
class Written:
    """A text and where it stands."""

    text: str
    spot: Spot


Texts = ByKey[str, Written]


def flat(tree: Node, problems: list[Problem]) -> dict[str, Written]:
    """Texts by dotted key: steps.sign.say. What is not a text or a group of texts is reported."""
    if not isinstance(tree, Mapping):
        problems.append(Problem(tree.spot, "a texts file must be a mapping of keys", "begin with “name:”"))
        return {}
    found: dict[str, Written] = {}
    _gather(tree, "", found, problems)
    return found


def _gather(tree: Mapping, prefix: str, found: dict[str, Written], problems: list[Problem]) -> None:
    for key, node in tree.items.items():
        path = f"{prefix}{key}"
        if isinstance(node, Mapping):
            _gather(node, f"{path}.", found, problems)
        elif isinstance(node, Scalar):
            found[path] = Written(" ".join(node.text.split()), node.spot)
        else:
            problems.append(
                Problem(node.spot, f"{path:.80} must be a text, not a list", "write sentences in one text")
            )


def checked_texts(
    texts: Texts, tree: Node, needed: Iterable[str], allowed: Iterable[str] = ()
) -> list[Problem]:
    """What is missing, superfluous or badly written in one language."""
    wanted = list(dict.fromkeys(needed))
    known = {*wanted, *allowed}
    missing = [key for key in wanted if key not in texts]
    problems = []
    meant: set[str] = set()
    for key, written in texts.items():
        if key in known:
            problems += _badly_written(key, written)
            continue
        close = difflib.get_close_matches(key, missing, n=1, cutoff=0.6)
        meant.update(close)
        advice = (
            f"did you mean “{close[0]}”?" if close else "remove it, or add to pack.yaml what it describes"
        )
        problems.append(Problem(written.spot, f"nothing uses the text “{key:.80}”", advice))
    for key in missing:
        if key not in meant:
            problems.append(Problem(spot_of(tree, key.split(".")), f"text “{key}” is missing", "add it here"))
    return problems


def _badly_written(key: str, written: Written) -> list[Problem]:
    text, spot = written.text, written.spot
    if not text:
        return [Problem(spot, f"text “{key}” is empty", "write it, or remove what it describes")]
    longest = LIMITS.get(key.rsplit(".", 1)[-1], MAX_TEXT)
    problems = []
    if len(text) > longest:
        problems.append(Problem(spot, f"text “{key}” has {len(text)} letters", f"shorten it to {longest}"))
    if re.search(r"</?[A-Za-z!]", text):
        problems.append(Problem(spot, f"text “{key}” holds HTML", "write plain words"))
    if "{" in text or "}" in text:
        problems.append(
            Problem(spot, f"text “{key}” holds a curly bracket", "write plain words, without placeholders")
        )
    return problems
