"""The author's guide: its example is a whole pack that is clean, walks, and is what `pack new` gives."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from django.conf import settings
from ruamel.yaml import YAML

from donghanh.catalog.actions.lint_pack import lint_pack
from donghanh.catalog.actions.pack_json_schema import DIALECT, pack_json_schema
from donghanh.catalog.actions.pack_trial import tried
from donghanh.management.packs.starting import SAMPLE, blocks

pytestmark = pytest.mark.pure

ROOT = Path(settings.BASE)
GUIDE = (ROOT / "packs" / "README.md").read_text(encoding="utf-8")
SCHEMA_FILE = ROOT / "docs" / "pack.schema.json"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The example of the guide as a folder."""
    folder = tmp_path / "1.999999"
    for name, written in blocks(GUIDE).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(written, encoding="utf-8")
    return folder


def test_the_example_of_the_guide_is_clean(pack):
    linted = lint_pack(pack, date(2026, 11, 24))
    assert ([str(p) for p in linted.errors], [str(p) for p in linted.warnings]) == ([], [])
    assert [content.id for content in linted.contents] == ["1.999999"]


def test_the_example_of_the_guide_walks_as_it_says(pack):
    assert [(trial.name, trial.differences) for trial in tried(pack)] == [
        ("Somebody grown up asks for a friend", ())
    ]


def test_a_test_case_that_expects_something_else_says_what_came(pack):
    case = pack / "tests" / "for-somebody-else.yaml"
    written = case.read_text(encoding="utf-8")
    for old, new in (
        ("next: ask.copies", "next: ask.born"),
        ("authorisation: needed", "authorisation: not_needed"),
        ("copies: [required]", "copies: []"),
    ):
        assert written.count(old) == 1
        written = written.replace(old, new)
    case.write_text(written, encoding="utf-8")
    assert tried(pack)[0].differences == (
        "next: expected ask.born, got ask.copies",
        "papers.authorisation: expected not_needed, got needed",
        "errors.copies: expected none, got required",
    )


def test_the_guide_shows_what_pack_new_gives():
    assert blocks(GUIDE) == blocks(SAMPLE.read_text(encoding="utf-8"))
    assert sorted(blocks(GUIDE)) == [
        "pack.yaml",
        "tests/for-somebody-else.yaml",
        "texts/en.yaml",
        "texts/fr.yaml",
        "texts/vi.yaml",
    ]


def test_the_published_schema_is_fresh():
    written = json.dumps(pack_json_schema(), ensure_ascii=False, indent=1) + "\n"
    assert SCHEMA_FILE.read_text(encoding="utf-8") == written, "donghanh pack schema > docs/pack.schema.json"


def as_an_editor_reads(file: Path) -> Any:
    """The file with the types of YAML 1.2, as the language server of an editor sees it."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = "1.2"
    # Editors follow YAML 1.2, where a day is a text; this loader makes a date of it.
    return json.loads(json.dumps(yaml.load(file), default=str))


def validator(part: str) -> Any:
    schema = pack_json_schema()
    assert schema["$schema"] == DIALECT
    return jsonschema_rs.validator_for({**schema, "$ref": f"#/$defs/{part}"})


def test_the_schema_takes_the_sound_packs_and_refuses_a_wrong_key():
    base = ROOT / "tests" / "catalog" / "broken" / "base"
    for part, file in (
        ("PackIn", base / "pack.yaml"),
        ("FormIn", base / "forms" / "declaration.yaml"),
        ("PortalMapIn", base / "forms" / "portal-practice.yaml"),
        ("CaseIn", base / "tests" / "divorced.yaml"),
    ):
        document = as_an_editor_reads(file)
        assert [error.message for error in validator(part).iter_errors(document)] == [], file.name
        assert not validator(part).is_valid({**document, "papres": 1}), file.name


@pytest.mark.parametrize(
    "pack_file", sorted((ROOT / "packs").glob("*/pack.yaml")), ids=lambda f: f.parent.name
)
def test_the_schema_takes_every_shipped_pack(pack_file):
    document = as_an_editor_reads(pack_file)
    assert [error.message for error in validator("PackIn").iter_errors(document)] == []
