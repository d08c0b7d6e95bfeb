"""Conditions in two spellings: CEL as packs write it, and the part of XPath that XLSForm and we have in common.

In common: comparing a question with a number, a text, a day or today(); a yes/no question; one of several
choices; and, or, not, parentheses. XLSForm answers yes/no by a list with the choices yes and no.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

# What of a question a condition needs to know.
Kinds = Mapping[str, str]  # question → its type
_ORDER = {"or": 1, "and": 2, "not": 3, "compare": 4}
_CEL = re.compile(
    r"\s*(?:(&&|\|\||==|!=|<=|>=|[!<>()])|'([^'\\]*)'|\"([^\"\\]*)\"|(-?[0-9]+)|([a-z][a-z0-9_]*))"
)
_XPATH = re.compile(
    r"\s*(?:(!=|<=|>=|[=<>(),])|'([^']*)'|\"([^\"]*)\"|(-?[0-9]+)|\$\{\s*([a-z][a-z0-9_]*)\s*\}|(today\(\)|[a-z]+|\.))"
)


class OneSidedLogic(Exception):
    """The condition uses something only one of the two spellings has: what, and what to do."""

    def __init__(self, what: str, advice: str) -> None:
        self.what, self.advice = what, advice
        super().__init__(f"{what}; {advice}")


@dataclass(frozen=True, slots=True)
class Node:
    """A piece: or, and, not, compare (sign, left, right), selected (question, choice), name, text, number, today."""

    kind: str
    parts: tuple[Node, ...] = ()
    word: str = ""


def from_cel(text: str, kinds: Kinds) -> Node:
    """The condition a pack writes. Raises OneSidedLogic."""
    tokens = _tokens(_CEL, text, ("sign", "text", "text", "number", "name"))
    return _Reader(tokens, kinds, {"||": "or", "&&": "and", "!": "not", "==": "="}).whole()


def from_xpath(text: str, kinds: Kinds, own: str = "") -> Node:
    """The condition a sheet writes; `.` is the question `own`. Raises OneSidedLogic."""
    tokens = _tokens(_XPATH, text, ("sign", "text", "text", "number", "name", "word"))
    return _Reader(tokens, kinds, {}, own).whole()


def to_cel(node: Node, kinds: Kinds) -> str:
    """As a pack writes it."""
    return _Cel(kinds).write(node)


def to_xpath(node: Node, kinds: Kinds, own: str = "") -> str:
    """As a sheet writes it."""
    return _XPath(kinds, own).write(node)


def _tokens(pattern: re.Pattern[str], text: str, names: tuple[str, ...]) -> list[tuple[str, str]]:
    found, at = [], 0
    while text[at:].strip():
        match = pattern.match(text, at)
        if match is None:
            raise OneSidedLogic(
                f"“{text[at:].strip():.40}” is not understood", "use =, and, or, not, selected, today()"
            )
        group = next(i for i, value in enumerate(match.groups()) if value is not None)
        found.append((names[group], match.groups()[group] or ""))
        at = match.end()
    return [*found, ("end", "")]


class _Reader:
    """Both spellings have one grammar; only their signs differ."""

    def __init__(
        self, tokens: list[tuple[str, str]], kinds: Kinds, signs: Mapping[str, str], own: str = ""
    ) -> None:
        self._tokens = [(kind, signs.get(word, word) if kind == "sign" else word) for kind, word in tokens]
        self._kinds, self._own, self._at = kinds, own, 0

    def whole(self) -> Node:
        node = self._or()
        if self._peek()[0] != "end":
            raise OneSidedLogic(
                f"“{self._peek()[1]}” stands where nothing is expected", "close parentheses, join by and / or"
            )
        return node

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at]

    def _next(self) -> tuple[str, str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _is(self, word: str) -> bool:
        if self._peek()[1] == word and self._peek()[0] in ("sign", "word", "name"):
            self._at += 1
            return True
        return False

    def _or(self) -> Node:
        parts = [self._and()]
        while self._is("or"):
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else Node("or", tuple(parts))

    def _and(self) -> Node:
        parts = [self._one()]
        while self._is("and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else Node("and", tuple(parts))

    def _one(self) -> Node:
        if self._is("not"):
            return Node("not", (self._one(),))
        if self._is("("):
            inside = self._or()
            self._expect(")")
            return inside
        if self._is("selected"):
            return self._selected()
        left = self._operand()
        kind, sign = self._peek()
        if kind == "sign" and sign in ("=", "!=", "<", ">", "<=", ">="):
            self._next()
            return self._compared(sign, left, self._operand())
        if self._is("in"):
            return Node("selected", (self._operand(), left))
        if left.kind == "name" and self._kinds.get(left.word) == "yes_no":
            return left
        raise OneSidedLogic(f"“{left.word}” alone is no condition", "compare it with something")

    def _selected(self) -> Node:
        self._expect("(")
        question = self._operand()
        self._expect(",")
        choice = self._operand()
        self._expect(")")
        if self._kinds.get(question.word) == "choices":
            return Node("selected", (question, choice))
        return self._compared("=", question, choice)

    def _compared(self, sign: str, left: Node, right: Node) -> Node:
        if left.kind == "name" and self._kinds.get(left.word) == "yes_no" and right.word in ("yes", "no"):
            is_yes = (right.word == "yes") is (sign == "=")
            return left if is_yes else Node("not", (left,))
        return Node("compare", (left, right), sign)

    def _operand(self) -> Node:
        kind, word = self._next()
        if kind == "word" and word == "." and self._own:
            kind, word = "name", self._own
        if word in ("today()", "today") and kind in ("word", "name"):
            return Node("today")
        if kind == "word" and word == "date":
            self._expect("(")
            inside = self._operand()
            self._expect(")")
            return inside
        if kind == "name" and word in self._kinds:
            return Node("name", (), word)
        if kind in ("text", "number"):
            return Node(kind, (), word)
        raise OneSidedLogic(
            f"“{word}” is not understood here", "name a question of this sheet, a number or a text in quotes"
        )

    def _expect(self, sign: str) -> None:
        if not self._is(sign):
            raise OneSidedLogic(f"“{sign}” is missing before “{self._peek()[1]}”", "check the parentheses")


class _Writer(ABC):
    words: Mapping[str, str] = {}

    def __init__(self, kinds: Kinds, own: str = "") -> None:
        self._kinds, self._own = kinds, own

    def write(self, node: Node, above: int = 0) -> str:
        """The text of a piece, in parentheses where the piece above binds tighter."""
        if node.kind in ("or", "and"):
            order = _ORDER[node.kind]
            text = f" {self.words[node.kind]} ".join(self.write(one, order) for one in node.parts)
            return f"({text})" if order < above else text
        if node.kind == "not":
            return self.negated(node.parts[0])
        if node.kind == "compare":
            left, right = (self.operand(one) for one in node.parts)
            return f"{left} {self.words.get(node.word, node.word)} {right}"
        if node.kind == "selected":
            return self.selected(*node.parts)
        return self.alone(node)

    def operand(self, node: Node) -> str:
        """A question, a number, a text or today."""
        if node.kind == "today":
            return self.words["today"]
        if node.kind == "text":
            return f"'{node.word}'"
        return self.name(node.word) if node.kind == "name" else node.word

    @abstractmethod
    def name(self, word: str) -> str:
        """A question."""

    @abstractmethod
    def negated(self, node: Node) -> str:
        """Not this."""

    @abstractmethod
    def selected(self, question: Node, choice: Node) -> str:
        """A choice is one of those chosen."""

    @abstractmethod
    def alone(self, node: Node) -> str:
        """A yes/no question answered yes."""


class _Cel(_Writer):
    words = {"or": "||", "and": "&&", "=": "==", "today": "today"}

    def name(self, word: str) -> str:
        return word

    def negated(self, node: Node) -> str:
        inside = self.write(node, _ORDER["compare"])
        return f"!({inside})" if node.kind in ("compare", "selected") else f"!{inside}"

    def selected(self, question: Node, choice: Node) -> str:
        return f"{self.operand(choice)} in {question.word}"

    def alone(self, node: Node) -> str:
        return node.word


class _XPath(_Writer):
    words = {"or": "or", "and": "and", "today": "today()"}

    def name(self, word: str) -> str:
        return "." if word == self._own else f"${{{word}}}"

    def negated(self, node: Node) -> str:
        if node.kind == "name":
            return f"{self.name(node.word)} = 'no'"
        return f"not({self.write(node)})"

    def selected(self, question: Node, choice: Node) -> str:
        return f"selected({self.name(question.word)}, {self.operand(choice)})"

    def alone(self, node: Node) -> str:
        return f"{self.name(node.word)} = 'yes'"
