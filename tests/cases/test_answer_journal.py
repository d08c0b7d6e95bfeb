"""The database itself keeps the journal of answers: rows are added, never altered, never taken away."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from donghanh.cases.models import Answer
from donghanh.kernel import clock
from donghanh.kernel.ids import new_id
from tests import make


def _answer() -> Answer:
    case = make.case()
    moment = clock.now()
    return Answer.objects.create(
        id=new_id(), case=case, question="groom_name", state="given", value="closed", raw="closed",
        source="typed", hand="member", words="own", at=moment, kept_at=moment,
        edition_hash=case.edition.hash, seq=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"state": "empty"}, {"question": "bride_name"}, {"source": "scanned"}, {"hand": "citizen"},
        {"confirmed": False}, {"edition_hash": "0" * 64}, {"seq": 7},
    ],
)  # fmt: skip
def test_an_answer_is_never_altered(change: dict[str, object]) -> None:
    kept = _answer()
    before = Answer.objects.filter(pk=kept.pk).values().get()
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.filter(pk=kept.pk).update(**change)
    assert Answer.objects.filter(pk=kept.pk).values().get() == before


def test_an_answer_is_never_taken_away() -> None:
    kept = _answer()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{Answer._meta.db_table}"')
    assert Answer.objects.filter(pk=kept.pk).exists()


def test_what_was_said_may_be_blanked() -> None:
    kept = _answer()
    Answer.objects.filter(pk=kept.pk).update(value="", raw="", reason="", by=None, device="")
    kept.refresh_from_db()
    assert (kept.value, kept.raw, kept.state) == ("", "", "given")
