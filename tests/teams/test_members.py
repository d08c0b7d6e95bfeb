"""Members: who may make whom, the last officer, passwords, PINs, and a file taken over whole or not at all."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator

from donghanh.kernel.errors import Invalid, NotFound
from donghanh.kernel.models import JournalEntry
from donghanh.teams.actions.appointing import LastOfficer, MayNotAppoint, NotYourself
from donghanh.teams.actions.member_file import WrongMemberFile, add_members_from
from donghanh.teams.actions.members import (
    ForeignOrganisation,
    MemberFacts,
    NameTaken,
    PinTooEasy,
    add_member,
    deactivate_member,
    edit_member,
    is_good_pin,
    mend_second_factor,
    reactivate_member,
    reset_password,
    set_pin,
)
from donghanh.teams.models import Device, Member
from donghanh.teams.rules import MAY_APPOINT
from tests import make

HEAD = "username,full_name,role,organisation,phone,skills\n"


def facts(role: str = "volunteer", **more: object) -> MemberFacts:
    return MemberFacts(**{"username": "le.an", "full_name": "Lê An", "role": role, **more})  # type: ignore[arg-type]


def last_entry() -> JournalEntry:
    return JournalEntry.objects.order_by("-id")[0]


def test_a_new_member_signs_in_with_a_one_time_password_and_the_journal_names_them_by_id_only():
    ward = make.ward()
    officer = make.member(ward, "officer")
    made = add_member(ward, facts(username=" Le.An ", full_name="  Lê   An "), by=officer)
    member = Member.objects.get(username="le.an")
    assert (member.full_name, member.role, member.ward, member.must_change_password) == (
        "Lê An",
        "volunteer",
        ward,
        True,
    )
    assert member.check_password(made.password)
    entry = last_entry()
    assert (entry.verb, entry.subject_id, entry.by_id) == ("member.add", str(member.pk), str(officer.pk))
    assert json.loads(entry.facts_json) == {"role": "volunteer"}


@pytest.mark.parametrize("by", Member.ROLES)
@pytest.mark.parametrize("wanted", Member.ROLES)
def test_a_role_makes_only_the_roles_it_may_appoint(by, wanted):
    ward = make.ward()
    maker = make.member(ward, by)
    wanted_facts = facts(wanted, province_code="92")
    if wanted in MAY_APPOINT.get(by, frozenset()):
        assert add_member(ward, wanted_facts, by=maker).member.role == wanted
    else:
        with pytest.raises(MayNotAppoint):
            add_member(ward, wanted_facts, by=maker)


def test_nobody_appoints_in_a_ward_they_do_not_see():
    with pytest.raises(NotFound):
        add_member(make.ward(), facts(), by=make.member(make.ward(), "officer"))


def test_a_coordinator_lifts_no_volunteer_above_themselves():
    ward = make.ward()
    volunteer = make.member(ward)
    with pytest.raises(MayNotAppoint):
        edit_member(
            volunteer, facts("coordinator", username=volunteer.username), by=make.member(ward, "coordinator")
        )
    volunteer.refresh_from_db()
    assert volunteer.role == "volunteer"


def test_names_are_taken_once_and_organisations_are_of_the_ward():
    ward, other = make.ward(), make.ward()
    officer = make.member(ward, "officer", username="hang")
    with pytest.raises(NameTaken):
        add_member(ward, facts(username="HANG"), by=officer)
    with pytest.raises(ForeignOrganisation):
        add_member(ward, facts(organisation=make.organisation(other)), by=officer)
    with pytest.raises(Invalid):
        add_member(ward, facts(username="một hai"), by=officer)


def test_the_last_officer_of_a_ward_stays_and_nobody_takes_their_own_place_away():
    ward = make.ward()
    first, second = make.member(ward, "officer"), make.member(ward, "officer")
    with pytest.raises(NotYourself):
        deactivate_member(first, by=first)
    deactivate_member(second, by=first)
    administrator = make.member(make.ward(), "administrator")
    Member.objects.filter(pk=administrator.pk).update(ward=None)
    administrator.refresh_from_db()
    with pytest.raises(LastOfficer):
        deactivate_member(first, by=administrator)
    with pytest.raises(LastOfficer):
        edit_member(first, facts("coordinator", username=first.username), by=administrator)
    reactivate_member(second, by=first)
    with pytest.raises(NotYourself):
        edit_member(first, facts("coordinator", username=first.username), by=first)


def test_leaving_ends_badge_and_scripts_and_coming_back_opens_the_door_again():
    ward = make.ward()
    officer, volunteer = make.member(ward, "officer"), make.member(ward, badge_hash="x", badge_number=5)
    script = Device.objects.create(kind="script", name="s", ward=ward, member=volunteer, token_hash="y")
    deactivate_member(volunteer, by=officer)
    script.refresh_from_db()
    assert (volunteer.is_active, volunteer.badge_hash, volunteer.badge_number) == (False, "", 0)
    assert script.revoked_at is not None
    assert reactivate_member(volunteer, by=officer).is_active


def test_a_lost_second_factor_is_mended_with_one_verb():
    ward = make.ward()
    officer, coordinator = make.member(ward, "officer"), make.member(ward, "coordinator")
    Authenticator.objects.create(user=coordinator, type=Authenticator.Type.TOTP, data={"secret": "x"})
    seal = coordinator.get_session_auth_hash()
    made = mend_second_factor(coordinator, by=officer)
    fresh = Member.objects.get(pk=coordinator.pk)
    assert not Authenticator.objects.filter(user=fresh).exists()
    assert fresh.check_password(made.password)
    assert fresh.must_change_password
    assert fresh.get_session_auth_hash() != seal
    assert last_entry().verb == "member.mend_second_factor"
    with pytest.raises(MayNotAppoint):
        mend_second_factor(officer, by=coordinator)
    with pytest.raises(NotYourself):
        reset_password(officer, by=officer)


@pytest.mark.parametrize(
    ("pin", "good"),
    [
        ("123456", False),
        ("654321", False),
        ("777777", False),
        ("12345", False),
        ("12345a", False),
        ("804215", True),
        ("135791", True),
    ],
)
def test_a_pin_is_six_digits_that_are_no_run(pin, good):
    assert is_good_pin(pin) is good


def test_a_pin_is_kept_as_a_hash():
    member = make.member()
    with pytest.raises(PinTooEasy):
        set_pin(member, "111111")
    set_pin(member, "804215")
    member.refresh_from_db()
    assert "804215" not in member.pin
    assert member.pin != ""


def test_a_file_of_members_is_taken_over():
    ward = make.ward()
    make.organisation(ward, "youth_union")
    content = f"﻿{HEAD}an.le,Lê An,volunteer,Đơn vị youth_union,0901 234 567,civil_status vneid\nbinh,Võ Bình,coordinator,,,\n"
    made = add_members_from(ward, content.encode(), file="m.csv", by=make.member(ward, "officer"))
    assert [(one.member.username, one.member.role, one.member.phone, one.member.skills) for one in made] == [
        ("an.le", "volunteer", "0901234567", ["civil_status", "vneid"]),
        ("binh", "coordinator", "", []),
    ]


def test_a_wrong_file_names_every_place_and_leaves_nothing_behind():
    ward = make.ward()
    make.member(ward, username="taken")
    content = (
        HEAD
        + "an,Lê An,volunteer,,,\nan.le,,boss,Nowhere,12,\ntaken,Ngô Hai,volunteer,,,\nan.le,Lê Ba,volunteer,,,\n"
    )
    with pytest.raises(WrongMemberFile) as refused:
        add_members_from(ward, content.encode(), file="m.csv", by=make.member(ward, "officer"))
    assert refused.value.problems == [
        "m.csv, line 2, column username: “an” is no sign-in name. Use 3 to 60 of a–z, 0–9, . _ -.",
        "m.csv, line 3, column full_name: the name is empty or too long. Write 1 to 120 characters.",
        "m.csv, line 3, column role: “boss” is no role. Use one of volunteer, coordinator, officer, province_officer, administrator.",
        "m.csv, line 3, column organisation: “Nowhere” is not known here. Add it in the office first.",
        "m.csv, line 3, column phone: this is no phone number. Write 8 to 14 digits.",
        "m.csv, line 5, column username: “an.le” stands in line 3 too. Give each member one line.",
        "m.csv, line 4, column username: “taken” is taken. Choose another name.",
    ]
    assert Member.objects.filter(ward=ward).count() == 2


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "m.csv, line 1: the file is empty."),
        (HEAD.encode(), "m.csv, line 2: there is no member."),
        (b"username,role\nx,y\n", "m.csv, line 1: column full_name is missing."),
        (b"username,full_name,role,age\n", "m.csv, line 1, column age: unknown column."),
        ("username,full_name,role\nan.le,Lê".encode("utf-16"), "m.csv, line 1: not UTF-8."),
        (b"username,full_name,role\nan.le,Le,volunteer,x\n", "m.csv, line 2: 4 cells under 3 columns."),
    ],
)
def test_a_file_that_is_no_list_is_refused_by_name(content, problem):
    ward = make.ward()
    with pytest.raises(WrongMemberFile) as refused:
        add_members_from(ward, content, file="m.csv", by=make.member(ward, "officer"))
    assert refused.value.problems[0].startswith(problem)


def test_a_coordinator_may_not_slip_an_officer_in_by_a_file():
    ward = make.ward()
    content = (HEAD + "an.le,Lê An,volunteer,,,\nbinh,Võ Bình,officer,,,\n").encode()
    with pytest.raises(MayNotAppoint):
        add_members_from(ward, content, file="m.csv", by=make.member(ward, "coordinator"))
    assert not Member.objects.filter(username="an.le").exists()


def test_an_administrator_of_one_ward_appoints_nobody_over_another_province():
    ward = make.ward(province_code="92")
    administrator = make.member(ward, "administrator")
    with pytest.raises(MayNotAppoint):
        add_member(ward, facts("province_officer", province_code="79"), by=administrator)
    made = add_member(ward, facts("province_officer", province_code="92"), by=administrator).member
    with pytest.raises(MayNotAppoint):
        edit_member(made, facts("province_officer", province_code="79"), by=administrator)
