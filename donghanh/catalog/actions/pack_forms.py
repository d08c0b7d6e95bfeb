"""What is wrong with the declaration forms and the maps of portals' fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from donghanh.catalog.actions.pack_draft import Draft
from donghanh.catalog.actions.pack_form_schema import FieldIn, PartIn, PortalMapIn, ValueIn
from donghanh.catalog.actions.pack_question_schema import QuestionIn
from donghanh.catalog.actions.pack_questions import secret_in
from donghanh.catalog.actions.pack_shape import Loc, suggestion
from donghanh.catalog.actions.pack_yaml import Problem, Spot
from donghanh.catalog.rules.patterns import pattern_problem

# The sandbox that ships with the product is no portal of the state.
PRACTICE = "practice"
SPELLINGS_OF = {
    "choice": ("choice", "choices"),
    "area": ("area",),
    "yes_no": ("yes_no",),
    "money": ("money", "integer"),
    "day": ("date", "partial_date"),
    "day_words": ("date", "partial_date"),
    "year": ("date", "partial_date"),
}


def checked_forms(draft: Draft) -> Iterator[Problem]:
    """Every problem of forms/*.yaml, and of the lists in pack.yaml that name them."""
    yield from _listed(draft, "forms", draft.pack.forms, "")
    yield from _listed(draft, "portal_maps", draft.pack.portal_maps, "portal-")
    for name, form in draft.forms.items():
        file = f"forms/{name}.yaml"
        if form.background and form.background not in draft.media:
            spot = draft.spot("background", file=file)
            yield Problem(spot, f"there is no file forms/{form.background}", "add it", "missing-reference")
        for i, part in enumerate(form.parts):
            yield from _part(draft, file, ("parts", i), part, form.background is not None)
    for name, portal in draft.portal_maps.items():
        yield from _portal(draft, name, portal)


def _listed(draft: Draft, key: str, names: Sequence[str], prefix: str) -> Iterator[Problem]:
    files = {
        name.removeprefix("forms/").removesuffix(".yaml") for name in draft.trees if name.startswith("forms/")
    }
    own = {name for name in files if name.startswith("portal-") == bool(prefix)}
    for i, name in enumerate(names):
        spot = draft.spot(key, i)
        if f"{prefix}{name}" not in own:
            what = f"there is no file forms/{prefix}{name}.yaml"
            yield Problem(spot, what, "add it, or remove the name", "missing-reference")
        if name in names[:i]:
            yield Problem(spot, f"“{name}” stands twice in {key}", "keep one", "duplicate-id")
    for file in sorted(own):
        if file.removeprefix(prefix) not in names:
            what = f"pack.yaml does not name this file under {key}"
            advice = f"add “{file.removeprefix(prefix)}” there, or remove the file"
            yield Problem(Spot(f"forms/{file}.yaml"), what, advice, "unused")


def _part(draft: Draft, file: str, at: Loc, part: PartIn, is_overlay: bool) -> Iterator[Problem]:
    rows: Sequence[QuestionIn] = draft.pack.questions
    if part.repeat is not None:
        repeat = draft.question(part.repeat)
        if repeat is None or repeat.type != "repeat":
            known = [question.id for question in rows if question.type == "repeat"]
            spot, what = draft.spot(*at, "repeat", file=file), f"there is no repeat “{part.repeat}”"
            yield Problem(
                spot,
                what,
                suggestion(part.repeat, known, "name a question of type repeat"),
                "missing-reference",
            )
            return
        rows = repeat.fields
    for j, value in enumerate(part.values):
        yield from _value(draft, file, (*at, "values", j), value, rows)
    yield from _places(draft, file, at, part)
    yield from _ticks(draft, file, at, part)
    if is_overlay and part.values and part.box is None:
        spot = draft.spot(*at, file=file)
        what = "a value on an official layout has no place"
        yield Problem(spot, what, "add “box: [x, y, width, height]” in tenths of a millimetre", "no-box")
    if not is_overlay and part.box is not None:
        spot = draft.spot(*at, "box", file=file)
        yield Problem(spot, "a box without an official layout", "add “background:”, or remove it", "no-box")


def _places(draft: Draft, file: str, at: Loc, part: PartIn) -> Iterator[Problem]:
    labels, values = len(part.labels), len(part.values)
    spot = draft.spot(*at, "kind", file=file)
    if part.kind == "table" and part.repeat is None:
        wanted = labels * (len(part.heads) - 1)
        if len(part.heads) < 2 or values != wanted:
            what = f"a table of {labels} labels and {len(part.heads)} heads has {values} values"
            advice = "give a value for each label under each head but the first"
            yield Problem(spot, what, advice, "form-part")
    elif part.kind == "copies" and values > 2:
        yield Problem(spot, f"{values} values for copies", "give wanted or not, and how many", "form-part")
    elif part.kind in ("line", "pair") and values > labels:
        what = f"{values} values, but {labels} labels"
        yield Problem(spot, what, "give each value its label", "form-part")
    elif part.kind in ("heading", "note", "signature") and not labels:
        yield Problem(spot, f"a {part.kind} without words", "add “labels:”", "form-part")
    elif part.kind in ("choice", "copies", "table") and not values:
        yield Problem(spot, f"a {part.kind} without a value", "add “values:”", "form-part")


def _ticks(draft: Draft, file: str, at: Loc, part: PartIn) -> Iterator[Problem]:
    """The first label leads; the others are the boxes to tick, one a choice, or there are none."""
    if part.kind != "choice" or len(part.labels) < 2 or not part.values:
        return
    question = draft.question(part.values[0].questions[0])
    if question is None:
        return
    boxes = 2 if question.type == "yes_no" else len(question.choices)
    if len(part.labels) - 1 != boxes:
        what = f"{len(part.labels) - 1} boxes, but “{question.id}” has {boxes} choices"
        spot = draft.spot(*at, "labels", file=file)
        yield Problem(spot, what, "give each choice its box, or keep only the first label", "form-part")


def _value(draft: Draft, file: str, at: Loc, value: ValueIn, rows: Sequence[QuestionIn]) -> Iterator[Problem]:
    known = {question.id: question for question in rows}
    fits = SPELLINGS_OF.get(value.spelling)
    types = [known[name].type for name in value.questions if name in known]
    for k, name in enumerate(value.questions):
        if name not in known:
            spot = draft.spot(*at, "questions", k, file=file)
            advice = suggestion(name, known, "name a question of pack.yaml")
            yield Problem(spot, f"there is no question “{name}”", advice, "missing-reference")
    # One place may join several answers; the spelling must be meant for one of them.
    if fits and types and not any(kind in fits for kind in types):
        spot = draft.spot(*at, "spelling", file=file)
        what = f"spelling {value.spelling} does not go with type {', '.join(dict.fromkeys(types))}"
        yield Problem(spot, what, f"it is for {', '.join(fits)}", "type-mismatch")


def _portal(draft: Draft, name: str, portal: PortalMapIn) -> Iterator[Problem]:
    file = f"forms/portal-{name}.yaml"
    known = [PRACTICE, *(one.id for one in draft.pack.portals)]
    if portal.portal not in known:
        advice = suggestion(portal.portal, known, f"known are {', '.join(known)}")
        spot = draft.spot("portal", file=file)
        yield Problem(spot, f"there is no portal “{portal.portal}”", advice, "missing-reference")
    elif portal.portal != name:
        what = f"“{portal.portal}” stands in the file of “{name}”"
        spot = draft.spot("portal", file=file)
        yield Problem(spot, what, f"rename the file to portal-{portal.portal}.yaml", "portal-map")
    if (portal.origin == "practice:") != (portal.portal == PRACTICE):
        what = f"origin {portal.origin} does not go with portal {portal.portal}"
        yield Problem(
            draft.spot("origin", file=file), what, "only practice has the origin “practice:”", "portal-map"
        )
    seen: list[str] = []
    for i, field in enumerate(portal.fields):
        if field.name in seen:
            spot = draft.spot("fields", i, "name", file=file)
            yield Problem(spot, f"field “{field.name}” stands twice", "keep one", "duplicate-id")
        seen.append(field.name)
        yield from _field(draft, file, i, field)
    for i, read in enumerate(portal.reads):
        if problem := _wrong_read(read.pattern):
            spot = draft.spot("reads", i, "pattern", file=file)
            yield Problem(spot, f"pattern: {problem}", "write classes out, like [0-9]{6}", "pattern")


def _field(draft: Draft, file: str, i: int, field: FieldIn) -> Iterator[Problem]:
    at: Loc = ("fields", i)
    yield from _value(draft, file, (*at, "value"), field.value, draft.pack.questions)
    for key, written in (("name", field.name), ("label", field.label)):
        if found := secret_in(written):
            spot = draft.spot(*at, key, file=file)
            what = f"the field is for “{found}”"
            yield Problem(
                spot, what, "remove it; secrets are the citizen's own and are never filled in", "secret"
            )
    chooses = field.kind in ("select", "radio")
    if chooses and not field.options:
        spot = draft.spot(*at, "kind", file=file)
        yield Problem(spot, f"a {field.kind} without options", "add “options:”", "portal-map")
    if not chooses and field.options:
        spot = draft.spot(*at, "options", file=file)
        yield Problem(spot, f"options in a field of kind {field.kind}", "remove them", "portal-map")
    if field.options:
        yield from _options(draft, file, at, field)


def _options(draft: Draft, file: str, at: Loc, field: FieldIn) -> Iterator[Problem]:
    options = field.options or {}
    for name in field.value.questions:
        question = draft.question(name)
        if question is None:
            continue
        choices = ["true", "false"] if question.type == "yes_no" else list(question.choices)
        for key in options:
            if key not in choices:
                spot = draft.spot(*at, "options", key, file=file)
                advice = suggestion(key, choices, f"“{name}” has {', '.join(choices) or 'no choices'}")
                yield Problem(spot, f"“{key}” is no choice of “{name}”", advice, "choice-value")
        if left := [choice for choice in choices if choice not in options]:
            spot = draft.spot(*at, "options", file=file)
            what = f"no option for {', '.join(left)}"
            yield Problem(spot, what, "name what the portal has for it", "choice-value")


def _wrong_read(pattern: str) -> str | None:
    if re.search(r"\(\?|\\[0-9a-zA-Z]", pattern):
        return "it looks around or uses a class of letters that engines read differently"
    # A slash needs no escape where a pattern stands in quotes.
    return pattern_problem("^" + re.sub(r"(?<!\\)/", r"\/", pattern) + "$")
