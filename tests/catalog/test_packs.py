"""The packs that ship: each reads, says the same in three languages, and tells where it knows it from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from donghanh.catalog.actions.read_pack import read_all, read_pack
from donghanh.catalog.rules import (
    LANGUAGES,
    edition_hash,
    from_json,
    gaps,
    text,
    text_keys,
    to_json,
    unverified,
)
from donghanh.catalog.rules.doubts import facts
from donghanh.catalog.rules.texts import optional_text_keys

pytestmark = pytest.mark.pure

SHIPPED = Path(__file__).parents[2] / "packs"
PACKS = {content.id: content for content in read_all(SHIPPED)}
every_pack = pytest.mark.parametrize("content", PACKS.values(), ids=PACKS)

# Cognates and proper names that are rightly the same in two languages.
SAME_IN_TWO = {"Certification"}


def test_the_shipped_packs_are_these():
    assert set(PACKS) == {
        *("1.000894", "2.000635", "1.001193", "1.000656", "1.004873", "2.000815"),
        *("1.004194", "1.004222", "1.010041", "2.001159", "1.011410", "3.000228"),
        *("1.014027", "1.001939", "2.000740", "1.002755", "1.003677", "1.010038", "1.010039", "1.003197"),
        *("2.000884", "2.000908", "2.002516", "1.004859", "1.004884", "2.000986", "1.014061", "1.014063"),
        *("1.014064", "3.000285", "1.001731", "1.001776", "1.001699", "1.011607", "1.002179", "1.002759"),
        *("1.001612", "1.014028", "1.001653", "1.014062", "3.000286"),
        *("svc.vneid-install", "svc.vneid-activate", "svc.digital-signature"),
        *("svc.health-record", "svc.payment-app", "svc.scam-advice", "svc.social-insurance-check"),
    }


@every_pack
def test_a_shipped_pack_reads_the_same_twice_and_survives_storage(content):
    again = read_pack(SHIPPED / content.id)
    assert again == content == from_json(to_json(content))
    assert edition_hash(again) == edition_hash(content)


@every_pack
def test_three_languages_hold_the_same_keys_and_differ(content):
    needed, allowed = set(text_keys(content)), set(optional_text_keys(content))
    written = set(content.texts["vi"])
    assert needed <= written <= needed | allowed
    assert {language: set(content.texts[language]) for language in LANGUAGES} == dict.fromkeys(
        LANGUAGES, written
    )
    twins = [key for key in needed if len({text(content, key, language) for language in LANGUAGES}) < 3]
    assert [key for key in twins if text(content, key, "en") not in SAME_IN_TWO] == []


@every_pack
def test_every_fact_has_a_source_a_date_and_a_confidence(content):
    known = {source.id for source in content.sources}
    assert [where for where, fact in facts(content) if fact.source not in known] == []
    assert [where for where, fact in facts(content) if not fact.checked or not fact.confidence] == []


@every_pack
def test_general_knowledge_is_shown_as_such(content):
    weak = {where for where, fact in facts(content) if fact.confidence in ("L", "GK")}
    assert {doubt.where for doubt in unverified(content)} == weak


@every_pack
def test_a_guide_is_short_and_says_where_the_helper_stops(content):
    doing = [step for step in content.steps if step.kind not in ("ask", "review")]
    assert 2 <= len(doing) <= 7
    assert 4 <= len(content.steps) <= 14
    assert any(step.volunteer_stops for step in content.steps)
    for step in content.steps:
        for language in LANGUAGES:
            said = text(content, f"steps.{step.id}.say", language)
            assert len(re.findall(r"[.!?](?:\s|$)", said)) <= 2, said


@every_pack
def test_the_helper_stops_wherever_a_secret_is_typed(content):
    for step in content.steps:
        words = content.texts["en"][f"steps.{step.id}.text"]
        if re.search(r"\b(type|set|choose)\b[^.]*\b(password|code|passcode)\b", words, re.IGNORECASE):
            assert (step.who, step.volunteer_stops) == ("citizen", True), step.id


@every_pack
def test_a_picture_of_a_card_is_named_only_to_forbid_it(content):
    for key, written in content.texts["vi"].items():
        for sentence in re.split(r"[.;]", written):
            if re.search(r"chụp ảnh (thẻ|giấy)", sentence):
                assert re.search(r"[Kk]hông", sentence), key


@every_pack
def test_a_member_never_lends_an_account(content):
    assert content.account.who in ("citizen", "none")
    if content.account.who == "citizen":
        assert "own" in text(content, "account", "en")


def test_marriage_says_that_both_sign_in_person():
    marriage = PACKS["1.000894"]
    signing = next(step for step in marriage.steps if step.id == "sign")
    assert (signing.who, signing.officer_only, signing.volunteer_stops) == ("officer", True, True)
    assert text(marriage, "steps.sign.say", "en") == "On the day, both of you must be present to sign."
    assert {fee.id: fee.amount for fee in marriage.fees} == {"all": 0, "extract": 8000}
    assert marriage.time_limit.kind == "unknown"


def test_level_two_ends_at_the_police_and_not_at_the_desk():
    level_two = PACKS["3.000228"]
    assert level_two.steps[-1].officer_only
    assert [referral.to for referral in level_two.referrals] == ["police", "other"]
    assert gaps(level_two) == ["fees.any"]


def test_the_three_o_clock_rule_is_where_the_record_states_it():
    limits = {
        code: (c.time_limit.kind, c.time_limit.cutoff, c.time_limit.fact.confidence)
        for code, c in PACKS.items()
    }
    assert {code: limit for code, limit in limits.items() if limit[0] == "same_day"} == {
        "1.000656": ("same_day", "15:00", "H"),
        "1.001193": ("same_day", "15:00", "H"),
        "2.000635": ("same_day", "15:00", "M"),
        "2.000815": ("same_day", "15:00", "GK"),
        "2.000884": ("same_day", "15:00", "GK"),
    }


def test_no_service_pretends_to_be_a_procedure():
    services = [content for content in PACKS.values() if content.kind == "service"]
    assert {(c.code, c.online, c.time_limit.kind) for c in services} == {(None, None, "none")}
