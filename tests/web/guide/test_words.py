"""Every word the guide says stands in the page; every file it needs is fetched at once; all of it is small."""

from __future__ import annotations

import gzip
import re

from django.conf import settings

from donghanh.web.templatetags.look import STATES
from tests.web.guide.guide_page import STATIC

GUIDE = STATIC / "js" / "guide"
WORDS = (settings.PACKAGE / "web" / "templates" / "guide" / "_words.html").read_text()
MOST_BYTES = 150_000
# Keys that are put together: word(`error_${code}`).
BUILT = re.compile(r"(error|agreed|source|from|mode|form|who|per|saved|change|effect)_")


def modules() -> dict[str, str]:
    """Every module of the guide, by name."""
    return {path.name: path.read_text() for path in sorted(GUIDE.glob("*.js"))}


def needed(file: str, seen: set[str] | None = None) -> set[str]:
    """What a module imports, and what that imports."""
    seen = seen if seen is not None else set()
    path = (STATIC / file).resolve()
    name = str(path.relative_to(STATIC.resolve()))
    if name not in seen:
        seen.add(name)
        for other in re.findall(r'^(?:import|export)[^;]*?from "([^"]+)";', path.read_text(), re.M):
            needed(str((path.parent / other).resolve().relative_to(STATIC.resolve())), seen)
    return seen


def test_every_word_that_is_said_stands_in_the_page_and_the_other_way_round():
    there = set(re.findall(r'data-word="(\w+)"', WORDS))
    text = "\n".join(modules().values())
    said = set(re.findall(r'\bword\("(\w+)"', text))
    assert said - there == set()
    assert {
        key for key in there if f'"{key}"' not in text and f"{key}:" not in text and not BUILT.match(key)
    } == set()


def test_every_code_of_a_wrong_answer_has_its_sentence():
    codes = {
        "required", "not_text", "too_long", "pattern", "not_a_name", "not_a_day", "too_early", "too_late", "not_a_number",
        "too_small", "too_big", "not_in_list", "not_a_phone", "not_a_citizen_id", "not_an_area", "too_few_rows", "too_many_rows", "secret",
    }  # fmt: skip
    assert codes - set(re.findall(r'data-word="error_(\w+)"', WORDS)) == set()


def test_icons_that_are_named_are_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    text = "\n".join(modules().values())
    named = set(re.findall(r'\bicon\("([\w-]+)"', text)) | set(re.findall(r'sign: "([\w-]+)"', text))
    named |= set(re.findall(r': \["([\w-]+)", "\w+"\]', text)) | {state.icon for state in STATES.values()}
    assert named - drawn == set()


def test_all_modules_are_asked_for_at_once():
    links = set(re.findall(r'rel="modulepreload" href="{% static "([^"]+)" %}"', WORDS))
    assert links == needed("js/guide/guide.js")


def test_the_javascript_of_both_views_stays_small():
    files = needed("js/guide/guide.js") | needed("js/guide/member.js") | needed("js/guide/takeover.js")
    others = {
        "vendor/htmx/htmx.min.js",
        *(f"js/{name}.js" for name in ("theme", "toast", "dialog", "speak", "keys", "live", "desk", "home")),
    }
    assert sum(len(gzip.compress((STATIC / file).read_bytes())) for file in files | others) < MOST_BYTES
