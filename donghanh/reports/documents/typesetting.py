"""One kept typst compiler a thread: only the bundled typeface, archivable and accessible, the same bytes each time."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import typst

FOLDER = Path(__file__).resolve().parent
FONTS = FOLDER / "fonts"
# PDF/A-2a: archivable with structure. PDF/UA-1: readable by ear.
ARCHIVED_AND_ACCESSIBLE = ("a-2a", "ua-1")

# A compiler may not leave the thread that made it.
_kept = threading.local()


def set_page(
    template: str, facts: dict[str, Any], standards: tuple[str, ...] = ARCHIVED_AND_ACCESSIBLE
) -> bytes:
    """The PDF of a template of this folder with these facts. No moment is written into it."""
    made: bytes = compiler().compile(
        input=str(FOLDER / template),
        format="pdf",
        sys_inputs={"form": json.dumps(facts, ensure_ascii=False)},
        pdf_standards=list(standards),
        timestamp=0,
    )
    return made


def compiler(name: str = "own") -> Any:
    """A compiler of this thread. Those of another name keep another document in mind."""
    found = getattr(_kept, name, None)
    if found is None:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
        found = typst.Compiler(root=str(FOLDER), font_paths=fonts)
        setattr(_kept, name, found)
    return found
