"""`python -m tests.catalog.pack_rules_page`: the page of lint rules, from the broken packs that prove them."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "pack-rules.md"
CASES = Path(__file__).with_name("broken") / "cases"
_RULE = re.compile(r"^(?P<message>.*) \[(?P<rule>[a-z-]+)\]$")


def page() -> str:
    """Each rule with what breaks it and what is then said; several examples where it says several things."""
    errors: dict[str, dict[str, str]] = defaultdict(dict)
    warnings: dict[str, dict[str, str]] = defaultdict(dict)
    for file in sorted(CASES.glob("*.yaml")):
        case = YAML(typ="safe").load(file)
        for key, found in (("errors", errors), ("warnings", warnings)):
            lines = [match for line in case.get(key, []) if (match := _RULE.match(line))]
            # A case that breaks one thing explains it best.
            if len({line["rule"] for line in lines}) == 1:
                found[lines[0]["rule"]].setdefault(case["what"], lines[0]["message"])
    return "\n".join(
        [
            "# Rules of `donghanh pack lint`",
            "",
            "Made by `python -m tests.catalog.pack_rules_page` from `tests/catalog/broken/cases`; change it there.",
            "What the reader itself refuses (an unknown key, a missing text, a day that is none) has no rule and is left out.",
            *_table("Errors: the pack is refused", errors),
            *_table("Warnings: they may stand", warnings),
            "",
        ]
    )


def _table(title: str, rules: dict[str, dict[str, str]]) -> list[str]:
    lines = ["", f"## {title}", "", "| Rule | What breaks it | What is said |", "|---|---|---|"]
    for rule in sorted(rules):
        for what, message in rules[rule].items():
            said = message.split(": ", 1)[1].replace("|", "\\|")
            lines.append(f"| `{rule}` | {what} | {said} |")
    return lines


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
