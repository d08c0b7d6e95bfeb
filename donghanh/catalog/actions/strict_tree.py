"""Strict reading of the two files that lie beside the packs: words.yaml and needs.yaml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path

from donghanh.catalog.actions.pack_shape import suggestion
from donghanh.catalog.actions.pack_yaml import Mapping, Node, Problem, Scalar, Sequence, Spot, parse
from donghanh.catalog.rules.content import LANGUAGES
from donghanh.kernel.errors import Refusal

MAX_BYTES = 1_000_000
CODE = re.compile(r"[1-3]\.[0-9]{6}|svc\.[a-z0-9]+(?:-[a-z0-9]+)*")


class WrongListing(Refusal):
    """A file beside the packs is wrong; nothing was read from it. `problems` lists each as file:line:column."""

    message = "The file “{file}” has problems: {problems}"

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.problems = sorted(dict.fromkeys(problems))
        lines = [str(problem) for problem in self.problems]
        super().__init__("\n".join(lines), file=file, problems=lines)


class Strict:
    """Walks a tree of texts and keeps every problem met on the way."""

    def __init__(self, file: str, known: Collection[str] | None = None) -> None:
        self.file = file
        self.known = known
        self.problems: list[Problem] = []

    def wrong(self, spot: Spot, what: str, advice: str) -> None:
        """Keep a problem and go on."""
        self.problems.append(Problem(spot, what, advice))

    def tree(self, path: Path) -> Node | None:
        """The file as a tree; None when it cannot be read at all."""
        try:
            raw = path.read_bytes()
            written = raw[:MAX_BYTES].decode("utf-8")
        except OSError:
            self.wrong(Spot(self.file), "the file cannot be opened", "it must be a readable plain file")
            return None
        except UnicodeDecodeError:
            self.wrong(Spot(self.file), "the file is not UTF-8", "save the file as UTF-8")
            return None
        if len(raw) > MAX_BYTES:
            self.wrong(Spot(self.file), "the file is larger than 1 MB", "shorten it")
            return None
        if unicodedata.normalize("NFC", written) != written:
            self.wrong(
                Spot(self.file), "letters and accents are stored apart (not NFC)", "convert the file to NFC"
            )
        tree, found = parse(written, self.file)
        self.problems += found
        return tree

    def keys(self, node: Node | None, *, needed: Iterable[str], free: Iterable[str] = ()) -> dict[str, Node]:
        """The parts under these keys; others are refused, missing ones reported."""
        needed = list(needed)
        known = [*needed, *free]
        if not isinstance(node, Mapping):
            if node is not None:
                self.wrong(
                    node.spot, "keys are expected here", f"write {', '.join(f'“{key}:”' for key in known)}"
                )
            return {}
        for key, spot in node.keys.items():
            if key not in known:
                self.wrong(spot, f"unknown key “{key:.60}”", f"known here are {', '.join(known)}")
        for key in needed:
            if key not in node.items:
                self.wrong(node.spot, f"key “{key}” is missing", f"add “{key}:” here")
        return {key: part for key, part in node.items.items() if key in known}

    def items(self, node: Node | None, name: str) -> list[Node]:
        """The items of a list."""
        if isinstance(node, Sequence):
            return node.items
        if node is not None:
            self.wrong(node.spot, f"{name} must be a list", "begin each item with “- ”")
        return []

    def pairs(self, node: Node | None, name: str) -> list[tuple[str, Spot, Node]]:
        """The keys of an open mapping, with their places and what stands under them."""
        if isinstance(node, Mapping):
            return [(key, node.keys[key], part) for key, part in node.items.items()]
        if node is not None:
            self.wrong(node.spot, f"{name} must hold keys", "write “key: value” pairs, indented, one a line")
        return []

    def text(self, node: Node | None, name: str, *, longest: int = 300) -> str:
        """A text on one line; empty after a problem."""
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            self.wrong(node.spot, f"{name} must be a text", "write it behind the colon on the same line")
            return ""
        said = " ".join(node.text.split())
        if not said:
            self.wrong(node.spot, f"{name} is empty", "write it, or remove the line")
        elif len(said) > longest:
            self.wrong(node.spot, f"{name} has {len(said)} letters", f"shorten it to {longest}")
        return said

    def one_of(self, node: Node | None, name: str, known: Iterable[str]) -> str:
        """A word of a list."""
        said = self.text(node, name)
        listed = list(known)
        if node is not None and said and said not in listed:
            self.wrong(
                node.spot, f"{name}: “{said:.60}” is not known here", f"write one of {', '.join(listed)}"
            )
            return ""
        return said

    def code(self, code: str, spot: Spot) -> None:
        """Refuse what is no code of a procedure, and one that is not among the known packs, if these are given."""
        if not CODE.fullmatch(code):
            advice = "write a code like 1.000894, in quotes, or svc.name"
            self.wrong(spot, f"“{code:.60}” is no procedure", advice)
        elif self.known is not None and code not in self.known:
            advice = suggestion(code, self.known, "add the pack, or remove this")
            self.wrong(spot, f"there is no pack “{code}”", advice)

    def in_languages(self, node: Node | None, name: str, *, longest: int = 300) -> dict[str, str]:
        """A text in each language of the product."""
        parts = self.keys(node, needed=LANGUAGES)
        return {
            language: self.text(part, f"{name} ({language})", longest=longest)
            for language, part in parts.items()
        }

    def done(self) -> None:
        """Refuses with everything that was met."""
        if self.problems:
            raise WrongListing(self.file, self.problems)
