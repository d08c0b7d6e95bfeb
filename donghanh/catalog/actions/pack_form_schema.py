"""What may stand in forms/*.yaml: a declaration form, or a map of a portal's fields."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from donghanh.catalog.actions.pack_values import (
    AddressPath,
    BackgroundFile,
    Expression,
    Origin,
    Slug,
    Strict,
    Title,
    Whole,
    Words,
    YesNo,
    wrong,
)
from donghanh.catalog.rules import guidance as g


def _join(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 20:
        raise wrong("join is no short text", "write what stands between two answers, like “, ”")
    return value


Join = Annotated[str, BeforeValidator(_join), WithJsonSchema({"type": "string", "maxLength": 20})]


class ValueIn(Strict):
    """What stands in a place: answers joined, in one spelling. Inside a repeat these are its fields."""

    questions: list[Title] = Field(min_length=1)
    spelling: g.Spelling = "plain"
    join: Join = " "


class PartIn(Strict):
    """A part of a declaration form."""

    kind: g.PartKind
    heads: list[Words] = []
    labels: list[Words] = []
    values: list[ValueIn] = []
    when: Expression | None = None
    repeat: Slug | None = None
    box: list[Whole] | None = Field(default=None, min_length=4, max_length=4)


class FormIn(Strict):
    """The whole of forms/ID.yaml."""

    heading: Title
    law: Words
    background: BackgroundFile | None = None
    parts: list[PartIn] = Field(min_length=1)


class FieldIn(Strict):
    """A field of a portal's own form."""

    name: Title
    label: Title
    kind: g.FieldKind
    value: ValueIn
    required: YesNo = False
    longest: Whole | None = None
    options: dict[str, Title] | None = None
    option_labels: dict[str, Title] | None = None
    when: Expression | None = None


class ReadIn(Strict):
    """What is read back from the portal's page."""

    what: g.ReadBack
    selector: Title
    pattern: Title


class PortalMapIn(Strict):
    """The whole of forms/portal-ID.yaml."""

    portal: Slug
    origin: Origin
    path: AddressPath
    form: Title
    fields: list[FieldIn] = Field(min_length=1)
    reads: list[ReadIn] = []
