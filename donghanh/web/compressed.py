"""Static files, compressed once a release: a phone on a slow line waits a third of the time.

WhiteNoise serves `NAME.gz` where it lies beside a file; the package's folder is not ours to write to, so the
compressed copies lie in the data folder, under a name that changes with the file.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

# Fonts and pictures are compressed already.
WORTH_IT = (".css", ".js", ".json", ".svg", ".wasm", ".txt", ".html")
FEWEST_BYTES = 700


class CompressedFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise, with the compressed copy of each file that gains by it."""

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        """The file as WhiteNoise serves it, and its copy for those who take gzip."""
        whole: StaticFile = super().get_static_file(path, url, stat_cache)
        if not path.endswith(WORTH_IT) or (copy := compressed(Path(path))) is None:
            return whole
        headers = [
            pair for pair in whole.alternatives[-1][2] if pair[0] not in {"Content-Length", "Vary", "ETag"}
        ]
        return StaticFile(path, headers, encodings={"gzip": str(copy)})


def compressed(file: Path) -> Path | None:
    """The compressed copy of a file, made when it is not there; None where it gains nothing."""
    facts = file.stat()
    if facts.st_size < FEWEST_BYTES:
        return None
    mark = hashlib.sha256(f"{file}|{facts.st_mtime_ns}|{facts.st_size}".encode()).hexdigest()[:24]
    copy = Path(settings.STATIC_ROOT) / f"{mark}.gz"
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        fresh = copy.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
        fresh.replace(copy)  # two processes may make the same one
    return copy
