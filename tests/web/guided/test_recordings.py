"""A voice of a person wins over a rendered sound, in any language, until it is retired or the text changes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from donghanh.catalog.actions.recordings import MOST_BYTES, keep_recording
from donghanh.catalog.models import Edition, Recording
from donghanh.catalog.queries import content_of
from donghanh.catalog.rules.speech import sound_name, spoken
from donghanh.kernel.ids import new_id
from donghanh.kernel.models import JournalEntry
from donghanh.teams.models import Member
from tests import make
from tests.cases.editions import LANGUAGES, content, edition, marriage_questions
from tests.web.guided.client import browser

WEBM, OGG, MP4 = b"\x1aE\xdf\xa3sound", b"OggSsound", b"\0\0\0\x1cftypmp42"
KEY = "summary"


def speaking() -> Edition:
    """An edition each of whose texts is another one."""
    keys = content("9.000002", marriage_questions()).texts["vi"]
    texts = {language: {key: f"{key} ({language})" for key in keys} for language in LANGUAGES}
    return edition("9.000002", texts=texts)


def coordinator() -> Member:
    return make.member(make.ward(), "coordinator")


def record(member: Member | None, made: Edition, raw: bytes = WEBM, **more: str) -> HttpResponse:
    typed = {"key": KEY, "tag": "km", "label": "Khmer", **more}
    sent = {**typed, "sound": SimpleUploadedFile("sound", raw)}
    url = reverse("guide-record", args=[made.hash])
    return browser(member).post(url, sent, headers={"Accept": "application/json"})


def heard(made: Edition, language: str = "vi") -> dict[str, list[dict[str, str]]]:
    answer = browser().get(reverse("guide-audio", args=[made.hash, language]))
    found: dict[str, list[dict[str, str]]] = answer.json()["audio"]
    return found


def test_a_recording_in_another_language_is_offered_and_one_in_the_own_language_wins(settings, tmp_path):
    made = speaking()
    text = content_of(made.pk).texts["vi"][KEY]
    folder = tmp_path / made.procedure.code / "media" / "audio"
    folder.mkdir(parents=True)
    name = sound_name("vi", "vi", text) + ".opus"
    (folder / name).write_bytes(OGG)
    settings.PACKS = tmp_path
    rendered = {"tag": "vi", "label": "", "url": reverse("guide-sound", args=[name])}
    assert heard(made) == {KEY: [rendered]}
    member = coordinator()
    answer = record(member, made)
    khmer = {"tag": "km", "label": "Khmer", "url": answer.json()["url"]}
    assert (answer.status_code, heard(made)) == (201, {KEY: [rendered, khmer]})
    own = {
        "tag": "vi",
        "label": "Tiếng Việt",
        "url": record(member, made, OGG, tag="vi", label="Tiếng Việt").json()["url"],
    }
    assert heard(made) == {KEY: [own, khmer]}
    assert heard(made, "en") == {KEY: [khmer, own]}
    sounds = [browser().get(url) for url in (khmer["url"], own["url"], rendered["url"])]
    assert [(one.headers["Content-Type"], one.content) for one in sounds] == [
        ("audio/webm", WEBM), ("audio/ogg", OGG), ("audio/ogg", OGG),
    ]  # fmt: skip


def test_a_new_recording_takes_the_place_of_the_one_before_and_a_retired_one_leaves_nothing():
    made, member = speaking(), coordinator()
    first, second = record(member, made).json(), record(member, made, MP4).json()
    assert [one["url"] for one in heard(made)[KEY]] == [second["url"]]
    retire = reverse("guide-recording-retire", args=[second["id"]])
    assert [browser(member).post(retire).status_code for _ in range(2)] == [200, 200]
    assert heard(made) == {}
    assert [browser().get(one["url"]).status_code for one in (first, second)] == [404, 404]
    assert [bytes(one.body) for one in Recording.objects.all()] == [b"", b""]
    said = JournalEntry.objects.filter(verb__startswith="recording.").order_by("seq")
    assert [(one.verb, json.loads(one.facts_json)) for one in said] == [
        (verb, {"key": KEY, "tag": "km"})
        for verb in ("recording.keep", "recording.retire", "recording.keep", "recording.retire")
    ]


def test_a_text_that_changed_is_not_spoken_in_its_old_words():
    made, member = speaking(), coordinator()
    record(member, made)
    Recording.objects.update(text_hash="0" * 64)
    assert heard(made) == {}


@pytest.mark.parametrize(
    ("raw", "more", "code"),
    [
        (b"<html>", {}, "not-a-sound"),
        (b"", {}, "not-a-sound"),
        (WEBM + bytes(MOST_BYTES), {}, "not-a-sound"),
        (WEBM, {"tag": "khmer language"}, "invalid"),
        (WEBM, {"label": ""}, "invalid"),
        (WEBM, {"label": "x" * 41}, "invalid"),
        (WEBM, {"key": "nothing"}, "not-found"),
    ],
)
def test_what_is_no_recording_is_refused_by_name(raw: bytes, more: dict[str, Any], code: str):
    assert record(coordinator(), speaking(), raw, **more).json()["code"] == code
    assert Recording.objects.count() == 0


def test_only_those_who_lead_lend_their_voice():
    made = speaking()
    assert record(make.member(make.ward()), made).status_code == 403
    assert record(None, made).status_code == 302
    page = reverse("guide-voices", args=[made.hash])
    assert browser(make.member(make.ward())).get(page).status_code == 403
    shown = browser(coordinator()).get(page).content.decode()
    assert shown.count("<dh-record ") == len(spoken(content_of(made.pk), "vi"))


def test_a_recording_on_the_page_of_voices_can_be_heard_and_taken_back():
    made, member = speaking(), coordinator()
    kept = keep_recording(made, KEY, OGG, tag="tay", label="Tày", by=member)
    shown = browser(member).get(reverse("guide-voices", args=[made.hash])).content.decode()
    assert reverse("guide-recording", args=[kept.pk]) in shown
    assert reverse("guide-recording-retire", args=[kept.pk]) in shown


def test_names_that_are_no_sound_open_nothing():
    urls = [
        reverse("guide-sound", args=["pack.yaml"]),
        reverse("guide-sound", args=["0" * 32 + ".opus"]),
        reverse("guide-sound", args=["..%2f" + "0" * 32 + ".opus"]),
        reverse("guide-recording", args=[new_id()]),
        reverse("guide-audio", args=["0" * 64, "vi"]),
        reverse("guide-audio", args=[speaking().hash, "de"]),
    ]
    assert [browser().get(url).status_code for url in urls] == [404] * 6
