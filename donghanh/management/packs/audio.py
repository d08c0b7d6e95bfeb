"""`pack audio`: the texts that are read aloud, rendered ahead into sounds by programs beside this one.

espeak-ng speaks and opusenc packs; both run as programs of their own and are no part of the product. Without
opusenc the sounds stay WAV. Sounds of texts that are gone are taken away; recordings by people are never touched.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from donghanh.catalog.actions.read_pack import WrongPack, read_pack
from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.speech import MADE, SOUND, VOICES, sound_name, spoken
from donghanh.management.packs.verb import CALLED_WRONGLY, WELL, WRONG, Say, Verb, add_paths, packs_at, tell

# Words a minute: elders first. Kilobits a second: speech stays clear, a phone on a slow line need not wait.
WORDS_A_MINUTE = 145
KILOBITS = 14
LONGEST_SECONDS = 60


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_paths(parser)
    parser.add_argument("--voice", default=VOICES["vi"][0], help="a voice of espeak-ng (default: vi)")
    parser.add_argument(
        "--language", default="vi", choices=sorted(VOICES), help="the texts to speak (default: vi)"
    )


def _run(options: Mapping[str, Any], say: Say) -> int:
    voice, language = options["voice"], options["language"]
    if voice not in VOICES[language]:
        raise CommandError(
            f"Voices for {language}: {', '.join(VOICES[language])}.", returncode=CALLED_WRONGLY
        )
    if shutil.which("espeak-ng") is None:
        raise CommandError("The program espeak-ng is not here (Debian: apt-get install espeak-ng opus-tools).", returncode=CALLED_WRONGLY)  # fmt: skip
    code = WELL
    for pack in packs_at(options["path"]):
        try:
            content = read_pack(pack)
        except WrongPack as refused:
            tell(refused, pack, say)
            code = WRONG
            continue
        made, gone = rendered(pack / MADE, content, language, voice)
        size = sum(file.stat().st_size for file in (pack / MADE).glob("*")) // 1000
        say(
            f"{pack.name}: {len(spoken(content, language))} texts, {made} made, {gone} of former texts taken away, {size} kB"
        )
    return code


def rendered(folder: Path, content: EditionContent, language: str, voice: str) -> tuple[int, int]:
    """Make the sounds that are missing; how many were made, and how many of former texts were removed."""
    folder.mkdir(parents=True, exist_ok=True)
    ending = ".opus" if shutil.which("opusenc") else ".wav"
    wanted = {sound_name(language, voice, text) + ending: text for text in spoken(content, language).values()}
    current = _current(content)
    old = [file for file in folder.iterdir() if SOUND.fullmatch(file.name) and file.stem not in current]
    for file in old:
        file.unlink()
    missing = [(folder / name, text) for name, text in wanted.items() if not (folder / name).exists()]
    for file, text in missing:
        _speak(text, voice, file)
    return len(missing), len(old)


def _current(content: EditionContent) -> set[str]:
    """The names of all sounds that could say something of the pack as it is now."""
    return {
        sound_name(language, voice, text)
        for language, voices in VOICES.items()
        for text in spoken(content, language).values()
        for voice in voices
    }


def _speak(text: str, voice: str, file: Path) -> None:
    # Words go in by standard input: never as an argument that could be read as an option.
    speech = _through(
        ["espeak-ng", "-v", voice, "-s", str(WORDS_A_MINUTE), "--stdin", "--stdout"], text.encode()
    )
    if file.suffix == ".opus":
        options = ["--quiet", "--bitrate", str(KILOBITS), "--speech", "--discard-comments", "--serial", "1"]
        speech = _through(["opusenc", *options, "-", "-"], speech)
    part = file.with_suffix(".part")
    part.write_bytes(speech)
    part.rename(file)


def _through(command: list[str], given: bytes) -> bytes:
    done = subprocess.run(command, input=given, capture_output=True, timeout=LONGEST_SECONDS, check=False)  # noqa: S603
    if done.returncode or not done.stdout:
        raise CommandError(
            f"{command[0]} could not speak: {done.stderr.decode(errors='replace').strip()[:300]}"
        )
    return done.stdout


AUDIO = Verb("audio", "render the texts that are read aloud into sounds, with espeak-ng", _arguments, _run)
