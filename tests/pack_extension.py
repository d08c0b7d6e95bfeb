"""Zip the browser extension for Chromium and for Firefox: `python -m tests.pack_extension [FOLDER]` (dist).

The two differ by the manifest alone. The same files give the same bytes, so that a published package can be checked.
"""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXTENSION = ROOT / "extension"
MANIFESTS = {"chromium": "manifest.json", "firefox": "manifest.firefox.json"}
LEFT_OUT = {*MANIFESTS.values(), "README.md"}
LONG_AGO = (2026, 1, 1, 0, 0, 0)


def pack(browser: str, folder: Path) -> Path:
    """The package for one browser, written into the folder."""
    manifest = (EXTENSION / MANIFESTS[browser]).read_bytes()
    version = json.loads(manifest)["version"]
    folder.mkdir(parents=True, exist_ok=True)
    package = folder / f"donghanh-{browser}-{version}.zip"
    files = {
        str(file.relative_to(EXTENSION)): file.read_bytes()
        for file in EXTENSION.rglob("*")
        if file.is_file() and file.name not in LEFT_OUT
    }
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, body in sorted({**files, "manifest.json": manifest}.items()):
            zipped.writestr(zipfile.ZipInfo(name, LONG_AGO), body, zipfile.ZIP_DEFLATED)
    return package


if __name__ == "__main__":
    for each in MANIFESTS:
        print(pack(each, Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"))
