"""The languages: find every message, keep the catalogues in step, compile them: `make messages`.

Messages are found without the gettext programs: Python by its syntax tree, templates by Django's
own parser, refusals by their classes. New ones are added empty, for a person to translate; the
house test fails until they are.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "donghanh"
LOCALES = HOUSE / "locale"
LANGUAGES = ("vi", "fr")
PLURALS = {"vi": "nplurals=1; plural=0;", "fr": "nplurals=2; plural=(n > 1);"}
ONE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
MANY = {"ngettext", "ngettext_lazy"}

Message = tuple[str, str]  # singular, plural or ""


def in_python() -> Iterator[tuple[Message, str]]:
    """Messages given to gettext's functions as literals, and the messages of refusals."""
    for file in sorted(HOUSE.rglob("*.py")):
        place = str(file.relative_to(ROOT))
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                texts = [
                    a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
                ]
                if name in ONE and texts:
                    yield (texts[0], ""), place
                elif name in MANY and len(texts) > 1:
                    yield (texts[0], texts[1]), place
            elif isinstance(node, ast.ClassDef):
                yield from _refusal(node, place)


def _refusal(node: ast.ClassDef, place: str) -> Iterator[tuple[Message, str]]:
    for part in node.body:
        target = part.targets[0] if isinstance(part, ast.Assign) else getattr(part, "target", None)
        value: Any = getattr(part, "value", None)
        is_message = (
            isinstance(target, ast.Name) and target.id == "message" and isinstance(value, ast.Constant)
        )
        if is_message and isinstance(value.value, str):
            yield (value.value, ""), place


def in_templates() -> Iterator[tuple[Message, str]]:
    """Messages of `translate` and `blocktranslate`, as Django itself will look them up."""
    from django.template import engines
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    engine = engines["django"].engine
    folder = HOUSE / "web" / "templates"
    for file in sorted(folder.rglob("*.html")):
        template = engine.get_template(str(file.relative_to(folder)))
        place = str(file.relative_to(ROOT))
        for node in template.nodelist.get_nodes_by_type(TranslateNode):
            literal = node.filter_expression.var
            text = getattr(literal, "literal", None) or literal
            if isinstance(text, str):
                yield (text, ""), place
        for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
            singular = node.render_token_list(node.singular)[0]
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            if node.trimmed:
                singular, plural = _trimmed(singular), _trimmed(plural)
            yield (singular, plural), place


def _trimmed(text: str) -> str:
    from django.utils.translation import trim_whitespace

    return str(trim_whitespace(text))


def wanted() -> dict[Message, list[str]]:
    """Every message and where it stands."""
    found: dict[Message, list[str]] = {}
    for message, place in [*in_python(), *in_templates()]:
        if message[0]:
            found.setdefault(message, []).append(place)
    singles = {singular for singular, plural in found if plural}
    return {m: sorted(set(p)) for m, p in found.items() if m[1] or m[0] not in singles}


def catalogue(language: str) -> polib.POFile:
    """The catalogue of a language, or a new one."""
    path = LOCALES / language / "LC_MESSAGES" / "django.po"
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    file = polib.POFile(wrapwidth=110)
    file.metadata = {
        "Project-Id-Version": "donghanh",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    return file


def renewed(language: str, messages: dict[Message, list[str]]) -> polib.POFile:
    """The catalogue with exactly these messages, translations kept."""
    old = {(entry.msgid, entry.msgid_plural): entry for entry in catalogue(language)}
    fresh = catalogue(language)
    fresh.clear()
    for message, places in sorted(messages.items()):
        entry = old.get(message) or polib.POEntry(msgid=message[0], msgid_plural=message[1])
        entry.occurrences = [(place, "") for place in places]
        if message[1] and not entry.msgstr_plural:
            entry.msgstr_plural = {0: ""} if language == "vi" else {0: "", 1: ""}
        if "%(" in message[0]:
            entry.flags = ["python-format"]
        fresh.append(entry)
    return fresh


def missing(file: polib.POFile) -> list[str]:
    """Messages without a translation."""
    return [
        entry.msgid
        for entry in file
        if not (all(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr)
    ]


def main() -> int:
    """Renew and compile both catalogues; say what still waits for a translation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    messages = wanted()
    waiting = 0
    for language in LANGUAGES:
        file = renewed(language, messages)
        path = LOCALES / language / "LC_MESSAGES"
        path.mkdir(parents=True, exist_ok=True)
        file.save(str(path / "django.po"))
        file.save_as_mofile(str(path / "django.mo"))
        left = missing(file)
        waiting += len(left)
        print(f"{language}: {len(file)} messages, {len(left)} to translate")
        for text in left[:20]:
            print(f"   {text[:100]!r}")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
