"""`pack preview`: a pack as pages that open without a server: what a citizen sees, what a member sees, the papers
and fees, the printed sheet, and every text that is read aloud. In three languages, side by side in one folder."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from donghanh.catalog.actions.read_pack import WrongPack, read_pack
from donghanh.catalog.rules import edition_hash
from donghanh.catalog.rules.content import LANGUAGES, EditionContent
from donghanh.catalog.rules.guidance import Condition
from donghanh.catalog.rules.plan import plan_from
from donghanh.catalog.rules.speech import ENDINGS, MADE, VOICES, sound_name, spoken
from donghanh.management.packs.verb import WELL, WRONG, Say, Verb, add_paths, packs_at, tell

STYLES = ("tokens", "base", "components", "forms", "guide", "print", "preview")
FONTS = "be-vietnam-pro"


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_paths(parser)
    parser.add_argument("--out", type=Path, required=True, help="folder for the pages; open ID/vi.html in it")


def _run(options: Mapping[str, Any], say: Say) -> int:
    out, code = options["out"], WELL
    for pack in packs_at(options["path"]):
        try:
            content = read_pack(pack)
        except WrongPack as refused:
            tell(refused, pack, say)
            code = WRONG
            continue
        _styles(out)
        for language in LANGUAGES:
            _write(out / content.id, pack, content, language)
        say(f"{content.id}: {out / content.id / 'vi.html'}")
    return code


def _write(target: Path, pack: Path, content: EditionContent, language: str) -> None:
    """The page of one language, and the sounds it plays."""
    target.mkdir(parents=True, exist_ok=True)
    with translation.override(language):
        page = render_to_string("packs/preview.html", preview_of(content, language, pack / MADE))
    (target / f"{language}.html").write_text(page, encoding="utf-8")
    for sound in _sounds(content, language, pack / MADE).values():
        (target / "audio").mkdir(exist_ok=True)
        shutil.copyfile(pack / MADE / sound, target / "audio" / sound)


def preview_of(content: EditionContent, language: str, made: Path) -> dict[str, Any]:
    """What the page tells: the plan as the guide has it, and the conditions as their author wrote them."""
    plan = plan_from(content, number=0, edition_hash=edition_hash(content), language=language)
    asked = {question["id"]: question for question in plan["questions"]}
    whens = {
        **_whens("question", content.questions),
        **_whens("step", content.steps),
        **_whens("paper", content.papers),
        **_whens("fee", content.fees),
    }
    sounds = _sounds(content, language, made)
    steps = [
        {
            **step,
            "when": whens.get(("step", step["id"]), ""),
            "asked": [
                {**asked[one], "when": whens.get(("question", one), "")} for one in step.get("ask", ())
            ],
        }
        for step in plan["steps"]
    ]
    return {
        "plan": plan, "steps": steps, "languages": LANGUAGES, "language": language, "styles": STYLES, "hash": plan["hash"],
        "papers": [{**one, "when": whens.get(("paper", one["id"]), "")} for one in plan["papers"]],
        "fees": [{**one, "when": whens.get(("fee", one["id"]), "")} for one in plan["fees"]],
        "forms": content.forms,
        "spoken": [(key, text, sounds.get(key, "")) for key, text in spoken(content, language).items()],
    }  # fmt: skip


def _whens(kind: str, things: Iterable[Any]) -> dict[tuple[str, str], str]:
    return {(kind, one.id): one.when.text for one in things if isinstance(one.when, Condition)}


def _sounds(content: EditionContent, language: str, made: Path) -> dict[str, str]:
    """The rendered sound of each spoken text, as far as there is one."""
    found: dict[str, str] = {}
    for key, text in spoken(content, language).items():
        names = [sound_name(language, voice, text) + end for voice in VOICES[language] for end in ENDINGS]
        heard = next((name for name in names if (made / name).is_file()), None)
        if heard:
            found[key] = heard
    return found


def _styles(out: Path) -> None:
    """The product's own look beside the pages, with its letters."""
    static = settings.PACKAGE / "web" / "static"
    (out / "css").mkdir(parents=True, exist_ok=True)
    for name in STYLES:
        shutil.copyfile(static / "css" / f"{name}.css", out / "css" / f"{name}.css")
    shutil.copytree(static / "vendor" / FONTS, out / "vendor" / FONTS, dirs_exist_ok=True)


PREVIEW = Verb(
    "preview", "write packs as pages that open without a server, in three languages", _arguments, _run
)
