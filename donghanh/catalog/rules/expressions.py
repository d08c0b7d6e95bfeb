"""The tree of a condition, read from the bytes of the type checker.

The checker writes a `cel.expr.CheckedExpr`, whose types and places stand in maps of any order; only the bare
tree in it is kept, so that the same condition always gives the same edition hash. Comprehensions are read back
as the macro the author wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_ANY_TYPE, _ANY_VALUE = 1, 2
_POSITIONS, _EXPR, _SOURCE = 4, 4, 5
_CONST, _IDENT, _SELECT, _CALL, _LIST, _STRUCT, _FOLD = 3, 4, 5, 6, 7, 8, 9


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal: bool, int or str; None stands for every other kind of literal."""

    id: int
    value: bool | int | str | None


@dataclass(frozen=True, slots=True)
class Name:
    """A variable."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Selected:
    """A field of a row, or the state of a question; `test_only` is `has(…)`."""

    id: int
    of: Tree
    name: str
    test_only: bool


@dataclass(frozen=True, slots=True)
class Call:
    """A function, an operator or a method (then `target` stands before the dot)."""

    id: int
    function: str
    target: Tree | None
    arguments: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list written out."""

    id: int
    items: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Macro:
    """exists, all, exists_one or filter over a list; any other comprehension is called “map”."""

    id: int
    name: str
    of: Tree
    variable: str
    body: Tree


@dataclass(frozen=True, slots=True)
class Strange:
    """What no condition may hold: a message, a map."""

    id: int


Tree = Constant | Name | Selected | Call | Listed | Macro | Strange


def taken_apart(serialised: bytes) -> tuple[bytes, Mapping[int, int]]:
    """The bare tree in the `Any` that the checker serialised, and the column (from 1) of each node by its id."""
    message = dict(_parts(serialised))[_ANY_VALUE]
    assert isinstance(message, bytes)
    parts = dict(_parts(message))
    bare, source = parts[_EXPR], parts.get(_SOURCE, b"")
    assert isinstance(bare, bytes)
    assert isinstance(source, bytes)
    columns: dict[int, int] = {}
    for number, value in _parts(source):
        if number == _POSITIONS and isinstance(value, bytes):
            place = dict(_parts(value))
            columns[_whole(place.get(1, 0))] = _whole(place.get(2, 0)) + 1
    return bare, columns


def parsed_expr(bare: bytes) -> bytes:
    """The `Any` of a `ParsedExpr` that holds just this tree: what the evaluator takes."""
    return _field(_ANY_TYPE, b"type.googleapis.com/cel.expr.ParsedExpr") + _field(_ANY_VALUE, _field(2, bare))


def tree_of(bare: bytes) -> Tree:
    """The tree of these bytes."""
    fields: dict[int, list[int | bytes]] = {}
    for number, value in _parts(bare):
        fields.setdefault(number, []).append(value)
    own = _whole(fields.get(2, [0])[0])
    for number, read in _READERS.items():
        if number in fields:
            value = fields[number][0]
            assert isinstance(value, bytes)
            return read(own, value)
    return Strange(own)


def children(tree: Tree) -> tuple[Tree, ...]:
    """The parts right below this one, from left to right."""
    match tree:
        case Selected(of=of):
            return (of,)
        case Call(target=target, arguments=arguments):
            return (target, *arguments) if target else arguments
        case Listed(items=items):
            return items
        case Macro(of=of, body=body):
            return (of, body)
    return ()


def walk(tree: Tree) -> Iterator[Tree]:
    """This part and all below it."""
    yield tree
    for child in children(tree):
        yield from walk(child)


def _constant(own: int, message: bytes) -> Tree:
    parts = list(_parts(message))
    if not parts:
        return Constant(own, None)
    number, value = parts[0]
    if number == 2:
        return Constant(own, bool(value))
    if number == 3:
        whole = _whole(value)
        return Constant(own, whole - 2**64 if whole >= 2**63 else whole)
    if number == 6 and isinstance(value, bytes):
        return Constant(own, value.decode())
    return Constant(own, None)


def _ident(own: int, message: bytes) -> Tree:
    return Name(own, _text(message, 1))


def _select(own: int, message: bytes) -> Tree:
    parts = dict(_parts(message))
    return Selected(own, _inner(message, 1)[0], _text(message, 2), bool(parts.get(3, 0)))


def _call(own: int, message: bytes) -> Tree:
    target = _inner(message, 1)
    return Call(own, _text(message, 2), target[0] if target else None, tuple(_inner(message, 3)))


def _list(own: int, message: bytes) -> Tree:
    if any(number == 2 for number, _ in _parts(message)):
        return Strange(own)
    return Listed(own, tuple(_inner(message, 1)))


def _struct(own: int, message: bytes) -> Tree:
    return Strange(own)


def _fold(own: int, message: bytes) -> Tree:
    first, _condition, step, result = (_inner(message, number)[0] for number in (4, 5, 6, 7))
    variable, kept = _text(message, 1), _text(message, 3)
    body, name = step, "map"
    if isinstance(step, Call) and not _text(message, 8):
        arguments = step.arguments
        if step.function in ("_||_", "_&&_") and isinstance(first, Constant) and isinstance(result, Name):
            body, name = arguments[1], "exists" if step.function == "_||_" else "all"
        elif step.function == "_?_:_" and isinstance(first, Constant) and isinstance(result, Call):
            body, name = arguments[0], "exists_one"
        elif step.function == "_?_:_" and _adds_the_row(arguments[1], variable, kept):
            body, name = arguments[0], "filter"
    return Macro(own, name, _inner(message, 2)[0], variable, body)


def _adds_the_row(added: Tree, variable: str, kept: str) -> bool:
    match added:
        case Call(function="_+_", arguments=(Name(name=left), Listed(items=(Name(name=right),)))):
            return (left, right) == (kept, variable)
    return False


_READERS = {
    _CONST: _constant,
    _IDENT: _ident,
    _SELECT: _select,
    _CALL: _call,
    _LIST: _list,
    _STRUCT: _struct,
    _FOLD: _fold,
}


def _inner(message: bytes, wanted: int) -> list[Tree]:
    return [
        tree_of(value) for number, value in _parts(message) if number == wanted and isinstance(value, bytes)
    ]


def _text(message: bytes, wanted: int) -> str:
    for number, value in _parts(message):
        if number == wanted and isinstance(value, bytes):
            return value.decode()
    return ""


def _whole(value: int | bytes) -> int:
    assert isinstance(value, int)
    return value


def _parts(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Number and value of each field, in the order they stand (protobuf wire format)."""
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        value: int | bytes
        if tag & 7 == 0:
            value, at = _varint(message, at)
        else:
            length, at = (8, at) if tag & 7 == 1 else _varint(message, at)
            value = message[at : at + length]
            at += length
        yield tag >> 3, value


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def _field(number: int, value: bytes) -> bytes:
    size, length = len(value), b""
    while size > 127:
        length += bytes([size & 127 | 128])
        size >>= 7
    return bytes([number << 3 | 2]) + length + bytes([size]) + value
