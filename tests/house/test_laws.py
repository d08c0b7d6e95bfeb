"""The laws of the house, each a test that names who breaks it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model

import donghanh.models

pytestmark = pytest.mark.pure

ROOT = Path(settings.BASE)
HOUSE = ROOT / "donghanh"
ROOMS = ("kernel", "places", "catalog", "practice", "teams", "people", "queue", "cases", "reports")
FOUR = {"models", "rules", "queries", "actions"}
# Reports write documents and keep no tables (docs/decisions).
MORE = {"reports": {"documents"}}
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
VAGUE = re.compile(r"(^|_)(manager|handler|data|info|process|do|utils?|helpers?|common|misc)(_|$)")
# Names that Django, argparse or a library asks for.
ASKED_FOR = {"handle", "process_exception", "process_view"}


def sources(*folders: str) -> Iterator[Path]:
    """Python files of the project, migrations left out."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file


def models() -> list[type[Model]]:
    """All tables of the house."""
    return list(apps.get_app_config("donghanh").get_models())


def room_of(model: type[Model]) -> str:
    """The room a table lives in."""
    return model.__module__.split(".")[1]


def floors() -> list[set[str]]:
    """The floors of pyproject.toml, highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    return [{room.strip() for room in layer.split("|")} for layer in layers]


def test_foreign_keys_point_down():
    height = {room: -level for level, rooms in enumerate(floors()) for room in rooms}
    wrong = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in models()
        for field in model._meta.get_fields()
        if isinstance(field, Field)
        and field.is_relation
        and isinstance(field.related_model, type)
        and field.related_model.__module__.startswith("donghanh.")
        and room_of(field.related_model) != room_of(model)
        and height[room_of(field.related_model)] >= height[room_of(model)]
    ]
    assert wrong == []


def test_every_table_is_on_the_contents_page():
    automatic = {model for model in models() if model._meta.auto_created}
    assert {model.__name__ for model in models() if model not in automatic} == set(donghanh.models.__all__)


def test_a_room_has_at_most_four_files():
    strangers = [
        f"{room}/{part.name}"
        for room in ROOMS
        if room != "kernel"
        for part in sorted((HOUSE / room).iterdir())
        if part.stem not in FOUR | MORE.get(room, set()) | {"__init__", "__pycache__", "reference"}
    ]
    assert strangers == []


def test_every_room_and_surface_has_a_door_sign():
    silent = [
        room
        for room in (*ROOMS, "web")
        if "never enters"
        not in (ast.get_docstring(ast.parse((HOUSE / room / "__init__.py").read_text())) or "")
    ]
    assert silent == []


def test_every_module_class_and_public_function_says_what_it_is():
    silent = []
    for file in sources("donghanh"):
        tree = ast.parse(file.read_text())
        if file.stat().st_size and not ast.get_docstring(tree):
            silent.append(str(file.relative_to(ROOT)))
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                silent.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert silent == []


def test_the_web_never_writes():
    verbs = {
        "save",
        "create",
        "update",
        "delete",
        "bulk_create",
        "bulk_update",
        "get_or_create",
        "update_or_create",
    }
    # dict.update, session.save and form.save are no rows; only querysets and models are meant.
    guilty = []
    for file in sources("donghanh/web"):
        for node in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in verbs
            ):
                owner = ast.unparse(node.func.value)
                if ".objects" in owner or ".filter(" in owner or ".all()" in owner:
                    guilty.append(f"{file.relative_to(ROOT)}:{node.lineno} {owner[:60]}.{node.func.attr}")
    assert guilty == []


def test_files_and_functions_are_short():
    long = []
    for file in sources("donghanh", "tests", "benchmarks"):
        text = file.read_text()
        if len(text.splitlines()) > LONGEST_FILE:
            long.append(f"{file.relative_to(ROOT)}: {len(text.splitlines())} lines")
        if not file.is_relative_to(HOUSE):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name}: {length} lines")
    for file in [
        *(HOUSE / "web" / "static" / "js").rglob("*.js"),
        *(HOUSE / "web" / "static" / "css").rglob("*.css"),
    ]:
        if len(file.read_text().splitlines()) > LONGEST_FILE:
            long.append(str(file.relative_to(ROOT)))
    assert long == []


def test_names_say_something():
    vague = []
    for file in sources("donghanh"):
        if VAGUE.search(file.stem):
            vague.append(str(file.relative_to(ROOT)))
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                snake = re.sub(r"(?<!^)(?=[A-Z])", "_", node.name).lower()
                if VAGUE.search(snake) and node.name not in ASKED_FOR:
                    vague.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert vague == []


def test_every_column_of_personal_data_is_classified():
    unclassified = []
    for model in models():
        if model._meta.auto_created:
            continue
        privacy = getattr(model, "privacy", None)
        if privacy is None:
            unclassified.append(f"{model.__name__}: no privacy statement")
        elif not privacy.impersonal:
            assert privacy.purpose, model
            assert privacy.retention, model
            names = {field.name for field in model._meta.concrete_fields}
            unclassified += [f"{model.__name__}.{name}" for name in names ^ privacy.classified]
    assert sorted(unclassified) == []


def test_migrations_are_numbered_and_named_and_stand_alone():
    wrong = []
    folder = HOUSE / "migrations"
    files = sorted(file for file in folder.glob("*.py") if file.name != "__init__.py")
    for number, file in enumerate(files, start=1):
        if not file.name.startswith(f"{number:04d}_") or "_auto_" in file.name:
            wrong.append(file.name)
        for node in ast.walk(ast.parse(file.read_text())):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            # ids.new_id and model bases are named by Django in the schema itself.
            if module and module.startswith("donghanh") and not module.startswith("donghanh.kernel.ids"):
                wrong.append(f"{file.name} imports {module}")
    assert wrong == []
    assert (folder / "max_migration.txt").read_text().strip() == files[-1].stem


def test_nothing_names_a_secret_of_a_person_as_a_field():
    forbidden = re.compile(
        r"otp|password|passcode|card_photo|card_image|biometric|fingerprint|face", re.IGNORECASE
    )
    allowed = {("Member", "password"), ("Member", "must_change_password"), ("KeptAnswer", "fingerprint")}
    named = {
        (model.__name__, field.name)
        for model in models()
        for field in model._meta.concrete_fields
        if forbidden.search(field.name)
    }
    assert named <= allowed
