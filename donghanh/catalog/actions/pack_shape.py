"""From a tree with places to a typed pack, and from Pydantic's complaints to ours."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from collections.abc import Sequence as Row
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from donghanh.catalog.actions.pack_yaml import Mapping, Node, Problem, Scalar, Sequence, Spot

Loc = tuple[str | int, ...]
Shape = TypeVar("Shape", bound=BaseModel)


def shaped(tree: Node, model: type[Shape]) -> tuple[Shape | None, list[Problem]]:
    """The file as its typed model, or None and everything about its shape that is wrong."""
    if not isinstance(tree, Mapping):
        file, first = tree.spot.file, next(iter(model.model_fields))
        first = f"{first}: 1" if first == "format" else f"{first}:"
        advice = f"begin with “{first}” and one key a line"
        return None, [Problem(tree.spot, f"{file} must be a mapping of keys", advice)]
    try:
        return model.model_validate(plain(tree)), []
    except ValidationError as refused:
        return None, _problems(refused, tree, model)


def plain(node: Node) -> Any:
    """The tree as dictionaries, lists and texts, its places left behind."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.items.items()}


def spot_of(tree: Node, loc: Iterable[str | int]) -> Spot:
    """The place of this path, or of the nearest part of it that exists."""
    return node_at(tree, loc).spot


def node_at(tree: Node, loc: Iterable[str | int]) -> Node:
    """What stands at this path, or the nearest part of it that exists."""
    found = tree
    for part in loc:
        node = _below(found, part)
        if node is None:
            break
        found = node
    return found


def _below(node: Node, part: str | int) -> Node | None:
    if isinstance(node, Mapping):
        return node.items.get(str(part))
    if isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
        return node.items[part]
    return None


def key_spot(tree: Node, loc: Loc) -> Spot:
    """The place of the key itself rather than of what stands behind it."""
    node: Node = tree
    for part in loc[:-1]:
        if isinstance(node, Mapping):
            node = node.items[str(part)]
        elif isinstance(node, Sequence):
            node = node.items[int(part)]
    last = str(loc[-1])
    return node.keys[last] if isinstance(node, Mapping) and last in node.keys else node.spot


def suggestion(word: str, known: Iterable[str], otherwise: str) -> str:
    """Did-you-mean, else the other advice."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean “{close[0]}”?" if close else otherwise


def _problems(refused: ValidationError, tree: Mapping, model: type[BaseModel]) -> list[Problem]:
    errors = refused.errors()
    misspelt: set[Loc] = set()
    problems = []
    for error in errors:
        if error["type"] == "extra_forbidden":
            problem, meant = _unknown_key(error["loc"], tree, model)
            problems.append(problem)
            if meant:
                misspelt.add((*error["loc"][:-1], meant))
    for error in errors:
        loc = _real(error["loc"], tree)
        if error["type"] == "extra_forbidden" or (error["type"] == "missing" and loc in misspelt):
            continue
        problems.append(_problem(error, loc, tree))
    return list(dict.fromkeys(problems))


def _unknown_key(loc: Loc, tree: Mapping, model: type[BaseModel]) -> tuple[Problem, str | None]:
    known = _fields_at(loc[:-1], model)
    key = str(loc[-1])
    close = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    advice = f"did you mean “{close[0]}”?" if close else f"known here are {', '.join(known)}"
    return Problem(key_spot(tree, loc), f"unknown key “{key:.60}”", advice), close[0] if close else None


def _problem(error: Any, loc: Loc, tree: Mapping) -> Problem:
    spot = spot_of(tree, loc)
    key = ".".join(str(part) for part in loc)
    kind, given = error["type"], error.get("input")
    if kind == "pack":
        return Problem(spot, f"{key}: {error['ctx']['what']}", error["ctx"]["advice"])
    if kind == "missing":
        return Problem(spot, f"key “{loc[-1]}” is missing", f"add “{loc[-1]}:” here")
    if kind == "literal_error":
        return _not_in_list(error, spot, key, given)
    if kind in ("model_type", "dict_type"):
        return Problem(spot, f"{key} must hold keys", "write “key: value” pairs, indented, one a line")
    if kind == "list_type":
        return Problem(spot, f"{key} must be a list", "begin each item with “- ” or write [a, b]")
    if kind == "too_short":
        least = error["ctx"]["min_length"]
        what = f"{key} is empty" if least == 1 else f"{key} has {error['ctx']['actual_length']} items"
        return Problem(spot, what, "add at least one item" if least == 1 else f"write {least} items")
    if kind == "too_long":
        return Problem(spot, f"{key} has too many items", "shorten the list")
    return Problem(spot, f"{key}: {error['msg']}", "see packs/README.md")


def _not_in_list(error: Any, spot: Spot, key: str, given: Any) -> Problem:
    expected = error["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", ")
    otherwise = f"write one of {', '.join(expected)}"
    if not isinstance(given, str):
        return Problem(spot, f"{key}: a single word is expected here", otherwise)
    return Problem(spot, f"{key}: “{given:.60}” is not known here", suggestion(given, expected, otherwise))


def _real(loc: Loc, tree: Node) -> Loc:
    """The path without the names that Pydantic adds for the branches of a union."""
    return tuple(
        part for part in loc if isinstance(part, int) or not part.startswith(("function-", "literal["))
    )


def _fields_at(loc: Row[str | int], model: type[BaseModel]) -> list[str]:
    for part in loc:
        if isinstance(part, str):
            inner = _model_in(model.model_fields[part].annotation)
            model = inner or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return annotation if issubclass(annotation, BaseModel) else None
    return next((found for arg in get_args(annotation) if (found := _model_in(arg)) is not None), None)
