"""The files of a pack folder as text: only regular ones, only the expected ones, only clean UTF-8."""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from pathlib import Path

from donghanh.catalog.actions.pack_media import MEDIA_KINDS, raw_file
from donghanh.catalog.actions.pack_yaml import Problem, Spot
from donghanh.catalog.rules.content import LANGUAGES
from donghanh.catalog.rules.speech import MADE

MAX_BYTES = 1_000_000
# Nobody can find an error on a longer line, and the scanner slows down with its square.
MAX_LINE = 5_000
NEEDED = ("pack.yaml", *(f"texts/{language}.yaml" for language in LANGUAGES))
ALLOWED = (*NEEDED, "CHANGES.md")
# What an author may add in these folders: names of files by their ending.
MORE = {"forms": (".yaml", ".pdf", ".svg"), "media": MEDIA_KINDS, "tests": (".yaml",)}


def read_files(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Each text file by its name inside the folder, and what is wrong with the folder."""
    found, problems = _entries(folder)
    texts: dict[str, str] = {}
    if problems and problems[0].spot.file == folder.name:
        return texts, problems
    for name in dict.fromkeys([*NEEDED, *(name for name in found if name.endswith(".yaml"))]):
        written, problem = _read(folder / name, name)
        if problem is not None and not any(p.spot.file == name for p in problems):
            problems.append(problem)
        elif written is not None:
            texts[name] = written
    return texts, problems


def other_files(folder: Path) -> list[str]:
    """Pictures, recordings and layouts: what belongs to the pack and is no text file."""
    return [name for name in _entries(folder)[0] if "/" in name and not name.endswith(".yaml")]


def _entries(folder: Path) -> tuple[list[str], list[Problem]]:
    """Names of the files that belong here, and what is wrong with the others."""
    spot = Spot(folder.name)
    if folder.is_symlink():
        return [], [Problem(spot, "the folder is a symbolic link", "give the folder itself")]
    if not folder.is_dir():
        return [], [Problem(spot, "there is no such folder", "give the folder that holds pack.yaml")]
    names, problems = [], []
    for entry in _inside(folder):
        name = Path(entry.path).relative_to(folder).as_posix()
        if entry.is_symlink():
            problems.append(Problem(Spot(name), "symbolic links are not allowed", "put the file itself here"))
        elif _belongs(name):
            names.append(name)
        elif name not in ("texts", *MORE, MADE):
            problems.append(Problem(Spot(name), "this file does not belong to a pack", _nearest(name)))
    return names, problems


def _inside(folder: Path) -> list[os.DirEntry[str]]:
    found = list(os.scandir(folder))
    for name in ("texts", *MORE):
        below = folder / name
        if below.is_dir() and not below.is_symlink():
            found += os.scandir(below)
    return sorted(found, key=lambda entry: entry.path)


def _belongs(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    if not folder or folder == "texts":
        return name in ALLOWED
    return file.endswith(MORE[folder]) and re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,79}", file) is not None


def _nearest(name: str) -> str:
    folder, _, _ = name.rpartition("/")
    if folder in MORE:
        return f"{folder} holds files named in small letters that end in {', '.join(MORE[folder])}"
    close = difflib.get_close_matches(name, ALLOWED, n=1, cutoff=0.6)
    if close:
        return f"did you mean “{close[0]}”?"
    return f"a pack holds only {', '.join(ALLOWED)} and the folders {', '.join(MORE)}"


def _read(path: Path, name: str) -> tuple[str | None, Problem | None]:
    raw, problem = raw_file(path, name, MAX_BYTES)
    if raw is None:
        return None, problem
    if len(raw) > MAX_BYTES:
        return None, Problem(
            Spot(name), "the file is larger than 1 MB", "shorten it; a pack is a few pages of text"
        )
    return _decoded(raw, name)


def _decoded(raw: bytes, name: str) -> tuple[str | None, Problem | None]:
    try:
        written = raw.decode("utf-8")
    except UnicodeDecodeError as broken:
        before = raw[: broken.start].decode("utf-8")
        spot = _spot_after(before, name)
        return None, Problem(spot, f"byte 0x{raw[broken.start]:02x} is not UTF-8", "save the file as UTF-8")
    if written.startswith("\ufeff"):
        return None, Problem(
            Spot(name), "the file begins with a byte order mark", "save it as UTF-8 without BOM"
        )
    return written, _long_line(written, name) or _dirty(written, name)


def _long_line(written: str, name: str) -> Problem | None:
    for number, line in enumerate(written.split("\n"), start=1):
        if len(line) > MAX_LINE:
            return Problem(
                Spot(name, number), f"the line has {len(line)} letters", f"break it; {MAX_LINE} are allowed"
            )
    return None


def _dirty(written: str, name: str) -> Problem | None:
    if written.isascii():
        return None
    for number, line in enumerate(written.split("\n"), start=1):
        for column, letter in enumerate(line, start=1):
            if unicodedata.category(letter) in ("Cf", "Co", "Cn", "Cs"):
                what = f"hidden or unassigned character U+{ord(letter):04X}"
                return Problem(Spot(name, number, column), what, "delete it and type the word again")
        clean = unicodedata.normalize("NFC", line)
        if clean != line:
            pairs = enumerate(zip(clean, line, strict=False), start=1)
            column = next((i for i, (a, b) in pairs if a != b), min(len(clean), len(line)) + 1)
            what = "letters and accents are stored apart (not NFC)"
            return Problem(Spot(name, number, column), what, "type the word again or convert the file to NFC")
    return None


def _spot_after(before: str, name: str) -> Spot:
    return Spot(name, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
