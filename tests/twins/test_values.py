"""What people type is read alike on both sides: fixtures for every type of question, and hostile texts."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from donghanh.catalog.queries.plans import faults, validator
from donghanh.catalog.rules.answer_schema import answer_schema
from donghanh.catalog.rules.values import errors_in, parse
from tests.browser import chromium
from tests.twins.cases import TODAY
from tests.twins.hostile import hostile_texts, hostile_values
from tests.twins.twin import twin_in

pytestmark = pytest.mark.pure

CASES = json.loads(Path(__file__).with_name("values.json").read_text())
TYPED = [(group["question"], *case) for group in CASES["typed"] for case in group["cases"]]
KEPT = [(group["question"], *case) for group in CASES["kept"] for case in group["cases"]]
TEXTS, SEED = 1_000, 20261124


def question(kind: str, **more: Any) -> dict[str, Any]:
    """A question of a plan."""
    choices = {"choices": ["male", "female"]} if kind in ("choice", "choices") else {}
    return {"id": kind, "type": kind, "required": False, **choices, **more}


SIMPLE = [
    question(kind)
    for kind in (
        *("text", "name", "address", "date", "partial_date", "integer", "money"),
        *("choice", "choices", "yes_no", "phone", "citizen_id", "area"),
    )
]
QUESTIONS = [
    *SIMPLE,
    question("text", id="email", key="email"),
    question("text", id="plate", pattern="^[0-9]{2}[A-Z]-[0-9]{4,5}$", longest=12),
    question("integer", id="copies", least=1, most=20, allow=["dont_know"]),
    question("repeat", fields=SIMPLE[:6], least=1, most=3),
]


def here(asked: dict[str, Any], raw: Any) -> list[Any]:
    """What the server reads, and says of the value it read."""
    value, error = parse(asked, raw, TODAY)
    errors = [] if value is None else [list(one) for one in errors_in(asked, value, TODAY)]
    return [value, error, errors]


def test_the_server_reads_what_the_fixtures_say():
    assert [(asked, raw, *here(asked, raw)) for asked, raw, *_ in TYPED] == [
        (asked, raw, value, error, []) for asked, raw, value, error in TYPED
    ]


def test_the_server_judges_kept_values_as_the_fixtures_say():
    judged = [[list(one) for one in errors_in(asked, value, TODAY)] for asked, value, _ in KEPT]
    assert judged == [errors for _, _, errors in KEPT]


def test_what_is_read_fits_the_schema():
    texts = hostile_texts(TEXTS, SEED)
    read = [(asked, parse(asked, raw, TODAY).value) for asked in QUESTIONS[:-1] for raw in texts]
    read += [(asked, value) for asked, _, value, _ in TYPED]
    answers = [
        (asked, {asked["id"]: {"state": "given", "value": value}})
        for asked, value in read
        if value is not None
    ]
    misfits = [ascii(one) for asked, one in answers if faults(validator(answer_schema([asked])), one)]
    assert misfits == []
    assert len(answers) > 500


@pytest.mark.browser
def test_the_browser_reads_what_the_fixtures_say():
    with chromium() as browser, twin_in(browser) as twin:
        said = twin.call("parse", [[asked, raw] for asked, raw, *_ in TYPED], TODAY)
        judged = twin.call("errors", [[asked, value] for asked, value, _ in KEPT], TODAY)
    assert list(zip(TYPED, said, strict=True)) == [(case, [case[2], case[3], []]) for case in TYPED]
    assert judged == [errors for _, _, errors in KEPT]


@pytest.mark.browser
def test_a_thousand_hostile_texts_are_read_alike_for_every_type():
    texts = hostile_texts(TEXTS, SEED)
    batch = [(asked, raw) for asked in QUESTIONS[:-1] for raw in texts]
    with chromium() as browser, twin_in(browser) as twin:
        there = twin.call("parseEach", QUESTIONS[:-1], texts, TODAY)
    for (asked, raw), said in zip(batch, there, strict=True):
        assert here(asked, raw) == said, (asked, ascii(raw)[:400])
    errors = {said[1] for said in there}
    assert {None, "not_text", "too_long", "not_a_name", "not_a_day", "not_a_number", "not_a_phone"} <= errors


@pytest.mark.browser
def test_hostile_answers_fit_the_schema_on_both_sides_or_on_neither():
    schema = answer_schema(QUESTIONS)
    random = Random(SEED)
    batch: list[Any] = [
        {asked["id"]: {"state": "given", "value": text}}
        for text in hostile_texts(TEXTS, SEED)
        for asked in random.sample(QUESTIONS, 3 if len(text) < 1000 else 1)
    ]
    batch += [hostile_values(random, QUESTIONS) for _ in range(TEXTS)]
    check = validator(schema)
    fits = [not faults(check, answers) for answers in batch]
    with chromium() as browser, twin_in(browser) as twin:
        there = [
            said
            for begin in range(0, len(batch), TEXTS)
            for said in twin.call("fits", schema, batch[begin : begin + TEXTS])
        ]
    for answers, one, other in zip(batch, fits, there, strict=True):
        assert one == other, (one, ascii(answers)[:400])
    assert min(fits.count(True), fits.count(False)) > 200
