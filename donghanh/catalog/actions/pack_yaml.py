"""YAML 1.2 as a tree of texts that knows where each piece stands.

The tree is built from parser events, so that nothing of YAML's cleverness is left: no anchors,
aliases, tags or merge keys, no second document, and no scalar that a loader turned into a
number or a truth value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

MAX_DEPTH = 8
MAX_PIECES = 20_000


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in a file of a pack; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with a pack: where, what, and what to do about it.

    `rule` is the id of the rule that found it; what the reader itself refuses has none.
    """

    spot: Spot
    what: str
    advice: str
    rule: str = ""

    def __str__(self) -> str:
        rule = f" [{self.rule}]" if self.rule else ""
        return f"{self.spot}: {self.what}; {self.advice}{rule}"


@dataclass(slots=True)
class Scalar:
    """A text as it was written, whatever it looks like. `indent` is what stands before its first
    letter on the same line: a quotation mark, or nothing."""

    spot: Spot
    text: str
    indent: int = 0


@dataclass(slots=True)
class Sequence:
    """A list."""

    spot: Spot
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys with their own places and what stands under them."""

    spot: Spot
    items: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Spot] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


class _NotOursError(Exception):
    """The text is YAML that a pack may not use, or no YAML."""

    def __init__(self, spot: Spot, what: str, advice: str) -> None:
        self.problem = Problem(spot, what, advice)
        super().__init__(what)


def parse(written: str, file: str) -> tuple[Node | None, list[Problem]]:
    """The tree of this text, or None with the problem that stopped it. Never raises for bad input."""
    problems: list[Problem] = []
    try:
        return _document(_Events(written, file), problems), problems
    except _NotOursError as refused:
        return None, [*problems, refused.problem]
    except MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        spot = Spot(file, mark.line + 1, mark.column + 1) if mark else Spot(file)
        reason = str(broken.problem or broken.context or "it does not parse")
        return None, [
            *problems,
            Problem(spot, f"this is not YAML ({reason:.120})", "check indents, colons and quotes"),
        ]
    except (YAMLError, ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError):
        # The scanner meets some nonsense with errors of its own; a stranger's file is never our bug.
        return None, [*problems, Problem(Spot(file), "this is not YAML", "check indents, colons and quotes")]


class _Events:
    """Parser events one by one, without anything a pack may not use."""

    def __init__(self, written: str, file: str) -> None:
        self.file = file
        yaml = YAML(typ="safe", pure=True)
        yaml.version = "1.2"
        self._stream: Iterator[Any] = iter(yaml.parse(written))
        self._count = 0

    def next(self) -> tuple[str, Any, Spot]:
        """The name of the event, the event, and its place."""
        event = next(self._stream, None)
        if event is None:
            raise _NotOursError(Spot(self.file), "the file ends too early", "complete it")
        name = type(event).__name__.removesuffix("Event")
        mark = event.start_mark
        spot = Spot(self.file, mark.line + 1, mark.column + 1)
        self._count += 1
        if self._count > MAX_PIECES:
            raise _NotOursError(spot, f"more than {MAX_PIECES} pieces", "shorten the file")
        self._refuse_cleverness(name, event, spot)
        return name, event, spot

    def _refuse_cleverness(self, name: str, event: Any, spot: Spot) -> None:
        if name == "Alias":
            raise _NotOursError(
                spot, f"alias “*{event.anchor:.60}” is not allowed", "write the text out again"
            )
        if getattr(event, "anchor", None):
            raise _NotOursError(spot, f"anchor “&{event.anchor:.60}” is not allowed", "remove it")
        if getattr(event, "tag", None):
            raise _NotOursError(
                spot, f"tag “{event.tag!s:.60}” is not allowed", "remove it, types are known from the key"
            )
        if name == "DocumentStart" and (event.version or event.tags):
            raise _NotOursError(spot, "a % directive is not allowed", "remove the line")


def _document(events: _Events, problems: list[Problem]) -> Node | None:
    events.next()  # the stream starts
    name, _, spot = events.next()
    if name == "StreamEnd":
        problems.append(
            Problem(spot, "the file is empty", "write the mapping that belongs here, or see packs/README.md")
        )
        return None
    node = _node(*events.next(), events, problems, 1)
    events.next()  # the document ends
    name, _, spot = events.next()
    if name != "StreamEnd":
        raise _NotOursError(spot, "a second document begins here", "keep one document a file, without ---")
    return node


def _node(name: str, event: Any, spot: Spot, events: _Events, problems: list[Problem], depth: int) -> Node:
    if name == "Scalar":
        return Scalar(spot, event.value, 1 if event.style in ("'", '"') else 0)
    if depth > MAX_DEPTH:
        raise _NotOursError(
            spot, f"nested deeper than {MAX_DEPTH} levels", "flatten it; no part of a pack is that deep"
        )
    if name == "SequenceStart":
        return _sequence(spot, events, problems, depth)
    return _mapping(spot, events, problems, depth)


def _sequence(spot: Spot, events: _Events, problems: list[Problem], depth: int) -> Sequence:
    found = Sequence(spot)
    while True:
        name, event, at = events.next()
        if name == "SequenceEnd":
            return found
        found.items.append(_node(name, event, at, events, problems, depth + 1))


def _mapping(spot: Spot, events: _Events, problems: list[Problem], depth: int) -> Mapping:
    found = Mapping(spot)
    while True:
        name, event, at = events.next()
        if name == "MappingEnd":
            return found
        if name != "Scalar":
            raise _NotOursError(at, "a key must be one word", "put a plain name before the colon")
        key = event.value
        if key == "<<":
            raise _NotOursError(at, "merge key “<<” is not allowed", "write the keys out again")
        value = _node(*events.next(), events, problems, depth + 1)
        if value.spot.line != at.line and isinstance(value, Scalar) and not value.text:
            value.spot = at  # nothing stands behind the key: the parser points to the next line
        if key in found.keys:
            first = found.keys[key]
            problems.append(
                Problem(at, f"key “{key:.60}” stands twice", f"keep one; the first is on line {first.line}")
            )
            continue
        found.items[key], found.keys[key] = value, at
