"""The public pages: find, read, get ready. No account, nothing kept, unknown is never free."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from donghanh.catalog.actions.read_pack import read_pack
from donghanh.catalog.models import Procedure
from donghanh.catalog.rules.content import EditionContent, Fee
from donghanh.kernel.models import JournalEntry
from donghanh.web.procedure.facts import cost_in_short
from tests import make

TODAY = date(2026, 11, 24)


@pytest.fixture
def english(client: Client) -> Client:
    """Somebody who reads English."""
    client.cookies["donghanh_language"] = "en"
    return client


@pytest.fixture
def marriage() -> EditionContent:
    """A shipped edition to change."""
    return read_pack(settings.PACKS / "1.000894")


def with_fees(content: EditionContent, *fees: tuple[str, int | None], **facts: str) -> EditionContent:
    """The content with fees of these kinds and amounts."""
    made = [
        Fee(f"f{place}", ("online",), kind, amount, content.fees[0].fact, **facts)  # type: ignore[arg-type]
        for place, (kind, amount) in enumerate(fees)
    ]
    return replace(content, fees=tuple(made))


@pytest.mark.parametrize(
    ("fees", "said"),
    [
        ([("amount", 0)], "Free"),
        ([("amount", 8000)], "8.000 đ"),
        ([("amount", 10000), ("amount", 20000)], "10.000 đ to 20.000 đ"),
        ([("amount", 0), ("amount", 8000)], "Free in the usual case, otherwise up to 8.000 đ"),
        ([("set_by_province", None)], "Set by the province: please ask at the desk"),
        ([("unknown", None)], "Not known: please ask at the desk"),
        ([("amount", 0), ("unknown", None)], "Free in the usual case; otherwise as the province has set"),
        ([], "Not known: please ask at the desk"),
    ],
)
def test_what_is_not_known_is_never_called_free(
    marriage: EditionContent, fees: list[tuple[str, int | None]], said: str
):
    with translation.override("en"):
        assert cost_in_short(with_fees(marriage, *fees), TODAY) == said


def test_a_fee_of_last_year_is_not_the_fee_of_today(marriage: EditionContent):
    with translation.override("en"):
        past = with_fees(marriage, ("amount", 5000), valid_to="2026-11-23")
        assert cost_in_short(past, TODAY) == "Not known: please ask at the desk"


def test_a_page_says_what_to_bring_what_it_costs_how_long_and_from_where(english: Client):
    make.procedure("1.001193")
    page = english.get("/p/1.001193").content.decode()
    for words in ("What to bring", "What it costs", "How long it takes", "Who may do it", "How we know this"):
        assert words in page
    assert "set by the province" in page
    assert "The same day; after 15:00 the next working day" in page
    assert "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/" in page
    assert "not confirmed" in page


def test_a_need_shows_its_procedures_in_their_order_and_leaves_out_what_is_not_published(english: Client):
    for code in ("1.000894", "2.000635"):
        make.procedure(code)
    page = english.get("/find/marriage/").content.decode()
    assert page.index("/p/1.000894") < page.index("/p/2.000635")
    assert "/p/1.004222" not in page
    assert "The main thing. Both of you come to sign, and it is free." in page


def test_needs_of_which_nothing_is_published_are_not_shown(english: Client):
    make.procedure("1.000894")
    assert "Getting married" in english.get("/find/").content.decode()
    assert "A lost ID card" not in english.get("/find/").content.decode()
    assert english.get("/find/lost_card/").status_code == 404


def test_words_find_without_javascript_and_never_stand_in_an_address(english: Client):
    make.procedure("1.000894")
    page = english.post("/find/", {"words": "cuoi vo"}).content.decode()
    assert "/p/1.000894" in page
    assert 'method="post"' in page
    assert (
        "/p/1.000894"
        not in english.get("/find/?words=cuoi+vo").content.decode().split("Or what happened?")[0]
    )


def test_the_found_part_alone_is_sent_to_a_page_that_is_open(english: Client):
    make.procedure("1.000894")
    part = english.post("/find/", {"words": "cuoi vo"}, headers={"HX-Request": "true"}).content.decode()
    assert "/p/1.000894" in part
    assert "<html" not in part


def test_searching_writes_nothing_not_even_into_the_journal(english: Client):
    make.procedure("1.000894")
    before = JournalEntry.objects.count()
    english.post("/find/", {"words": "Nguyễn Văn An 001090123456"})
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize("words", ["", " ", "?", "x" * 5000, "<script>alert(1)</script>", "đ̣̃́", "\u202e"])
def test_strange_words_get_a_quiet_page(english: Client, words: str):
    make.procedure("1.000894")
    answer = english.post("/find/", {"words": words})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_the_guide_without_javascript_is_a_list_of_what_to_get_ready(english: Client):
    make.procedure("1.000894")
    page = english.get("/p/1.000894/guide").content.decode()
    assert "What you will be asked" in page
    assert '<dh-guide plan="/guide/plans/' in page
    assert 'store="phone"' in page


def test_a_procedure_without_questions_has_no_guide(english: Client):
    make.procedure("svc.scam-advice")
    assert english.get("/p/svc.scam-advice").status_code == 200
    assert english.get("/p/svc.scam-advice/guide").status_code == 404


@pytest.mark.parametrize("path", ["/p/9.999999", "/p/9.999999/guide", "/p/..%2f", "/find/nothing/"])
def test_what_is_not_there_is_refused_by_name(english: Client, path: str):
    assert english.get(path).status_code == 404


def test_a_procedure_taken_back_has_no_page(english: Client):
    make.procedure("1.000894")
    Procedure.objects.update(current=None)
    assert english.get("/p/1.000894").status_code == 404
    assert "1.000894" not in english.get("/p/").content.decode()


def test_reading_pages_may_be_kept_a_while_but_not_the_guide(english: Client):
    make.procedure("1.000894")
    kept = {path: english.get(path)["Cache-Control"] for path in ("/p/1.000894", "/p/", "/find/marriage/")}
    assert set(kept.values()) == {"private, max-age=300"}
    assert "Cookie" in english.get("/p/1.000894")["Vary"]
    assert english.get("/p/1.000894/guide")["Cache-Control"] == "no-store"
