"""Pictures, recordings and official layouts of a pack: known kinds only, small, without a script."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from donghanh.catalog.actions.pack_yaml import Problem, Spot

# A phone on a slow line fetches it while somebody waits.
MAX_MEDIA = 300_000
MAX_LAYOUT = 1_000_000
# A drawing that uses drawings that use drawings grows without end.
MOST_USES = 16
# How the bytes of each kind begin, and what stands at the twelfth byte where that decides.
BEGINNINGS = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".webp": (b"RIFF",),
    ".svg": (b"<",),
    ".opus": (b"OggS",),
    ".ogg": (b"OggS",),
    ".mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    ".pdf": (b"%PDF-",),
}
PICTURES = (".svg", ".png", ".webp")
MEDIA_KINDS = (*PICTURES, ".opus", ".ogg", ".mp3")
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = frozenset(
    "svg g path circle ellipse rect line polyline polygon text tspan title desc defs use symbol "
    "linearGradient radialGradient stop clipPath mask pattern".split()
)


def read_media(folder: Path, names: Iterable[str]) -> tuple[dict[str, str], list[Problem]]:
    """SHA-256 by file name, and what is wrong with these files."""
    hashes: dict[str, str] = {}
    problems: list[Problem] = []
    for name in names:
        longest = MAX_LAYOUT if name.endswith(".pdf") else MAX_MEDIA
        raw, problem = raw_file(folder / name, name, longest)
        found = [problem] if problem else _wrong_media(name, raw or b"", longest)
        file = name.rpartition("/")[2]
        if file in hashes:
            found.append(Problem(Spot(name), f"“{file}” stands in two folders", "rename one", "media"))
        problems += found
        hashes[file] = hashlib.sha256(raw or b"").hexdigest()
    return hashes, problems


def raw_file(path: Path, name: str, longest: int) -> tuple[bytes | None, Problem | None]:
    """The bytes of a plain file, one more than `longest` at most, or why it cannot be read."""
    try:
        # A link that appears between looking and opening is refused by the system, and a pipe
        # does not make us wait.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as refused:
        missing = isinstance(refused, (FileNotFoundError, NotADirectoryError))
        what = "the file is missing" if missing else "the file cannot be opened"
        return None, Problem(Spot(name), what, "add it" if missing else "it must be a readable plain file")
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return None, Problem(Spot(name), "this is not a plain file", "put a plain text file here")
    with os.fdopen(handle, "rb") as stream:
        return stream.read(longest + 1), None


def _wrong_media(name: str, raw: bytes, longest: int) -> list[Problem]:
    spot, kind = Spot(name), Path(name).suffix
    if len(raw) > longest:
        return [Problem(spot, f"the file is larger than {longest // 1000} kB", "make it smaller", "media")]
    right = raw.lstrip().startswith(BEGINNINGS[kind]) and (kind != ".webp" or raw[8:12] == b"WEBP")
    if not right:
        return [Problem(spot, f"the bytes are not those of {kind}", "save it in that kind", "media")]
    return _wrong_svg(spot, raw) if kind == ".svg" else []


def _wrong_svg(spot: Spot, raw: bytes) -> list[Problem]:
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", raw, re.IGNORECASE):
        return [Problem(spot, "the picture declares a DOCTYPE or an entity", "remove it", "media")]
    try:
        tree = ElementTree.fromstring(raw)  # noqa: S314  (no DOCTYPE, so no entity to blow up)
    except ElementTree.ParseError:
        return [Problem(spot, "this is not SVG", "save the picture again", "media")]
    problems = []
    if sum(1 for element in tree.iter(f"{_SVG}use")) > MOST_USES:
        problems.append(
            Problem(spot, f"more than {MOST_USES} <use> in a picture", "draw the shapes themselves", "media")
        )
    for element in tree.iter():
        name = str(element.tag).removeprefix(_SVG)
        if name not in _DRAWN:
            problems.append(
                Problem(spot, f"<{name:.40}> is not allowed in a picture", "draw with shapes only", "media")
            )
        problems += [
            Problem(spot, f"{key:.40} is not allowed in a picture", "remove it", "media")
            for key, value in element.attrib.items()
            if _is_active(key.rpartition("}")[2].lower(), value.strip().lower())
        ]
    return problems


def _is_active(key: str, value: str) -> bool:
    if key.startswith("on") or (key == "href" and not value.startswith("#")):
        return True
    outside = re.search(r"url\(\s*['\"]?\s*(?!#)", value) is not None
    return key == "style" or outside or value.startswith(("javascript:", "data:"))
