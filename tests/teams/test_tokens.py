"""A script's token is taken back alone, by those who run the ward."""

from __future__ import annotations

import pytest
from django.urls import reverse

from donghanh.kernel.errors import NotAllowed, NotFound
from donghanh.kernel.journal import House
from donghanh.kernel.models import JournalEntry
from donghanh.teams.actions.tokens import give_token, revoke_token
from donghanh.web.access import device_by_token
from tests import make
from tests.signed import sign_in


def test_one_token_is_taken_back_and_the_other_goes_on():
    ward = make.ward()
    first, second = (give_token("volunteer", by=House(), ward=ward) for _ in range(2))
    officer = make.member(ward, "officer")
    for _ in range(2):
        revoke_token(first.device, by=officer)
    assert device_by_token(first.token) is None
    assert device_by_token(second.token) == second.device
    (entry,) = JournalEntry.objects.filter(verb="token.revoke")
    assert (entry.ward, entry.subject_id, entry.by_id, entry.facts) == (
        ward.pk, str(first.device.pk), str(officer.pk), {"role": "volunteer"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("role", "own", "refusal"), [("coordinator", True, NotAllowed), ("officer", False, NotFound)]
)
def test_who_does_not_run_the_ward_takes_no_token_back(role, own, refusal):
    given = give_token("volunteer", by=House(), ward=make.ward())
    with pytest.raises(refusal):
        revoke_token(given.device, by=make.member(given.device.ward if own else None, role))
    assert device_by_token(given.token) == given.device


def test_the_office_lists_the_tokens_and_takes_one_back(client):
    ward = make.point().ward
    given = give_token("volunteer", by=House(), ward=ward, name="Máy đếm")
    sign_in(client, make.member(ward, "officer"))
    page = client.get(reverse("office_devices")).content.decode()
    assert "Máy đếm" in page
    assert given.token not in page
    client.post(reverse("office_token_revoke", args=[given.device.pk]))
    assert device_by_token(given.token) is None
    assert "Máy đếm" in client.get(reverse("office_devices")).content.decode()


def test_a_coordinator_sees_no_tokens(client):
    ward = make.point().ward
    give_token("volunteer", by=House(), ward=ward, name="Máy đếm")
    sign_in(client, make.member(ward, "coordinator"))
    assert "Máy đếm" not in client.get(reverse("office_devices")).content.decode()
