"""The profile of conditions: which expressions of CEL a pack may use, and on which kinds of answers.

The type checker of the language knows less than we do: rows of a repeat have fields of known kinds,
a choice has a list, days are texts that may be ordered while other texts may not. What is refused
here is what the two evaluators would read differently, or what could fail for another reason than an
answer that is not there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from donghanh.catalog.rules.calendar import FUNCTIONS, is_day
from donghanh.catalog.rules.expressions import (
    Call,
    Constant,
    Listed,
    Macro,
    Name,
    Selected,
    Tree,
)
from donghanh.catalog.rules.guidance import Question
from donghanh.catalog.rules.patterns import pattern_problem

STATES = ("absent", "empty", "given", "dont_know", "not_applicable", "hidden")
# Words of the language, of its types and of ours: no question may be called so.
RESERVED_IDS = frozenset(
    "as break const continue else false for function if import in let loop package namespace null return"
    " true var void while int uint double bool string bytes list map null_type type dyn timestamp duration"
    " size has all exists exists_one filter matches st today cel math optional constructor".split()
) | frozenset(FUNCTIONS)

_KIND_OF_TYPE = {
    "date": "day",
    "partial_date": "partial",
    "integer": "int",
    "money": "int",
    "yes_no": "bool",
    "choices": "choices",
    "repeat": "rows",
}
_ORDERED = {"int", "day"}
_COMPARISONS = {"_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_"}
_SIGNS = {"_+_": "+", "_-_": "-", "_*_": "*", "-_": "-", "_/_": "/", "_%_": "%", "_[_]": "[ ]", "@in": "in"}
_SPOKEN = {
    "bool": "yes or no",
    "int": "a number",
    "text": "a text",
    "day": "a date",
    "partial": "a partial date",
    "choices": "a list of choices",
    "rows": "rows of a repeat",
    "row": "a row of a repeat",
    "state": "the state of a question",
    "states": "the states",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a part of a condition is. `domain`: the choices it may be; `fields`: of a row."""

    name: str
    domain: tuple[str, ...] | None = None
    fields: Mapping[str, Kind] = field(default_factory=dict)

    @property
    def spoken(self) -> str:
        """The kind in words of the author."""
        return _SPOKEN[self.name]


class OutsideProfile(Exception):
    """The first part outside the profile, the node it stands at, and what to write instead."""

    def __init__(self, node: int, what: str, advice: str) -> None:
        self.node, self.what, self.advice = node, what, advice
        super().__init__(what)


BOOL, INT, TEXT, DAY = Kind("bool"), Kind("int"), Kind("text"), Kind("day")


def kind_of(question: Question) -> Kind:
    """What an answer to this question is inside a condition."""
    if question.type == "repeat":
        return Kind("rows", fields={one.id: kind_of(one) for one in question.fields})
    return Kind(_KIND_OF_TYPE.get(question.type, "text"), question.choices or None)


def kinds_of(questions: Sequence[Question]) -> dict[str, Kind]:
    """Every variable of a condition over these questions."""
    known = {question.id: kind_of(question) for question in questions}
    return {**known, "today": DAY, "st": Kind("states", tuple(known))}


def checked_kind(tree: Tree, variables: Mapping[str, Kind]) -> Kind:
    """What the tree gives. Raises OutsideProfile for the first part, from left to right, that it may not hold."""
    match tree:
        case Constant():
            return _constant(tree)
        case Name():
            return _variable(tree, variables)
        case Selected():
            return _selected(tree, variables)
        case Macro():
            return _macro(tree, variables)
        case Call():
            return _call(tree, variables)
        case Listed():
            raise OutsideProfile(tree.id, "a list stands alone", "use a list only after “in”")
    raise OutsideProfile(tree.id, "a map or a message stands here", "compare answers with plain values")


