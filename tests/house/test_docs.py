"""The documents say what is so: generated pages are fresh, names and addresses exist."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands
from packaging.requirements import Requirement

from tests.docs_pages import DOCS, HOUSE, ROOT, pages

pytestmark = pytest.mark.pure

OPERATIONS = (DOCS / "operations.md").read_text()
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "deploy").glob("*.md")])
SETTING = re.compile(r"DONGHANH_[A-Z_]+")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NAMED_FILE = re.compile(r"`((?:donghanh|tests|docs|packs|deploy|benchmarks|requirements)/[\w./-]+)`")
COMMAND = re.compile(r"(?:`|^|/bin/)donghanh ([a-z][a-z-]+)", re.MULTILINE)


def test_generated_pages_are_fresh():
    stale = [name for name, text in pages().items() if (DOCS / name).read_text() != text]
    assert stale == [], "run `python -m tests.docs_pages`"


def test_every_setting_of_the_environment_is_described_and_none_besides():
    used = set()
    for file in HOUSE.rglob("*.py"):
        used |= set(SETTING.findall(file.read_text()))
    assert used ^ set(SETTING.findall(OPERATIONS)) == set()


def test_every_command_is_described():
    commands = {file.stem.replace("_", "-") for file in (HOUSE / "management" / "commands").glob("[a-z]*.py")}
    assert commands - set(COMMAND.findall(OPERATIONS)) == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_in_documents_exist(document: Path):
    known = {name.replace("_", "-") for name in get_commands()}
    assert set(COMMAND.findall(document.read_text())) - known == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_make_targets_in_documents_exist(document: Path):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", document.read_text(), re.MULTILINE))
    assert named - targets == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_pictures_and_named_files_exist(document: Path):
    text = document.read_text()
    links = [target.partition("#")[0] for target in LINK.findall(text) if "://" not in target]
    lost = [target for target in links if target and not (document.parent / target).exists()]
    lost += [name for name in NAMED_FILE.findall(text) if not (ROOT / name.rstrip("/")).exists()]
    assert lost == []


def test_every_dependency_has_its_decision():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = {Requirement(line).name.lower() for line in project["dependencies"]}
    decided = " ".join(file.read_text().lower() for file in sorted((DOCS / "decisions").glob("*.md")))
    assert {name for name in named if name not in decided} == set()
    assert len(named) <= 20


def test_decisions_are_numbered_without_a_gap_and_fit_a_screen():
    files = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    assert {file.name: n for file in files if (n := len(file.read_text().splitlines())) > 60} == {}
    contents = (DOCS / "decisions" / "README.md").read_text()
    assert [file.name for file in files if file.name not in contents] == []
