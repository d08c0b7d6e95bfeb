"""Vietnamese and French are complete, fresh, and keep every placeholder."""

from __future__ import annotations

import re

import polib
import pytest

from tests.messages import LANGUAGES, LOCALES, catalogue, missing, wanted

pytestmark = pytest.mark.pure

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!%)\{(\w*)\}")


def placeholders(text: str) -> set[str]:
    """The names that are filled in."""
    return {first or second for first, second in PLACEHOLDER.findall(text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_none_is_left_over(language):
    file = catalogue(language)
    assert {(entry.msgid, entry.msgid_plural) for entry in file} ^ set(wanted()) == set()
    assert missing(file) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language):
    wrong = []
    for entry in catalogue(language):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            kept, asked = placeholders(text), placeholders(entry.msgid + entry.msgid_plural)
            if text and (not kept <= asked or (not entry.msgid_plural and kept != asked)):
                wrong.append((entry.msgid, text))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_fresh(language):
    compiled = polib.mofile(str(LOCALES / language / "LC_MESSAGES" / "django.mo"))
    source = catalogue(language)
    assert {e.msgid: (e.msgstr, e.msgstr_plural) for e in compiled} == {
        e.msgid: (e.msgstr, e.msgstr_plural) for e in source
    }