def references(tree: Tree, bound: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The questions it reads, each once, `st.` ones included."""
    found: list[str] = []
    match tree:
        case Name(name=name) if name not in bound and name not in ("today", "st"):
            found.append(name)
        case Selected(of=Name(name="st"), name=name):
            found.append(name)
        case Selected(of=of):
            found += references(of, bound)
        case Macro(of=of, variable=variable, body=body):
            found += [*references(of, bound), *references(body, bound | {variable})]
        case Call(target=target, arguments=arguments):
            for part in (target, *arguments) if target else arguments:
                found += references(part, bound)
        case Listed(items=items):
            for part in items:
                found += references(part, bound)
    return tuple(dict.fromkeys(found))


def _constant(tree: Constant) -> Kind:
    if tree.value is None:
        advice = "write whole numbers, texts in quotes, true or false"
        raise OutsideProfile(tree.id, "this kind of value has no place in a condition", advice)
    if isinstance(tree.value, bool):
        return BOOL
    if isinstance(tree.value, int):
        if abs(tree.value) > 2**53 - 1:
            raise OutsideProfile(tree.id, "the number is too big", "stay below 9007199254740992")
        return INT
    return TEXT


def _variable(tree: Name, variables: Mapping[str, Kind]) -> Kind:
    kind = variables.get(tree.name)
    if kind is None:
        raise OutsideProfile(tree.id, f"“{tree.name}” is no question", "name a question asked earlier")
    if kind.name == "states":
        raise OutsideProfile(tree.id, "“st” stands alone", "write st.QUESTION == 'dont_know'")
    return kind


def _selected(tree: Selected, variables: Mapping[str, Kind]) -> Kind:
    if tree.test_only:
        raise OutsideProfile(tree.id, "“has” is outside the profile", "write st.QUESTION == 'given'")
    if isinstance(tree.of, Name) and tree.of.name == "st" and variables["st"].name == "states":
        if tree.name not in (variables["st"].domain or ()):
            what = f"“{tree.name}” is no question"
            raise OutsideProfile(tree.id, what, "name a question asked earlier after “st.”")
        return Kind("state", STATES)
    of = checked_kind(tree.of, variables)
    if tree.name not in of.fields or of.name != "row":
        raise OutsideProfile(tree.id, f"there is no field “{tree.name}” here", _one_of(of.fields, "fields"))
    return of.fields[tree.name]


def _macro(tree: Macro, variables: Mapping[str, Kind]) -> Kind:
    if tree.name == "map":
        raise OutsideProfile(tree.id, "“map” is outside the profile", "use exists, all or filter(…).size()")
    of = checked_kind(tree.of, variables)
    if of.name not in ("rows", "choices"):
        raise OutsideProfile(tree.id, f"“{tree.name}” over {of.spoken}", "use it over a repeat or choices")
    if tree.variable in variables:
        what = f"the row is called “{tree.variable}” like a question"
        raise OutsideProfile(tree.id, what, "give the row a name of its own")
    row = Kind("row", fields=of.fields) if of.name == "rows" else Kind("text", of.domain)
    _must_be(tree.body, BOOL, {**variables, tree.variable: row}, f"the test of “{tree.name}”")
    return of if tree.name == "filter" else BOOL


def _call(tree: Call, variables: Mapping[str, Kind]) -> Kind:
    name, arguments = tree.function, tree.arguments
    if name in _COMPARISONS:
        return _comparison(tree, variables)
    if name in ("_&&_", "_||_", "!_"):
        for part in arguments:
            _must_be(part, BOOL, variables, f"a side of “{name.strip('_')}”")
        return BOOL
    if name == "@in":
        return _membership(tree, variables)
    if name == "_?_:_":
        return _choice(tree, variables)
    if name in ("_+_", "_-_", "_*_", "-_"):
        for part in arguments:
            _must_be(part, INT, variables, f"a side of “{_SIGNS[name]}”")
        return INT
    if name == "size":
        return _size(tree, variables)
    if name in ("startsWith", "matches") and tree.target is not None:
        return _text_test(tree, tree.target, variables)
    if name in FUNCTIONS and tree.target is None:
        wanted, result = FUNCTIONS[name]
        for part, kind in zip(arguments, wanted, strict=True):
            _must_be(part, Kind(kind), variables, f"an argument of “{name}”")
        return Kind(result)
    what = f"“{_SIGNS.get(name, name)}” is outside the profile"
    raise OutsideProfile(tree.id, what, "see the list of operators and functions in packs/README.md")


def _comparison(tree: Call, variables: Mapping[str, Kind]) -> Kind:
    sign = tree.function.strip("_")
    left, right = tree.arguments
    kinds = checked_kind(left, variables), checked_kind(right, variables)
    for side, value, kind in ((left, right, kinds[0]), (right, left, kinds[1])):
        _fits(side, value, kind)
    names = {kind.name for kind in kinds}
    if names & {"rows", "row", "choices"}:
        raise OutsideProfile(tree.id, f"“{sign}” compares {kinds[0].spoken}", "use in, exists, all or size")
    literal = isinstance(left, Constant) or isinstance(right, Constant)
    if len(names) > 1 and not (literal and names <= {"text", "day", "partial", "state"}):
        what = f"“{sign}” compares {kinds[0].spoken} with {kinds[1].spoken}"
        raise OutsideProfile(tree.id, what, "compare values of one kind")
    if sign not in ("==", "!=") and not names & _ORDERED:
        what = f"“{sign}” orders {kinds[0].spoken}"
        raise OutsideProfile(tree.id, what, "order only numbers and dates")
    return BOOL


def _fits(side: Tree, value: Tree, kind: Kind) -> None:
    """A text written out must be a value that the other side can have."""
    if not isinstance(value, Constant) or not isinstance(value.value, str):
        return
    if kind.name == "day" and not is_day(value.value):
        raise OutsideProfile(value.id, f"“{value.value}” is no date", "write YYYY-MM-DD")
    if kind.domain is not None and value.value not in kind.domain:
        raise OutsideProfile(value.id, f"“{value.value}” is not in the list", _one_of(kind.domain, "values"))


def _membership(tree: Call, variables: Mapping[str, Kind]) -> Kind:
    left, right = tree.arguments
    kind = checked_kind(left, variables)
    if isinstance(right, Listed):
        if not right.items:
            raise OutsideProfile(right.id, "the list is empty", "write the values it may be")
        for item in right.items:
            found = checked_kind(item, variables)
            is_text = found.name == "text" and kind.name in ("text", "day", "partial", "state")
            if not isinstance(item, Constant) or not (found.name == kind.name or is_text):
                raise OutsideProfile(item.id, "the list holds another kind", "list plain values of one kind")
            _fits(left, item, kind)
        if kind.name not in ("int", "text", "day", "partial", "state"):
            raise OutsideProfile(tree.id, f"“in” looks for {kind.spoken}", "use it with numbers and texts")
        return BOOL
    among = checked_kind(right, variables)
    if among.name != "choices" or kind.name != "text":
        what = f"“in” looks for {kind.spoken} in {among.spoken}"
        raise OutsideProfile(tree.id, what, "use it with a list in brackets or a question of type choices")
    _fits(right, left, among)
    return BOOL


def _choice(tree: Call, variables: Mapping[str, Kind]) -> Kind:
    condition, yes, no = tree.arguments
    _must_be(condition, BOOL, variables, "what stands before “?”")
    kinds = checked_kind(yes, variables), checked_kind(no, variables)
    if kinds[0].name != kinds[1].name or kinds[0].name not in ("bool", "int", "text", "day"):
        what = f"“?:” gives {kinds[0].spoken} or {kinds[1].spoken}"
        raise OutsideProfile(tree.id, what, "give values of one kind on both sides")
    return Kind(kinds[0].name)


def _size(tree: Call, variables: Mapping[str, Kind]) -> Kind:
    of = checked_kind(tree.target or tree.arguments[0], variables)
    if of.name not in ("text", "choices", "rows"):
        raise OutsideProfile(tree.id, f"“size” of {of.spoken}", "use it on a text, choices or a repeat")
    return INT


def _text_test(tree: Call, target: Tree, variables: Mapping[str, Kind]) -> Kind:
    of = checked_kind(target, variables)
    if of.name != "text":
        raise OutsideProfile(tree.id, f"“{tree.function}” on {of.spoken}", "use it on a text")
    written = tree.arguments[0]
    if not isinstance(written, Constant) or not isinstance(written.value, str):
        raise OutsideProfile(
            written.id, f"“{tree.function}” with what is no plain text", "write it in quotes"
        )
    if tree.function == "matches" and (problem := pattern_problem(written.value)):
        raise OutsideProfile(written.id, f"pattern: {problem}", "keep to the patterns of packs/README.md")
    return BOOL


def _must_be(part: Tree, wanted: Kind, variables: Mapping[str, Kind], place: str) -> None:
    found = checked_kind(part, variables)
    if isinstance(part, Constant) and found.name == "text" and wanted.name in ("day", "partial"):
        if not is_day(part.value) and wanted.name == "day":
            raise OutsideProfile(part.id, f"“{part.value}” is no date", "write YYYY-MM-DD")
        return
    if found.name != wanted.name:
        advice = (
            "use first_day(…)" if (found.name, wanted.name) == ("partial", "day") else f"give {wanted.spoken}"
        )
        raise OutsideProfile(part.id, f"{place} is {found.spoken}", advice)


def _one_of(names: Mapping[str, Kind] | Sequence[str], what: str) -> str:
    shown = ", ".join(list(names)[:8])
    return f"{what}: {shown}" if shown else f"it has no {what}"
