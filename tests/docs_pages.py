"""The pages of docs that are read from the code: `python -m tests.docs_pages` writes them anew.

rooms.md comes from the door signs, refusals.md from the classes of refusals, privacy.md from what
every table says of its columns. A house test compares the files with what this module renders.
"""

from __future__ import annotations

import ast
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "donghanh"
DOCS = ROOT / "docs"
RENEW = "Made by `python -m tests.docs_pages` from the code; change it there."


def pages() -> dict[str, str]:
    """File name → text, for every generated page."""
    return {"rooms.md": rooms_page(), "refusals.md": refusals_page(), "privacy.md": privacy_page()}


def rooms_page() -> str:
    """The floors, highest first, each with its door sign; then the surfaces of the web room."""
    lines = [
        "# Rooms",
        "",
        RENEW,
        "",
        "Highest floor first. A room may import what stands below it, nothing else.",
    ]
    for floor in floors():
        for room in floor:
            if sign := door_sign(HOUSE / room / "__init__.py"):
                lines += ["", f"## {room}", "", sign]
    signs = {
        place.parent.name: sign
        for place in sorted((HOUSE / "web").glob("*/__init__.py"))
        if (sign := door_sign(place))
    }
    if signs:
        lines += ["", "## Surfaces in web", "", "They do not know each other."]
        for name, sign in signs.items():
            lines += ["", f"### {name}", "", sign]
    return "\n".join(lines) + "\n"


def floors() -> list[list[str]]:
    """The floors of the import contract, highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [[room.strip() for room in layer.split("|")] for layer in layers]


def door_sign(file: Path) -> str:
    """The docstring of a room; empty where there is none."""
    return (ast.get_docstring(ast.parse(file.read_text())) or "") if file.exists() else ""


def refusals_page() -> str:
    """Every lawful no: its code, the HTTP status, the English message, where it is raised from."""
    lines = [
        "# Refusals", "", RENEW, "",
        "A refusal is a lawful no: nothing was changed. The code stands in the JSON answer (`code`), the",
        "message in the language of the request; words in braces are facts of the case. 422: a value has the",
        "wrong form. 409: the state of things does not allow it. 403, 404: the role or the ward does not. 401:",
        "nobody is signed in. 429: too many tries.",
        "", "| code | status | message | class |", "|---|---|---|---|",
    ]  # fmt: skip
    rows = sorted(
        (one.code, one.status, cell(one.message), f"`{one.place}.{one.name}`") for one in refusals(HOUSE)
    )
    lines += [f"| `{code}` | {status} | {message} | {where} |" for code, status, message, where in rows]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Said:
    """A class as its source says it: what it does not say is its parent's."""

    name: str
    place: str
    bases: tuple[str, ...]
    message: str = ""
    status: int = 0

    @property
    def code(self) -> str:
        """As `Refusal.code` forms it."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", self.name).lower()


def refusals(house: Path) -> list[Said]:
    """All classes below Refusal, each with the message and status it shows."""
    classes = [said for file in sorted(house.rglob("*.py")) for said in classes_in(file, house)]
    known = {said.name: said for said in classes if said.name == "Refusal"}
    found: list[Said] = []
    grown = True
    while grown:
        grown = False
        for said in classes:
            parent = next((known[base] for base in said.bases if base in known), None)
            if parent is None or any(one.name == said.name and one.place == said.place for one in found):
                continue
            full = replace(said, message=said.message or parent.message, status=said.status or parent.status)
            known[said.name] = full
            found.append(full)
            grown = True
    return found


def classes_in(file: Path, house: Path) -> Iterator[Said]:
    """The classes at the top of a file."""
    place = ".".join(file.relative_to(house).with_suffix("").parts).removesuffix(".__init__")
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.ClassDef):
            stated = {}
            for part in node.body:
                target = part.targets[0] if isinstance(part, ast.Assign) else getattr(part, "target", None)
                value = getattr(part, "value", None)
                if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
                    stated[target.id] = value.value
            bases = tuple(ast.unparse(base).rpartition(".")[2] for base in node.bases)
            yield Said(node.name, place, bases, stated.get("message", ""), stated.get("status", 0))


def privacy_page() -> str:
    """Which columns hold personal data, of what class, why and for how long."""
    from django.apps import apps

    from donghanh.kernel.privacy import Privacy

    stated: list[tuple[str, Privacy]] = sorted(
        (f"{model.__module__.split('.')[1]}.{model.__name__}", model.privacy)
        for model in apps.get_app_config("donghanh").get_models()
        if not model._meta.auto_created
    )
    lines = [
        "# Personal data", "", RENEW, "",
        "Basic and sensitive are the two classes of Law 91/2025/QH15 and Decree 356/2025/NĐ-CP. A table whose",
        "columns are not all classified fails a house test. Identity numbers are encrypted (AES-256-GCM) and",
        "found again by a keyed index; images of cards, passwords and one-time codes are never kept.",
        "", "| table | basic | sensitive | purpose | kept |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for name, privacy in stated:
        if not privacy.impersonal:
            basic, sensitive = words(privacy.basic), words(privacy.sensitive)
            lines.append(
                f"| {name} | {basic} | {sensitive} | {cell(privacy.purpose)} | {cell(privacy.retention)} |"
            )
    without = [name for name, privacy in stated if privacy.impersonal]
    lines += ["", f"Without any personal column: {', '.join(without)}."]
    return "\n".join(lines) + "\n"


def words(columns: frozenset[str]) -> str:
    """Column names in one order, or a dash."""
    return ", ".join(f"`{name}`" for name in sorted(columns)) or "–"


def cell(text: str) -> str:
    """Text that cannot break a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def main() -> None:
    """Write all pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    for name, text in pages().items():
        (DOCS / name).write_text(text)


if __name__ == "__main__":
    main()
