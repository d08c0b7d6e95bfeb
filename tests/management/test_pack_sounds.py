"""`pack audio` and `pack preview`: sounds by what they say, pages that open without a server."""

from __future__ import annotations

import shutil
import stat
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from donghanh.catalog.actions.read_pack import read_pack
from donghanh.catalog.rules import edition_hash
from donghanh.catalog.rules.speech import MADE, sound_name, spoken

CODE = "3.000228"
DEEP = ("1.000894", "1.001193", "1.004222", "1.004873", "2.000635", "3.000228")
MOST_BYTES = 4_000_000
SPEAKS = "#!/bin/sh\n/bin/cat >/dev/null\nprintf 'RIFF%s' \"$3\"\n"
PACKS_SOUND = "#!/bin/sh\nprintf OggS\n/bin/cat\n"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of a pack without its sounds."""
    return Path(
        shutil.copytree(settings.PACKS / CODE, tmp_path / CODE, ignore=shutil.ignore_patterns("audio"))
    )


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two programs of our own in place of those that speak and pack."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, text in (("espeak-ng", SPEAKS), ("opusenc", PACKS_SOUND)):
        (folder / name).write_text(text)
        (folder / name).chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", str(folder))
    return folder


def run(*arguments: str) -> str:
    said = StringIO()
    call_command("pack", *arguments, stdout=said)
    return said.getvalue()


def sounds(pack: Path) -> set[str]:
    return {file.name for file in (pack / MADE).iterdir()}


def test_every_text_gets_a_sound_named_by_what_it_says_and_the_edition_stays_the_same(pack, programs):
    before = read_pack(pack)
    run("audio", str(pack))
    wanted = {sound_name("vi", "vi", text) + ".opus" for text in spoken(before, "vi").values()}
    assert sounds(pack) == wanted
    assert {(pack / MADE / name).read_bytes() for name in wanted} == {b"OggSRIFF-s"}
    assert edition_hash(read_pack(pack)) == edition_hash(before)
    assert " 0 made" in run("audio", str(pack))


def test_sounds_of_former_texts_go_and_other_languages_stay(pack, programs):
    run("audio", str(pack))
    run("audio", str(pack), "--language", "en", "--voice", "en-gb")
    content = read_pack(pack)
    both = {
        sound_name(one, voice, text) + ".opus"
        for one, voice in (("vi", "vi"), ("en", "en-gb"))
        for text in spoken(content, one).values()
    }
    assert sounds(pack) == both
    (pack / MADE / f"{'0' * 32}.opus").write_bytes(b"OggS")
    run("audio", str(pack))
    assert sounds(pack) == both


def test_without_the_second_program_the_sounds_are_wav_and_without_the_first_nothing_is_made(pack, programs):
    (programs / "opusenc").unlink()
    run("audio", str(pack))
    assert {Path(name).suffix for name in sounds(pack)} == {".wav"}
    (programs / "espeak-ng").unlink()
    with pytest.raises(CommandError, match="espeak-ng is not here"):
        run("audio", str(pack))


@pytest.mark.pure
def test_the_packs_at_full_depth_speak_every_text_in_little_space():
    silent = {
        code: [
            key for key, text in spoken(read_pack(settings.PACKS / code), "vi").items()
            if not (settings.PACKS / code / MADE / f"{sound_name('vi', 'vi', text)}.opus").is_file()
        ]
        for code in DEEP
    }  # fmt: skip
    assert silent == {code: [] for code in DEEP}
    assert sum(file.stat().st_size for file in settings.PACKS.glob(f"*/{MADE}/*")) < MOST_BYTES


class Links(HTMLParser):
    """Everything a page refers to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value or "" for name, value in attrs if name in ("href", "src")}


def test_a_preview_stands_on_its_own_in_three_languages(pack, programs, tmp_path):
    run("audio", str(pack))
    out = tmp_path / "out"
    run("preview", str(pack), "--out", str(out))
    content = read_pack(pack)
    for language in ("vi", "en", "fr"):
        page = (out / CODE / f"{language}.html").read_text()
        words = page.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&").replace("&gt;", ">")
        assert [text for text in spoken(content, language).values() if text not in words] == []
        assert [
            paper
            for paper in content.papers
            if content.texts[language][f"papers.{paper.id}.name"] not in words
        ] == []
        missing = [
            link
            for link in Links(page).found
            if not link.startswith("#") and not (out / CODE / link).is_file()
        ]
        assert missing == []
        assert "<script" not in page
    assert (out / CODE / "vi.html").read_text().count("<audio ") == len(spoken(content, "vi"))
