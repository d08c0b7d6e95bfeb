"""What an edition's content promises: one spelling, one hash, texts with a fallback, doubts named."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.catalog.rules import (
    Account,
    DamagedEdition,
    DossierWarning,
    Doubt,
    EditionContent,
    Fact,
    Fee,
    HelpMinutes,
    NoSuchText,
    Online,
    Paper,
    Source,
    Step,
    TimeLimit,
    canonical_json,
    dossier_warning,
    edition_hash,
    from_json,
    gaps,
    text,
    text_keys,
    to_json,
    unverified,
)

pytestmark = pytest.mark.pure

SURE = Fact("law", "2026-07", "H")
SMALL = EditionContent(
    id="1.000000",
    kind="procedure",
    code="1.000000",
    valid_from="2026-11-01",
    checked_on="2026-07",
    sector="civil_status",
    levels=("commune",),
    pictogram="paper",
    needs_skill=None,
    online=Online("partial", SURE),
    account=Account("citizen", SURE),
    papers=(Paper("form", "submit", "form", 1, False, SURE),),
    fees=(Fee("all", ("online",), "amount", 8000, SURE),),
    exemptions=None,
    time_limit=TimeLimit("same_day", None, "15:00", SURE),
    usual_minutes=HelpMinutes(10, 15, "own_estimate"),
    portals=(),
    results=(),
    steps=(Step("fill", "citizen", ("form",), True, False, None),),
    referrals=(),
    sources=(Source("law", "A law", "2026-07", "H"),),
    texts={"vi": {"name": "Bản sao", "short": "Sao"}, "fr": {"name": "Copie"}},
)


def test_an_edition_comes_back_from_json_as_it_went():
    assert from_json(json.loads(json.dumps(to_json(SMALL)))) == SMALL


def test_the_canonical_spelling_is_sorted_tight_and_readable():
    spelt = canonical_json(SMALL)
    assert spelt == json.dumps(json.loads(spelt), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert "Bản sao" in spelt


def test_the_hash_depends_on_content_and_on_nothing_else():
    shuffled = replace(
        SMALL, texts={"fr": SMALL.texts["fr"], "vi": dict(reversed(SMALL.texts["vi"].items()))}
    )
    apart = replace(SMALL, texts={**SMALL.texts, "vi": {"name": "Ba\u0309n sao", "short": "Sao"}})
    dearer = replace(SMALL, fees=(replace(SMALL.fees[0], amount=8001),))
    assert edition_hash(shuffled) == edition_hash(apart) == edition_hash(SMALL)
    assert edition_hash(dearer) != edition_hash(SMALL)
    assert edition_hash(SMALL) == "5e6c4f7c161848099d52aae2d1340e0b34fdf57a81de2a5622cc68346a90155a"


def test_a_number_with_a_fraction_has_no_canonical_spelling():
    with pytest.raises(DamagedEdition, match=r"edition\.fees\.0\.amount: a float"):
        canonical_json(replace(SMALL, fees=(replace(SMALL.fees[0], amount=0.5),)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"kind": "wish"}, "edition.kind"),
        ({"colour": "red"}, "edition.colour"),
        ({"steps": "none"}, "edition.steps"),
        ({"steps": [{"id": "fill"}]}, "edition.steps.0.who"),
        ({"fees": [{**to_json(SMALL)["fees"][0], "amount": True}]}, "edition.fees.0.amount"),
        ({"texts": {"vi": {"name": 3}}}, "edition.texts.vi.name"),
        ({"account": None}, "edition.account"),
    ],
)
def test_a_damaged_edition_is_refused_with_the_place(change, where):
    with pytest.raises(DamagedEdition) as refused:
        from_json({**to_json(SMALL), **change})
    assert refused.value.facts["where"] == where


def test_a_missing_language_falls_back_to_vietnamese():
    assert [text(SMALL, "name", "fr"), text(SMALL, "short", "fr"), text(SMALL, "name", "en")] == [
        "Copie",
        "Sao",
        "Bản sao",
    ]
    with pytest.raises(NoSuchText, match="“summary”"):
        text(SMALL, "summary", "vi")


def test_the_keys_of_texts_follow_the_content():
    assert text_keys(SMALL) == (
        *("name", "short", "summary", "sector", "account", "time_limit"),
        *("papers.form.name", "papers.form.get", "fees.all"),
        *("steps.fill.title", "steps.fill.text", "steps.fill.say", "steps.fill.stop"),
    )


def test_weak_and_missing_sources_are_for_an_officer_to_confirm():
    unsure = replace(
        SMALL,
        fees=(replace(SMALL.fees[0], fact=Fact("law", "2026-07", "GK")),),
        papers=(replace(SMALL.papers[0], fact=Fact(None, None, None)),),
        steps=(replace(SMALL.steps[0], fact=Fact("law", "2026-07", "L")),),
        online=Online("partial", Fact("law", "2026-07", "M")),
    )
    assert unverified(SMALL) == []
    assert unverified(unsure) == [
        Doubt("papers.form", "no_source", None, None),
        Doubt("fees.all", "weak_source", "law", "GK"),
        Doubt("steps.fill", "weak_source", "law", "L"),
    ]


def test_what_nobody_knows_is_a_gap_and_never_free():
    open_ended = replace(
        SMALL,
        online=Online("unknown", SURE),
        fees=(
            Fee("all", ("online",), "set_by_province", None, SURE),
            Fee("extra", ("post",), "unknown", None, SURE),
        ),
        time_limit=TimeLimit("unknown", None, None, SURE),
    )
    assert gaps(SMALL) == []
    assert gaps(open_ended) == ["online", "fees.all", "fees.extra", "time_limit"]


@pytest.mark.parametrize(
    ("portal", "code", "warning"),
    [
        ("province", "000.00.12.H62-201105-0004", None),
        ("national", " g22.99.08-261124-000123 ", None),
        ("national", "G22.99.3-261124-000123", DossierWarning.PAYMENT_ID),
        ("ministry", "G22.99.3-1", DossierWarning.PAYMENT_ID),
        ("national", "hồ sơ số 5", DossierWarning.UNUSUAL_FORM),
        ("national", "G22.99.08-261124-123", DossierWarning.UNUSUAL_FORM),
        ("ministry", "BCA/2026/77", None),
        ("linked", "G22.99.08-261342-000123", DossierWarning.UNUSUAL_DATE),
        ("app", "092190123456", DossierWarning.LOOKS_LIKE_IDENTITY_NUMBER),
        ("national", "123456", DossierWarning.LOOKS_LIKE_ONE_TIME_CODE),
        ("national", "   ", DossierWarning.EMPTY),
    ],
)
def test_a_dossier_code_is_warned_about_and_never_refused(portal, code, warning):
    assert dossier_warning(portal, code) == warning


@given(st.sampled_from(["national", "app", "nowhere", ""]), st.text())
def test_no_dossier_code_whatever_stops_anybody(portal, code):
    assert dossier_warning(portal, code) is None or isinstance(dossier_warning(portal, code), DossierWarning)
