"""A folder of broken packs: each one edit away from a sound pack, each with its exact messages and places."""

from __future__ import annotations

import ast
import re
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from donghanh.catalog.actions.lint_pack import lint_pack
from donghanh.catalog.actions.pack_trial import tried
from donghanh.catalog.actions.read_pack import WrongPack, read_pack
from tests.catalog.pack_rules_page import PAGE, ROOT, page

pytestmark = pytest.mark.pure

HOUSE = ROOT / "donghanh"
BROKEN = Path(__file__).with_name("broken")
CASES = sorted((BROKEN / "cases").glob("*.yaml"))
TODAY = date(2026, 11, 24)
WOUNDS = (
    *("", "when: ", "married", "'", '"', "[", "]", "{", "}", ": ", "\n  - ", "st.", "today", "==", "!", "&&"),
    *(
        "1",
        "-1",
        "repeat",
        "choice",
        "fields: []",
        "[]",
        "null",
        "exists(c, c.x)",
        "9" * 20,
        "ễ",
        "practice:",
    ),
)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The sound pack that every case spoils."""
    return Path(shutil.copytree(BROKEN / "base", tmp_path / "1.000001"))


def spoil(pack: Path, edit: dict[str, Any]) -> None:
    """Replace a piece that stands once in a file, write a file anew, or remove it."""
    file = pack / edit["file"]
    if "old" in edit:
        written = file.read_text(encoding="utf-8")
        assert written.count(edit["old"]) == 1, edit["old"]
        file.write_text(written.replace(edit["old"], edit["new"]), encoding="utf-8")
    elif "write" in edit:
        file.write_text(edit["write"], encoding="utf-8")
    elif "letters" in edit:
        file.write_text("x" * edit["letters"], encoding="utf-8")
    else:
        file.unlink()


def test_the_sound_pack_is_clean_and_walks(pack):
    linted = lint_pack(pack, TODAY)
    assert (linted.errors, linted.warnings) == ((), ())
    assert [(trial.name, trial.differences) for trial in tried(pack)] == [("Divorced", ())]


def test_there_are_many_broken_packs_and_one_for_every_rule():
    assert len(CASES) >= 100
    lines = [line for file in CASES for line in YAML(typ="safe").load(file).get("errors", [])]
    lines += [line for file in CASES for line in YAML(typ="safe").load(file).get("warnings", [])]
    told = {found[1] for line in lines if (found := re.search(r" \[([a-z-]+)\]$", line))}
    assert rules_in_the_code() - told == set()
    assert len(told) >= 40


def rules_in_the_code() -> set[str]:
    """The last argument of each Problem that has one: the id of its rule."""
    rules: set[str] = set()
    for file in sorted((HOUSE / "catalog" / "actions").glob("pack_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "Problem"
                and len(node.args) == 4
            ):
                rules |= {part.value for part in ast.walk(node.args[3]) if isinstance(part, ast.Constant)}
    return {rule for rule in rules if isinstance(rule, str) and re.fullmatch(r"[a-z-]+[a-z]", rule)}


def test_the_page_of_rules_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.catalog.pack_rules_page"


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_a_sound_pack_with_random_wounds_is_linted_whatever_they_are(random):
    with TemporaryDirectory() as parent:
        pack = Path(shutil.copytree(BROKEN / "base", Path(parent) / "1.000001"))
        file = random.choice(sorted(one for one in pack.rglob("*") if one.is_file()))
        written = file.read_text(encoding="utf-8")
        at, length = random.randrange(len(written) + 1), random.choice([0, 1, 2, 5, 12, 40])
        wound = random.choice(WOUNDS)
        file.write_text(written[:at] + wound + written[at + length :], encoding="utf-8")
        linted = lint_pack(pack, TODAY)
        assert all(problem.what and problem.advice for problem in (*linted.errors, *linted.warnings))
        if linted.contents:
            assert len(tried(pack)) == 1


@pytest.mark.parametrize("file", CASES, ids=[file.stem for file in CASES])
def test_a_broken_pack_says_exactly_what_is_wrong_and_where(pack, file):
    case = YAML(typ="safe").load(file)
    for edit in case["edits"]:
        spoil(pack, edit)
    linted = lint_pack(pack, TODAY)
    found = {
        "errors": [str(problem) for problem in linted.errors],
        "warnings": [str(problem) for problem in linted.warnings],
    }
    assert found == {key: case.get(key, []) for key in found}, case["what"]


@pytest.mark.parametrize("name", ["fee-expired", "warning-compound"])
def test_what_only_the_day_or_the_style_is_against_is_still_read(pack, name):
    for edit in YAML(typ="safe").load(BROKEN / "cases" / f"{name}.yaml")["edits"]:
        spoil(pack, edit)
    assert read_pack(pack).id == "1.000001"


def test_an_error_of_the_linter_is_an_error_of_the_reader(pack):
    case = YAML(typ="safe").load(BROKEN / "cases" / "never-true.yaml")
    for edit in case["edits"]:
        spoil(pack, edit)
    with pytest.raises(WrongPack) as refused:
        read_pack(pack)
    assert [str(problem) for problem in refused.value.problems] == case["errors"]
