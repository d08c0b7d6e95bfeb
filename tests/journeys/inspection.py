"""What an open page must not have: each function returns the faults it found, as sentences."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import polib
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.messages import catalogue

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WORD = re.compile(r"[A-Za-z]{2,}")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")

SEEN = """element => element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})"""

# Texts that a person sees or hears, outside of parts that stand in another language on purpose.
TEXTS = """() => {
  const texts = [document.title.split(" – ")[0]];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const lang = element.closest("[lang]");
    if (lang && lang !== document.documentElement) continue;
    if (element.closest("script, style, template, svg")) continue;
    if (!element.checkVisibility({checkVisibilityCSS: true})) continue;
    if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent);
    else for (const name of ["aria-label", "title", "placeholder", "alt", "data-speak"])
      if (element.hasAttribute(name)) texts.push(element.getAttribute(name));
  }
  return texts.map(text => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""

SIDEWAYS = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const guilty = [...document.body.querySelectorAll("*")].filter(one => one.getBoundingClientRect().right > wide + 1);
  return [`scrolls sideways: ${document.documentElement.scrollWidth} of ${wide} px`,
    ...guilty.slice(0, 5).map(one => `  ${one.tagName.toLowerCase()}.${one.className}`)];
}"""

# Boxes that hide what does not fit, and have something that does not fit.
CLIPPED = """() => [...document.body.querySelectorAll("*")].filter(one => {
    if (!one.checkVisibility() || one.closest(".visually-hidden, svg, select, .skip-link")) return false;
    const style = getComputedStyle(one);
    if (style.clipPath !== "none") return false;
    const hides = value => value === "hidden" || value === "clip";
    return (hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1)
      || (hides(style.overflowY) && one.scrollHeight > one.clientHeight + 1);
  }).map(one => `text is cut off in ${one.tagName.toLowerCase()}.${one.className}: ${one.textContent.trim().slice(0, 40)}`)"""

# Marks every control that the tab key must reach; one for a group of radio buttons.
CONTROLS = """() => {
  const groups = new Set(), modal = document.querySelector("dialog:modal");
  const controls = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable], audio[controls]")];
  let count = 0;
  for (const one of controls) {
    if (one.disabled || one.tabIndex < 0 || one.type === "hidden" || !one.checkVisibility({checkVisibilityCSS: true})) continue;
    if (one.closest("[inert]") || (modal && !modal.contains(one))) continue;
    if (one.type === "radio") {
      const group = `${one.form ? [...document.forms].indexOf(one.form) : ""} ${one.name}`;
      if (groups.has(group)) continue;
      groups.add(group);
    }
    one.dataset.control = String(count++);
  }
  return count;
}"""

FOCUSED = """() => {
  let one = document.activeElement;
  if (!one || one === document.body) return null;
  const ring = [one, ...(one.labels ?? []), one.parentElement].filter(Boolean).some(each => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const box = one.getBoundingClientRect();
  if (one.type === "radio" && one.dataset.control === undefined)
    one = [...document.querySelectorAll("[data-control]")].find(each => each.name === one.name) ?? one;
  return {control: one.dataset.control ?? "", ring,
    inside: box.bottom > 0 && box.top < innerHeight,
    name: `${one.tagName.toLowerCase()}.${one.className} ${(one.textContent || one.name || "").trim().slice(0, 30)}`};
}"""

CONTROL_NAMES = """() => [...document.querySelectorAll("[data-control]")].map(one =>
  `${one.tagName.toLowerCase()}.${one.className} ${(one.textContent || one.name || "").trim().slice(0, 30)}`)"""

_axe = Axe()


def barriers(page: Page) -> list[str]:
    """What axe-core finds, up to WCAG 2.2 AA."""
    found = _axe.run(
        page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    )
    return [_sentence(one, node) for one in found.response["violations"] for node in one["nodes"]]


def _sentence(violation: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{violation['id']} at {node['target'][0]}: {node['html'][:160]} ({node['failureSummary'][:300]})"


def sideways(page: Page) -> list[str]:
    """Whether one must scroll sideways, and what sticks out."""
    return list(page.evaluate(SIDEWAYS))


def cut_off_at_double_size(page: Page) -> list[str]:
    """Text of twice the size: what is hidden then, and whether one must scroll sideways."""
    page.evaluate("""() => {
      const root = document.documentElement;
      root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`;
    }""")
    faults = [*page.evaluate(CLIPPED), *sideways(page)]
    page.evaluate("() => document.documentElement.style.removeProperty('font-size')")
    return [f"at 200 %: {fault}" for fault in faults]


def wrong_language(page: Page, language: str) -> list[str]:
    """The page says which language it speaks, and nothing on it is left in English."""
    faults = []
    if page.locator("html").get_attribute("lang") != language:
        faults.append(f"html lang is not {language}")
    if language == "en":
        return faults
    exact, shapes = _english(language)
    for text in page.evaluate(TEXTS):
        if text in exact or any(shape.fullmatch(text) for shape in shapes):
            faults.append(f"left in English: {text!r}")
    return faults


def unreachable(page: Page) -> list[str]:
    """Controls that the tab key does not reach, and those that do not show the focus."""
    count = page.evaluate(CONTROLS)
    page.evaluate("() => { document.activeElement?.blur(); window.getSelection()?.removeAllRanges(); }")
    reached, faults = set(), []
    # Inside a date or an hour the tab key stops several times.
    parts = page.locator("input[type=date], input[type=time]").count()
    # A part that scrolls is a stop of its own too.
    for _ in range(count + 12 + 5 * parts):
        if len(reached) == count:
            break
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None or focused["control"] in reached:
            continue
        reached.add(focused["control"])
        if not focused["ring"]:
            faults.append(f"focus cannot be seen on {focused['name']}")
        if not focused["inside"]:
            faults.append(f"focus is outside of the screen on {focused['name']}")
    page.evaluate("() => document.activeElement?.blur()")
    names = page.evaluate(CONTROL_NAMES)
    missed = [names[number] for number in range(count) if str(number) not in reached]
    return faults + [f"the tab key does not reach {name}" for name in missed]


@cache
def _english(language: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The English of every message whose translation differs: whole texts, and shapes with placeholders."""
    exact, shapes = set(), []
    for entry in catalogue(language):
        pairs = [(entry.msgid, entry.msgstr)]
        if entry.msgid_plural:
            pairs = [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[0])]
        for english, translated in pairs:
            text = " ".join(english.split())
            if text == " ".join(translated.split()):
                continue
            if not PLACEHOLDER.search(text):
                exact.add(text)
            elif len(WORD.findall(PLACEHOLDER.sub(" ", text))) >= 2:
                shapes.append(re.compile(".+?".join(re.escape(part) for part in PLACEHOLDER.split(text))))
    # "To" is an English direction and the Vietnamese word for loud.
    translated = {
        " ".join(text.split()).casefold() for entry in catalogue(language) for text in _texts(entry)
    }
    return frozenset(text for text in exact if text.casefold() not in translated), tuple(shapes)


def _texts(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr, *entry.msgstr_plural.values(), *entry.msgstr.split(",")]
