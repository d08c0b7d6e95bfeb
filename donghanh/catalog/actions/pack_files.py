"""The files of a pack folder as text: only regular ones, only the expected ones, only clean UTF-8."""

from __future__ import annotations

import difflib
import os
import stat
import unicodedata
from pathlib import Path

from donghanh.catalog.actions.pack_yaml import Problem, Spot
from donghanh.catalog.rules.content import LANGUAGES

MAX_BYTES = 1_000_000
# Nobody can find an error on a longer line, and the scanner slows down with its square.
MAX_LINE = 5_000
NEEDED = ("pack.yaml", *(f"texts/{language}.yaml" for language in LANGUAGES))
ALLOWED = (*NEEDED, "CHANGES.md")


def read_files(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Each needed file by its name inside the folder, and what is wrong with the folder."""
    problems = _strangers(folder)
    texts: dict[str, str] = {}
    if problems and problems[0].spot.file == folder.name:
        return texts, problems
    for name in NEEDED:
        written, problem = _read(folder / name, name)
        if problem is not None and not any(p.spot.file == name for p in problems):
            problems.append(problem)
        elif written is not None:
            texts[name] = written
    return texts, problems


def _strangers(folder: Path) -> list[Problem]:
    spot = Spot(folder.name)
    if folder.is_symlink():
        return [Problem(spot, "the folder is a symbolic link", "give the folder itself")]
    if not folder.is_dir():
        return [Problem(spot, "there is no such folder", "give the folder that holds pack.yaml")]
    problems = []
    for entry in sorted(_entries(folder), key=lambda e: e.path):
        name = Path(entry.path).relative_to(folder).as_posix()
        if entry.is_symlink():
            problems.append(Problem(Spot(name), "symbolic links are not allowed", "put the file itself here"))
        elif name not in ALLOWED and name != "texts":
            close = difflib.get_close_matches(name, ALLOWED, n=1, cutoff=0.6)
            advice = f"did you mean “{close[0]}”?" if close else f"a pack holds only {', '.join(ALLOWED)}"
            problems.append(Problem(Spot(name), "this file does not belong to a pack", advice))
    return problems


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    found = list(os.scandir(folder))
    texts = folder / "texts"
    if texts.is_dir() and not texts.is_symlink():
        found += os.scandir(texts)
    return found


def _read(path: Path, name: str) -> tuple[str | None, Problem | None]:
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
        raw = stream.read(MAX_BYTES + 1)
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
