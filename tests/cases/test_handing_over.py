"""From a phone to the desk: ciphertext for a day, once, and nothing anybody here could read."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest

from donghanh.cases.actions.blanking import purge_handovers
from donghanh.cases.actions.handing_over import MOST_BYTES, HandoverTaken, hand_over, take
from donghanh.cases.models import HandOver
from donghanh.kernel import clock
from donghanh.kernel.errors import Invalid, NotAllowed, NotFound
from donghanh.kernel.models import JournalEntry
from tests import make

ID = "0123456789abcdef" * 2
BODY = base64.urlsafe_b64encode(bytes(range(60))).decode()


def test_what_a_phone_left_is_taken_once_and_wiped():
    member = make.member()
    _, is_new = hand_over(ID, kind="answers", body=BODY)
    _, is_new_again = hand_over(ID, kind="answers", body=BODY)
    assert (is_new, is_new_again, take(ID, by=member).body) == (True, False, BODY)
    row = HandOver.objects.get()
    assert (row.body, row.taken_by) == ("", member)
    with pytest.raises(NotFound):
        take(ID, by=member)
    with pytest.raises(HandoverTaken):
        hand_over(ID, kind="answers", body=BODY)
    entry = JournalEntry.objects.get(verb="handover.take")
    assert (entry.facts, ID in entry.facts_json + entry.subject_id) == ({"kind": "answers"}, False)


def test_after_a_day_it_is_gone():
    member = make.member()
    hand_over(ID, kind="answers", body=BODY)
    with clock.at(clock.now() + timedelta(hours=24, seconds=1)):
        with pytest.raises(NotFound):
            take(ID, by=member)
        assert purge_handovers(clock.now()) == 1
    assert not HandOver.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"handover_id": "ABC"}, "id"),
        ({"handover_id": "g" * 32}, "id"),
        ({"kind": "photo"}, "kind"),
        ({"body": "xyz!"}, "body"),
        ({"body": "A"}, "body"),
        ({"body": "AAAA"}, "body"),
        ({"body": base64.urlsafe_b64encode(bytes(MOST_BYTES + 1)).decode()}, "body"),
    ],
)
def test_what_is_no_hand_over_is_refused(facts, field):
    with pytest.raises(Invalid) as refused:
        hand_over(**{"handover_id": ID, "kind": "answers", "body": BODY, **facts})
    assert (refused.value.facts["field"], HandOver.objects.count()) == (field, 0)


def test_only_who_helps_may_take():
    hand_over(ID, kind="answers", body=BODY)
    with pytest.raises(NotAllowed):
        take(ID, by=make.member(role="province_officer"))
