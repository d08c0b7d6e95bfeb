"""The format of packs as one JSON Schema, for editors and for whoever writes packs by program."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from donghanh.catalog.actions.pack_case_schema import CaseIn
from donghanh.catalog.actions.pack_form_schema import FormIn, PortalMapIn
from donghanh.catalog.actions.pack_schema import PackIn

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def pack_json_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of pack.yaml; the other files of a pack are $defs/FormIn, /PortalMapIn, /CaseIn."""
    _, made = models_json_schema(
        [(model, "validation") for model in (PackIn, FormIn, PortalMapIn, CaseIn)],
        title="A pack of Đồng Hành",
    )
    return {
        "$schema": DIALECT,
        "$id": "urn:donghanh:pack:2",
        "title": made["title"],
        "description": "pack.yaml is checked against PackIn; forms/ID.yaml against $defs/FormIn,"
        " forms/portal-ID.yaml against $defs/PortalMapIn, tests/NAME.yaml against $defs/CaseIn.",
        "$ref": "#/$defs/PackIn",
        "$defs": made["$defs"],
    }
