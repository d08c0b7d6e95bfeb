"""`donghanh board-voice`: render the pieces of spoken calls with espeak-ng, once, for boards without a voice.

espeak-ng is a program of its own that the centre installs (`apt install espeak-ng`); nothing of it is
shipped or loaded here. Without it the board uses the browser's voice, or the chime and the text.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from donghanh.web.board.pieces import folder, texts_of
from donghanh.web.spoken import VOICES

VOICE_OF = {"vi": "vi", "en": "en", "fr": "fr"}
PER_MINUTE = "125"  # words: elders first


class Command(BaseCommand):
    """Render letters, digits and counters into DATA/media/voice."""

    help = "Render the pieces of spoken calls with espeak-ng into DATA/media/voice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--voice", default="", help="Vietnamese voice: vi, vi-vn-x-central or vi-vn-x-south"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        program = shutil.which("espeak-ng")
        if program is None:
            raise CommandError(
                "espeak-ng was not found. Install it (apt install espeak-ng), or leave it: the board then uses"
                " the browser's voice, or the chime and the text."
            )
        for language in VOICES:
            voice = options["voice"] if language == "vi" and options["voice"] else VOICE_OF[language]
            target = folder(language)
            target.mkdir(parents=True, exist_ok=True)
            for name, text in texts_of(language).items():
                subprocess.run(  # noqa: S603  our own words, no shell
                    [program, "-v", voice, "-s", PER_MINUTE, "-w", str(target / f"{name}.wav"), "--", text],
                    check=True,
                    timeout=30,
                )
            self.stdout.write(f"{language}: {len(texts_of(language))} pieces in {target}")
