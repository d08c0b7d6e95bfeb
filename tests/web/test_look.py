"""The look keeps its promises: contrast, icons that exist, files that are what they say, no inline code."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "donghanh" / "web"
STATIC = WEB / "static"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
TOKENS = (STATIC / "css" / "tokens.css").read_text()
TONES = ("primary", "wait", "wrong", "done", "information")
GROUNDS = ("paper", "card", "sunk")

# (text, ground, ratio): what WCAG AA asks, or more where the design asks for more.
PAIRS = [
    ("ink", "paper", 15.0),
    ("ink", "card", 12.0),
    ("ink", "sunk", 12.0),
    ("on-primary", "primary", 6.0),
    ("on-primary", "primary-strong", 6.0),
    ("on-tone", "wrong", 4.5),
    ("paper", "ink", 15.0),
    *[("muted", ground, 4.5) for ground in (*GROUNDS, *[f"{tone}-tint" for tone in TONES])],
    *[(tone, ground, 4.5) for tone in TONES for ground in (*GROUNDS, f"{tone}-tint")],
    *[("ink", f"{tone}-tint", 7.0) for tone in TONES],
    # hairlines of controls need 3:1
    *[("line-strong", ground, 3.0) for ground in GROUNDS],
]


def block(opening: str) -> dict[str, str]:
    """The custom properties set by the rule that begins with `opening`."""
    start = TOKENS.index(opening) + len(opening)
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", TOKENS[start : TOKENS.index("}", start)]))


LIGHT = block(':root, [data-theme="light"] {')
DARK = block('\n  [data-theme="dark"] {')


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_of_text_and_ground_has_the_contrast_it_needs(theme: dict[str, str]) -> None:
    weak = {
        f"{text} on {ground}": round(contrast(theme[text], theme[ground]), 2)
        for text, ground, ratio in PAIRS
        if contrast(theme[text], theme[ground]) < ratio
    }
    assert weak == {}


def test_the_dark_tints_are_lighter_than_seven_to_one() -> None:
    assert {tone: contrast(DARK[tone], DARK["paper"]) >= 7 for tone in TONES} == dict.fromkeys(TONES, True)


def test_the_focus_ring_is_seen_on_its_own_ground() -> None:
    ring = block(":root {")
    assert contrast(ring["focus"], ring["focus-back"]) >= 8.5


def test_dark_by_wish_of_the_machine_is_dark_by_choice() -> None:
    assert block(':root:not([data-theme="light"]) {') == DARK


def test_both_themes_name_the_same_tokens() -> None:
    assert set(DARK) - {"shadow"} == set(LIGHT)


def test_no_style_sheet_names_a_colour_of_its_own() -> None:
    own = {
        sheet.name: found
        for sheet in sorted((STATIC / "css").glob("*.css"))
        # paper is always black on white, and so is a code to scan; the practice portal is to look like somebody else's
        if sheet.name not in {"tokens.css", "print.css", "slip.css", "badge.css", "practice.css"}
        if (found := set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", sheet.read_text())) - {"#FFFFFF", "#000000"})
    }
    assert own == {}


def symbols(sprite: str) -> set[str]:
    return set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / sprite).read_text()))


def sources() -> str:
    """All templates and the Python of the surfaces, where icons are named."""
    return "\n".join(path.read_text() for path in [*TEMPLATES, *sorted(WEB.rglob("*.py"))])


def test_every_icon_and_pictogram_that_is_named_is_drawn() -> None:
    text = sources()
    icons = set(re.findall(r'{% icon(?:_url)? "([\w-]+)"', text)) | set(
        re.findall(r'\bicon="([\w-]+)"', text)
    )
    pictograms = set(re.findall(r'{% pictogram "([\w-]+)"', text)) | set(
        re.findall(r'pictogram="([\w-]+)"', text)
    )
    assert (icons - symbols("icons.svg"), pictograms - symbols("pictograms.svg")) == (set(), set())


def test_every_state_has_an_icon_that_is_drawn_and_a_tone_that_is_styled() -> None:
    from donghanh.web.templatetags.look import STATES

    styles = (STATIC / "css" / "components.css").read_text()
    wrong = {
        name
        for name, state in STATES.items()
        if state.icon not in symbols("icons.svg") or f".chip-{state.tone} " not in styles
    }
    assert wrong == set()


def test_vendored_files_are_the_files_that_are_listed() -> None:
    vendor = STATIC / "vendor"
    listed = dict(
        re.findall(r"^\| `([^`]+)` .* `([0-9a-f]{64})` \|$", (vendor / "VENDORED.md").read_text(), re.M)
    )
    there = {
        str(path.relative_to(vendor)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*")
        if path.is_file() and path.name != "VENDORED.md"
    }
    there["../icons.svg"] = hashlib.sha256((STATIC / "icons.svg").read_bytes()).hexdigest()
    assert listed == there


def test_no_template_carries_inline_style_script_or_handler() -> None:
    inline = re.compile(
        # A block of JSON is no script: nothing runs it.
        r"<style\b|\sstyle=|\son\w+=|javascript:|\bhx-on\b|<script(?![^>]*\b(?:src=|type=\"application/))",
        re.I,
    )
    assert {
        str(path.relative_to(WEB)): inline.findall(text)
        for path in TEMPLATES
        if inline.search(text := re.sub(r"{%.*?%}", "", path.read_text()))
    } == {}


def test_every_partial_is_used_and_begins_with_an_underscore() -> None:
    text = sources()
    partials = {path for path in TEMPLATES if path.parent.name == "components"}
    assert {path.name for path in partials if not path.name.startswith("_")} == set()
    assert {path.name for path in partials if f'"components/{path.name}"' not in text} == set()


def test_no_style_sheet_or_module_is_longer_than_the_house_allows() -> None:
    ours = [*(STATIC / "css").glob("*.css"), *(STATIC / "js").glob("*.js"), *TEMPLATES]
    assert {path.name for path in ours if len(path.read_text().splitlines()) > 400} == set()
