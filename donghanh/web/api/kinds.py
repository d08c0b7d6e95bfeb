"""Values of the API's bodies, each with its strict form, so that no odd text reaches a table."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, WithJsonSchema

ID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
DAY = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
EXAMPLE_ID = "0192f0c1-7b1a-7cc1-8f5d-2a5d3c1e9b10"


def _id(value: Any) -> UUID:
    if isinstance(value, UUID):
        return value
    if not isinstance(value, str) or not ID.fullmatch(value):
        raise ValueError("a UUID is needed")
    return UUID(value)


def _day(value: Any) -> date:
    if isinstance(value, str) and DAY.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("a day is needed, like 2026-11-24")


Id = Annotated[
    UUID, BeforeValidator(_id), WithJsonSchema({"type": "string", "format": "uuid", "examples": [EXAMPLE_ID]})
]
Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema(
        {"type": "string", "format": "date", "pattern": f"^{DAY.pattern}$", "examples": ["2026-11-24"]}
    ),
]
Flag = StrictBool
# NUL is text to JSON and an error to PostgreSQL.
Text = Annotated[str, Field(strict=True, pattern=r"^[^\u0000]*$")]
Line = Annotated[str, Field(strict=True, pattern=r"^[^\u0000-\u001f\u007f]*$")]
Code = Annotated[str, Field(strict=True, min_length=1, max_length=60, pattern=r"^[A-Za-z0-9._-]{1,60}$")]
IdOrCode = Annotated[
    str,
    Field(strict=True, min_length=1, max_length=40, pattern=r"^[A-Za-z0-9._-]{1,40}$", examples=["1.000894"]),
]
IdOrLetter = Annotated[
    str,
    Field(strict=True, min_length=1, max_length=36, pattern=r"^([A-Z]|[0-9A-Fa-f-]{36})$", examples=["A"]),
]
Level = Annotated[StrictInt, Field(ge=0, le=9)]
