"""`donghanh token`: what it prints opens what the role may open, and nothing else is kept of it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from donghanh.kernel.models import JournalEntry
from donghanh.teams.models import Device, Member
from donghanh.web.access import device_by_token
from tests import make


def printed(*arguments: str) -> str:
    """The command's output, which is one line: the token."""
    out = StringIO()
    call_command("token", *arguments, stdout=out)
    return out.getvalue().removesuffix("\n")


def device(token: str) -> Device:
    """The device that a token opens."""
    found = device_by_token(token)
    assert found is not None
    return found


def test_a_script_acts_as_a_service_member_who_cannot_sign_in():
    ward = make.ward()
    point = make.point(ward)
    first = device(printed("volunteer", "--ward", ward.pk, "--name", "Thi thử"))
    second = device(printed("volunteer", "--ward", ward.pk))
    member = Member.objects.get(username=f"script-volunteer-{ward.pk}")
    assert (first.kind, first.name, first.role, first.member, first.point) == (
        "script", "Thi thử", "volunteer", member, None,
    )  # fmt: skip
    assert (second.member, member.ward, member.has_usable_password()) == (member, ward, False)
    bound = device(printed("officer", "--point", str(point.pk)))
    assert (bound.role, bound.point) == ("officer", point)


def test_a_device_stands_at_a_point_the_first_one_when_none_is_named():
    ward = make.ward()
    make.point(ward, name="Xe lưu động", mobile=True)
    fixed = make.point(ward)
    kiosk = device(printed("kiosk", "--ward", ward.pk))
    assert (kiosk.kind, kiosk.role, kiosk.point, kiosk.member) == ("kiosk", "kiosk", fixed, None)


def test_a_province_officer_sees_the_province():
    ward = make.ward()
    script = device(printed("province_officer", "--ward", ward.pk))
    assert script.member is not None
    assert (script.member.ward, script.member.province_code) == (None, ward.province_code)


def test_only_the_hash_is_kept_and_the_journal_knows_who_was_let_in():
    ward = make.ward()
    make.point(ward)
    token = printed("coordinator", "--ward", ward.pk)
    row = device(token)
    assert token not in "".join(str(value) for value in vars(row).values())
    entry = JournalEntry.objects.get(verb="token.give", ward=ward.pk)
    assert (entry.subject_id, entry.facts) == (str(row.pk), {"kind": "script", "role": "coordinator"})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("kiosk", "--ward", "00001"), "There is no ward 00001 here."),
        (("kiosk", "--point", "x"), "“x” is no id of a point."),
        (("kiosk", "--point", "0192f0c1-7b1a-7cc1-8f5d-2a5d3c1e9b10"), "There is no such point."),
    ],
)
def test_a_wrong_place_is_named(arguments: tuple[str, ...], message: str):
    with pytest.raises(CommandError) as failure:
        printed(*arguments)
    assert str(failure.value).startswith(message)
