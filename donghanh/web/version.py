"""Which build a page belongs to, so that screens that are never closed know when to load anew."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from donghanh import __version__

WEB = Path(__file__).resolve().parent


@lru_cache(maxsize=1)
def version() -> str:
    """The release, and a short hash over styles, scripts and templates as they were at the start."""
    seen = hashlib.sha256()
    for folder in (WEB / "static" / "css", WEB / "static" / "js", WEB / "templates"):
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            seen.update(path.read_bytes())
    return f"{__version__}-{seen.hexdigest()[:10]}"
