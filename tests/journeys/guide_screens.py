"""Every screen of a pack's guide, reached by answers that open them all and walked through on one page."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings

from donghanh.catalog.actions.read_pack import read_pack
from donghanh.catalog.queries.evaluating import EVALUATOR
from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.flow import screens_of
from donghanh.catalog.rules.plan import plan_from
from tests.journeys.inspection import TAGS
from tests.web.guide.guide_page import GuidePage

WALK = (Path(__file__).parent / "guide_screens.js").read_text()
TODAY = "2026-11-24"
DEEP = ("1.000894", "1.001193", "2.000635", "1.004873", "1.004222", "3.000228")
AREA = ("31135", "Phường Ninh Kiều, Thành phố Cần Thơ")
TRIES = 150
DAYS = ("1996-03-14", "2026-11-20", "2026-12-01", "2013-05-01", "1945-01-01", "2007-12-31")
PLAIN: dict[str, tuple[Any, ...]] = {
    "yes_no": (True, False),
    "integer": (1, 2, 0, 3),
    "money": (0, 8000, 5_000_000),
    "date": DAYS,
    "partial_date": ("1996", *DAYS),
    "text": ("Kinh",),
    "name": ("Nguyễn Thị Ánh Tuyết",),
    "address": ("Số 7, khu vực Mẫu 2",),
    "phone": ("0900000102",),
    "citizen_id": ("092198999902",),
    "area": (AREA[0],),
}

Answers = dict[str, dict[str, Any]]


@cache
def content(code: str) -> EditionContent:
    """The shipped pack."""
    return read_pack(settings.PACKS / code)


def shipped() -> list[str]:
    """The codes of all packs, those whose guide asks first."""
    return sorted(one.parent.name for one in settings.PACKS.glob("*/pack.yaml"))


@cache
def plan(code: str, language: str = "vi") -> dict[str, Any]:
    """The plan as the browser gets it."""
    return plan_from(content(code), number=1, edition_hash="0" * 64, language=language)


def values(question: dict[str, Any]) -> list[Any]:
    """What somebody may answer, the plainest first."""
    kind = question["type"]
    if kind == "choice":
        return [one["id"] for one in question["choices"]]
    if kind == "choices":
        ids = [one["id"] for one in question["choices"]]
        return [ids[:1], ids, *([one] for one in ids[1:])]
    if kind == "repeat":
        row = {field["id"]: given(values(field)[0]) for field in question["fields"]}
        return [[row], [row, row], []]
    if question.get("key") == "email":
        return ["tuyet@example.org"]
    within = [one for one in PLAIN[kind] if kind != "integer" or _between(question, one)]
    return within or [question.get("least") or question.get("most") or 0]


def given(value: Any) -> dict[str, Any]:
    """An answer that was given."""
    return {"state": "given", "value": value}


@cache
def ways(code: str) -> tuple[Answers, ...]:
    """Answers that together open every question and every step which any answers open. Fails if one stays shut."""
    the_plan = plan(code)
    found: list[Answers] = []
    opened: set[str] = set()
    for answers in itertools.islice(_tried(the_plan), TRIES):
        flow = screens_of(the_plan, answers, TODAY, "citizen", EVALUATOR.evaluate, ())
        failed = [one for one, state in flow["eligibility"].items() if state == "failed"]
        new = {one["id"] for one in flow["screens"]} | set(failed)
        if not new <= opened:
            opened |= new
            found.append({name: one for name, one in answers.items() if name in flow["shown"]})
    asked = {question["id"] for question in the_plan["questions"]}
    shut = asked - {name.split(".")[1] for name in opened if "." in name}
    assert not shut, f"{code}: no answers were found that open {sorted(shut)}"
    return tuple(found)


def faults_of(page: GuidePage, code: str, language: str, *, with_errors: bool) -> list[str]:
    """Walk the whole pack on this page: every screen, and each with its errors when nothing is answered."""
    page.plan = plan(code, language)
    _begin(page)
    seen: list[str] = []
    faults: list[str] = []
    for answers in ways(code):
        told = page.page.evaluate(
            WALK,
            {
                "answers": answers,
                "ticks": [],
                "names": [list(AREA)],
                "seen": seen,
                "tags": TAGS,
                "withErrors": with_errors,
            },
        )
        faults += [f"{code} {language} {fault}" for fault in told["faults"]]
        seen += told["visited"]
    screens = {one["id"] for answers in ways(code) for one in _flow(code, answers, page)["screens"]}
    return faults + [f"{code} {language}: {one} was not looked at" for one in sorted(screens - set(seen))]


def _flow(code: str, answers: Answers, page: GuidePage) -> dict[str, Any]:
    view = str(page.page.evaluate("() => document.querySelector('dh-guide').view"))
    return screens_of(plan(code), answers, TODAY, view, EVALUATOR.evaluate, ())


def _begin(page: GuidePage) -> None:
    page.page.evaluate(
        """() => new Promise(begun => {
          const old = document.querySelector("dh-guide");
          const fresh = document.createElement("dh-guide");
          for (const { name, value } of old.attributes) fresh.setAttribute(name, value);
          fresh.addEventListener("guide:ready", () => begun(), { once: true });
          old.replaceWith(fresh);
        })"""
    )
    if not page.page.evaluate("() => typeof axe !== 'undefined'"):
        page.page.evaluate(AXE_SCRIPT)


def _tried(the_plan: dict[str, Any]) -> Any:
    """The plainest answers; then each question answered another way; then at random, always the same."""
    questions = the_plan["questions"]
    plainest = {one["id"]: given(values(one)[0]) for one in questions}
    for question in questions:  # the first that can stand, if any can
        plainest[question["id"]] = _standing(the_plan, question, plainest)
    yield plainest
    for question in questions:
        for value in values(question)[1:]:
            yield {**plainest, question["id"]: given(value)}
    random = Random(the_plan["procedure"])
    while True:
        yield {one["id"]: given(random.choice(values(one))) for one in questions}


def _standing(the_plan: dict[str, Any], question: dict[str, Any], others: Answers) -> dict[str, Any]:
    for value in values(question):
        flow = screens_of(
            the_plan, {**others, question["id"]: given(value)}, TODAY, "citizen", EVALUATOR.evaluate, ()
        )
        if question["id"] not in flow["errors"]:
            return given(value)
    return others[question["id"]]


def _between(question: dict[str, Any], value: int) -> bool:
    return question.get("least", value) <= value <= question.get("most", value)
