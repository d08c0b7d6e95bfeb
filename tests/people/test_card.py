"""The QR code of a chip card, read by the server and by the page alike: both run `twins/cards.json`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donghanh.people.rules.card import read_card
from tests.browser import chromium
from tests.twins.pages import module_page

FIXTURES: dict[str, Any] = json.loads((Path(__file__).parents[1] / "twins" / "cards.json").read_text())
TODAY = date.fromisoformat(FIXTURES["today"])
EXPECTED = [(card["name"], card["expected"]) for card in FIXTURES["cards"]]
FIELD = st.one_of(
    st.text(max_size=30), st.from_regex(r"[0-9]{7,13}", fullmatch=True), st.sampled_from(["", "Nam", "Nữ"])
)


def read_here(text: str) -> dict[str, Any] | None:
    card = read_card(text, TODAY)
    return None if card is None else {**asdict(card), "warnings": list(card.warnings)}


@pytest.mark.pure
def test_the_server_reads_cards_as_the_fixtures_say():
    assert [(card["name"], read_here(card["text"])) for card in FIXTURES["cards"]] == EXPECTED


# A busy machine draws slowly; that says nothing about the reader.
@pytest.mark.pure
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FIELD, max_size=10).map("|".join))
def test_no_text_at_all_breaks_the_reader(text: str):
    card = read_card(f"092150001234|{text}", TODAY)
    assert card is None or (card.id_number == "092150001234" and text.count("|") >= 4)


@pytest.mark.pure
@pytest.mark.browser
def test_the_page_reads_cards_as_the_fixtures_say():
    with chromium() as browser:
        page = module_page(browser, "js/guide/card.js")
        read = page.evaluate(
            """async ({cards, today}) => {
              const { readCard } = await import("/static/js/guide/card.js");
              return cards.map((one) => [one.name, readCard(one.text, today)]);
            }""",
            FIXTURES,
        )
    assert [(name, card) for name, card in read] == EXPECTED
