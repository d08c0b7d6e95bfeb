"""A guide walked through with the keyboard alone, as somebody does who sees no screen: by what has the focus."""

from __future__ import annotations

from typing import Any

from tests.journeys.guide_screens import AREA, Answers
from tests.web.guide.guide_page import GuidePage

MOST_TABS = 60
FOCUSED = """() => {
  const one = document.activeElement;
  return {path: one.dataset.path ?? "", kind: one.type ?? "", tag: one.tagName.toLowerCase(), id: one.id,
    classes: one.className, value: one.value ?? "", inGuide: Boolean(one.closest("dh-guide")) };
}"""


class Keys:
    """Presses keys on one page and sees only what has the focus."""

    def __init__(self, guide: GuidePage, answers: Answers) -> None:
        self.guide = guide
        self.page = guide.page
        self.answers = answers

    def focused(self) -> dict[str, Any]:
        """What has the focus."""
        seen: dict[str, Any] = self.page.evaluate(FOCUSED)
        return seen

    def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """A text, letter by letter where the keyboard has them."""
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def tab_to(self, **wanted: Any) -> dict[str, Any]:
        """Tab until it has the focus: a path, an id, or a class among others. Fails if Tab never comes there."""
        for _ in range(MOST_TABS):
            seen = self.focused()
            if all(value in str(seen[name]).split() for name, value in wanted.items()):
                return seen
            self.press("Tab")
        raise AssertionError(f"the tab key does not reach {wanted} at {self.guide.at()}")

    def value(self, path: str) -> Any:
        """What is to be answered at a path."""
        question, _, rest = path.partition(".")
        value = self.answers[question]["value"]
        if rest:
            row, field = rest.split(".")
            return value[int(row)][field]["value"]
        return value

    def kind(self, path: str) -> dict[str, Any]:
        """The question at a path."""
        question, _, rest = path.partition(".")
        found = next(one for one in self.guide.plan["questions"] if one["id"] == question)
        if rest:
            found = next(one for one in found["fields"] if one["id"] == rest.split(".")[1])
        return dict(found)

    def choose_place(self) -> None:
        """Letters, then the first of what is offered, by the arrow and Enter."""
        self.write(AREA[1][7:12])
        self.page.wait_for_selector(".guide-candidates button")
        self.press("ArrowDown", "Enter")
        self.page.wait_for_function("() => document.activeElement.dataset.path !== undefined")

    def fill(self, path: str) -> None:
        """What is typed or chosen at the field that has the focus."""
        question, value, seen = self.kind(path), self.value(path), self.focused()
        if question["type"] == "area":
            self.choose_place()
        elif seen["tag"] == "select":
            options = ["", *(one["id"] for one in question["choices"])]
            self.press("Home", *["ArrowDown"] * options.index(value))
        elif seen["kind"] == "radio":
            options = (
                [True, False] if question["type"] == "yes_no" else [one["id"] for one in question["choices"]]
            )
            self.press("Space", *["ArrowDown"] * options.index(value))
        elif seen["kind"] == "checkbox":
            self.choose_boxes(question, value)
        elif "guide-date-day" in seen["classes"]:
            self.date_in_parts(value)
        else:
            self.write(written(question, value))

    def choose_boxes(self, question: dict[str, Any], value: list[str]) -> None:
        """The space key on each that applies."""
        for place, one in enumerate(question["choices"]):
            if one["id"] in value:
                self.press("Space")
            if place < len(question["choices"]) - 1:
                self.press("Tab")

    def date_in_parts(self, value: str) -> None:
        """Day, month, year; a date known less exactly leaves the first parts blank."""
        parts = value.split("-")[::-1]
        self.press(*["Tab"] * (3 - len(parts)))
        for place, part in enumerate(parts):
            self.write(part)
            if place < len(parts) - 1:
                self.press("Tab")

    def rows(self, path: str) -> None:
        """Each row added and filled, field after field."""
        for row, fields in enumerate(self.value(path)):
            self.tab_to(id=f"g-{path}-add")
            self.press("Enter")
            for field in fields:
                self.tab_to(path=f"{path}.{row}.{field}")
                self.fill(f"{path}.{row}.{field}")


def written(question: dict[str, Any], value: Any) -> str:
    """The value as somebody types it."""
    if question["type"] in ("date", "partial_date"):
        return "/".join(value.split("-")[::-1])
    return str(value)


def walk_as_citizen(keys: Keys) -> list[str]:
    """From the start to the end, one question a screen; the screens on the way."""
    passed = []
    while (at := keys.guide.at()) != "done":
        assert at not in passed, f"does not go on from {at}: {keys.page.inner_text('dh-guide')[:400]}"
        passed.append(at)
        if at == "start":
            keys.tab_to(classes="button-large")
        elif "." in at:
            _answer(keys, at.partition(".")[2])
            if keys.guide.at() != at:
                continue
            if keys.focused()["tag"] != "input" or keys.focused()["kind"] == "checkbox":
                keys.tab_to(classes="button-large")
        else:
            keys.tab_to(classes="button-large")
        keys.press("Enter")
        keys.guide.settled()
        if keys.guide.at() == at and keys.page.locator(".guide-doubt").count():
            keys.press("Enter")  # the focus is on "it is right"
            keys.guide.settled()
            keys.tab_to(classes="button-large")
            keys.press("Enter")
            keys.guide.settled()
    return passed


def _answer(keys: Keys, question: str) -> None:
    kind = keys.kind(question)
    if kind["type"] == "repeat":
        keys.rows(question)
        return
    options = [True, False] if kind["type"] == "yes_no" else [one["id"] for one in kind.get("choices", ())]
    if kind["type"] in ("yes_no", "choice") and len(options) + len(kind.get("allow", ())) <= 8:
        place = options.index(keys.value(question))
        name = {True: "yes", False: "no"}.get(options[place], options[place])
        keys.tab_to(id=f"g-{question}-is-{name}" if place else f"g-{question}")
        keys.press("Enter")
        keys.guide.settled()
        return
    keys.tab_to(path=question)
    keys.fill(question)


def walk_as_member(keys: Keys) -> list[str]:
    """From the first step to the end; Enter leads from field to field and from step to step."""
    passed = [keys.guide.at()]
    for _ in range(400):
        if keys.guide.at() == "done":
            return passed
        if keys.guide.at() != passed[-1]:
            passed.append(keys.guide.at())
        screen = keys.page.evaluate(
            "() => document.querySelector('dh-guide').walk.screen(document.querySelector('dh-guide').at)"
        )
        if not screen["questions"]:
            keys.press("Enter")
        else:
            seen = keys.focused()
            if seen["id"].endswith("-add"):
                _rows_of_a_member(keys, seen["id"].removeprefix("g-").removesuffix("-add"))
            elif not seen["path"] or not seen["inGuide"]:
                keys.press("Tab")
            else:
                keys.fill(seen["path"])
                keys.press("Enter")
        keys.guide.settled()
    raise AssertionError(
        f"does not come to the end: {keys.guide.at()}: {keys.page.inner_text('dh-guide')[:600]}"
    )


def _rows_of_a_member(keys: Keys, path: str) -> None:
    """Enter on "add" opens a row, in which Enter leads on."""
    for row, fields in enumerate(keys.value(path)):
        keys.tab_to(id=f"g-{path}-add")
        keys.press("Enter")
        for field in fields:
            keys.tab_to(path=f"{path}.{row}.{field}")
            keys.fill(f"{path}.{row}.{field}")
            keys.press("Enter")
            keys.guide.settled()
