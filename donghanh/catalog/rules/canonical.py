"""Content as JSON and back, in the one spelling that is hashed.

Keys sorted, no blanks, NFC, whole numbers only: the same content gives the same bytes on
every machine, and the bytes give the edition hash.
"""

from __future__ import annotations

import hashlib
import json
import types
import unicodedata
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from donghanh.catalog.rules.content import EditionContent
from donghanh.kernel.errors import Refusal

# Written from the first release on, even when they equal their default.
_ALWAYS = frozenset({"url", "format"})


class DamagedEdition(Refusal):
    """A stored edition does not read back: it was altered outside, or a later release wrote it."""

    message = "The stored edition cannot be read: {where}: {problem}."


def to_json(content: EditionContent) -> dict[str, Any]:
    """The content as dictionaries, lists, texts, whole numbers, true, false and null."""
    plain = _plain(content, "edition")
    assert isinstance(plain, dict)
    return plain


def from_json(stored: Mapping[str, Any]) -> EditionContent:
    """The content that `to_json` gave. Raises DamagedEdition when the shape is another one."""
    content = _build(EditionContent, stored, "edition")
    assert isinstance(content, EditionContent)
    return content


def canonical_json(content: EditionContent) -> str:
    """The one spelling of this content."""
    return json.dumps(to_json(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def edition_hash(content: EditionContent) -> str:
    """SHA-256 of the canonical JSON in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(content).encode("utf-8")).hexdigest()


def _plain(value: Any, where: str) -> Any:
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if is_dataclass(value) and not isinstance(value, type):
        # What says no more than its default is left out: an edition of before keeps its hash.
        return {
            f.name: _plain(getattr(value, f.name), f"{where}.{f.name}")
            for f in fields(value)
            if f.name in _ALWAYS or f.default is MISSING or getattr(value, f.name) != f.default
        }
    if isinstance(value, Mapping):
        return {unicodedata.normalize("NFC", key): _plain(v, f"{where}.{key}") for key, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(v, f"{where}.{i}") for i, v in enumerate(value)]
    raise DamagedEdition(where=where, problem=f"a {type(value).__name__} has no canonical spelling")


def _build(kind: Any, value: Any, where: str) -> Any:
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _record(kind, value, where)
    if origin is Literal:
        return _checked(value in get_args(kind), value, where)
    if origin in (Union, types.UnionType):
        if value is None:
            return _checked(type(None) in get_args(kind), None, where)
        return _build(next(a for a in get_args(kind) if a is not type(None)), value, where)
    if origin is tuple:
        _checked(isinstance(value, list), value, where)
        return tuple(_build(get_args(kind)[0], v, f"{where}.{i}") for i, v in enumerate(value))
    if origin is Mapping:
        _checked(isinstance(value, dict), value, where)
        return {key: _build(get_args(kind)[1], v, f"{where}.{key}") for key, v in value.items()}
    return _checked(type(value) is kind, value, where)


def _record(kind: Any, value: Any, where: str) -> Any:
    _checked(isinstance(value, Mapping), value, where)
    known = {f.name: f for f in fields(kind)}
    for key in value:
        _checked(key in known, key, f"{where}.{key}")
    for name, f in known.items():
        _checked(name in value or f.default is not MISSING, "nothing", f"{where}.{name}")
    hints = get_type_hints(kind)
    return kind(
        **{name: _build(hints[name], value[name], f"{where}.{name}") for name in known if name in value}
    )


def _checked(fits: bool, value: Any, where: str) -> Any:
    if not fits:
        raise DamagedEdition(where=where, problem=f"unexpected {value!r:.60}")
    return value
