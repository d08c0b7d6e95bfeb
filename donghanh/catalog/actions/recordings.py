"""Keep the voice of a member for a text, and take it back. Each is an entry of the catalogue's chain."""

from __future__ import annotations

from donghanh.catalog.actions.publish import CATALOGUE_CHAIN
from donghanh.catalog.models import Edition, Recording
from donghanh.catalog.queries import content_of
from donghanh.catalog.rules.speech import is_tag, kind_of_sound, spoken, text_hash
from donghanh.kernel import clock, journal
from donghanh.kernel.errors import Invalid, NotFound, Refusal
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.text import nfc

MOST_BYTES = 400_000
LONGEST_LABEL = 40


class NotASound(Refusal):
    """The bytes are none of the sounds a browser records, or too many."""

    message = "This is not a recording, or it is longer than a few sentences. Please record it again."
    status = 422


@action
def keep_recording(edition: Edition, key: str, raw: bytes, *, tag: str, label: str, by: Actor) -> Recording:
    """Keep a recording of a text in a language; one made before is retired. Refuses with NotFound, Invalid, NotASound."""
    text = spoken(content_of(edition.pk), "vi").get(key)
    if text is None:
        raise NotFound()
    name = nfc(label)
    if not is_tag(tag):
        raise Invalid(field="tag", problem="vi, km, tay, hmn, …")
    if not name or len(name) > LONGEST_LABEL or not name.isprintable():
        raise Invalid(field="label", problem=f"1–{LONGEST_LABEL}")
    kind = kind_of_sound(raw)
    if kind is None or len(raw) > MOST_BYTES:
        raise NotASound()
    for before in Recording.objects.filter(
        text_hash=text_hash(text), key=key, tag=tag, retired_at__isnull=True
    ):
        _retire(before, by)
    made = Recording.objects.create(
        text_hash=text_hash(text), key=key, tag=tag, label=name, kind=kind, body=raw,
        made_by=by.actor_id, made_at=clock.now(),
    )  # fmt: skip
    _write("recording.keep", made, by)
    return made


@action
def retire_recording(recording: Recording, *, by: Actor) -> None:
    """Nobody hears it any more, and the sound is taken out of the database. Twice is once."""
    if recording.retired_at is None:
        _retire(recording, by)


def _retire(recording: Recording, by: Actor) -> None:
    recording.retired_at, recording.body = clock.now(), b""
    recording.save(update_fields=["retired_at", "body"])
    _write("recording.retire", recording, by)


def _write(verb: str, recording: Recording, by: Actor) -> None:
    journal.write(
        verb, ward=CATALOGUE_CHAIN, by=by, subject="recording", subject_id=recording.pk,
        facts={"key": recording.key, "tag": recording.tag},
    )  # fmt: skip
