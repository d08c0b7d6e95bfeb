"""The office: members, badges and devices, as an officer and as a coordinator see them."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from donghanh.kernel.models import JournalEntry
from donghanh.teams.actions.badges import badge_hash
from donghanh.teams.models import Device, Member
from tests import make
from tests.signed import sign_in

FACTS = {"full_name": "Lê An", "username": "le.an", "role": "volunteer", "language": "vi"}


@pytest.fixture
def ward():
    return make.point().ward


@pytest.fixture
def officer(client, ward):
    member = make.member(ward, "officer")
    sign_in(client, member)
    return member


def test_a_member_is_added_and_the_password_is_shown_once(client, officer):
    answer = client.post(reverse("office_member_add"), {**FACTS, "skills": ["vneid"]})
    member = Member.objects.get(username="le.an")
    password = re.search(r'<code class="once">([^<]+)</code>', answer.content.decode())[1]
    assert member.check_password(password)
    assert (member.skills, member.ward) == (["vneid"], officer.ward)
    assert password not in client.get(reverse("office_member", args=[member.pk])).content.decode()
    assert password not in str(list(JournalEntry.objects.values_list("facts_json", flat=True)))


def test_a_refusal_stands_in_the_form_and_nothing_is_lost(client, officer):
    make.member(officer.ward, username="le.an")
    answer = client.post(reverse("office_member_add"), FACTS)
    assert answer.status_code == 422
    assert "le.an" in answer.context["form"].non_field_errors()[0]
    assert 'value="Lê An"' in answer.content.decode()


def test_a_file_with_problems_shows_them_all_and_adds_nobody(client, officer):
    content = "username,full_name,role\nan.le,Lê An,volunteer\nx,,boss\n".encode()
    answer = client.post(reverse("office_member_file"), {"file": SimpleUploadedFile("m.csv", content)})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "m.csv, line 3, column role" in text
    assert "m.csv, line 3, column full_name" in text
    assert not Member.objects.filter(username="an.le").exists()


def test_a_good_file_shows_the_passwords_of_all(client, officer):
    content = "username,full_name,role\nan.le,Lê An,volunteer\nbinh.vo,Võ Bình,coordinator\n".encode()
    answer = client.post(reverse("office_member_file"), {"file": SimpleUploadedFile("m.csv", content)})
    assert len(re.findall(r'<code class="once">', answer.content.decode())) == 2


def test_a_lost_second_factor_is_mended_on_one_screen(client, officer):
    coordinator = make.member(officer.ward, "coordinator")
    Authenticator.objects.create(user=coordinator, type="totp", data={"secret": "x"})
    page = client.get(reverse("office_member", args=[coordinator.pk])).content.decode()
    assert reverse("office_member_mend", args=[coordinator.pk]) in page
    answer = client.post(reverse("office_member_mend", args=[coordinator.pk]))
    assert '<code class="once">' in answer.content.decode()
    assert not Authenticator.objects.filter(user=coordinator).exists()


def test_deactivated_members_can_be_brought_back(client, officer):
    member = make.member(officer.ward)
    client.post(reverse("office_member_deactivate", args=[member.pk]))
    assert not Member.objects.get(pk=member.pk).is_active
    client.post(reverse("office_member_reactivate", args=[member.pk]))
    assert Member.objects.get(pk=member.pk).is_active


def test_the_last_officer_hears_why_they_stay(client, officer):
    answer = client.post(reverse("office_member_deactivate", args=[officer.pk]), follow=True)
    assert Member.objects.get(pk=officer.pk).is_active
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_a_badge_is_printed_with_a_code_that_is_kept_only_as_a_hash(client, officer):
    member = make.member(officer.ward, full_name="Nguyễn Ngọc Ánh")
    answer = client.post(reverse("office_badge", args=[member.pk]))
    member.refresh_from_db()
    text = answer.content.decode()
    assert text.count("data:image/svg+xml") == 2
    assert f"{member.badge_number:,}".replace(",", " ") in text
    assert member.badge_hash
    assert member.badge_hash != badge_hash("")
    assert "style=" not in text


def test_a_coordinator_sees_and_changes_volunteers_only(client, ward):
    coordinator, volunteer, officer = (
        make.member(ward, "coordinator"),
        make.member(ward),
        make.member(ward, "officer"),
    )
    sign_in(client, coordinator)
    text = client.get(reverse("office_members")).content.decode()
    assert volunteer.full_name in text
    assert officer.full_name not in text
    assert client.get(reverse("office_member", args=[volunteer.pk])).status_code == 200
    assert client.get(reverse("office_member", args=[officer.pk])).status_code == 404
    assert client.post(reverse("office_member_mend", args=[volunteer.pk])).status_code == 200
    answer = client.post(reverse("office_member_add"), {**FACTS, "role": "officer"})
    assert (answer.status_code, Member.objects.filter(username="le.an").exists()) == (422, False)
    links = [entry["url"] for entry in client.get(reverse("office")).context["side"]]
    assert links == [reverse(f"office{name}") for name in ("", "_members", "_queue", "_devices")]


def test_a_member_is_found_without_accents(client, officer):
    make.member(officer.ward, full_name="Đặng Thị Ngọc Ánh")
    make.member(officer.ward, full_name="Võ Bình")
    text = client.get(reverse("office_members"), {"q": "dang anh"}).content.decode()
    assert "Đặng Thị Ngọc Ánh" in text
    assert "Võ Bình" not in text


def test_a_device_gets_a_code_works_and_is_revoked(client, officer):
    point = officer.ward.points.get()
    answer = client.post(reverse("office_device_add"), {"point": point.pk, "kind": "kiosk", "name": "tablet"})
    code = re.search(r'once-large" translate="no">([A-Z0-9 ]+)<', answer.content.decode())[1]
    assert client.post(reverse("enrol"), {"code": code}).url == reverse("kiosk")
    device = Device.objects.get(name="tablet")
    assert device.enrolled_at is not None
    client.post(reverse("office_device_revoke", args=[device.pk]))
    device.refresh_from_db()
    assert device.revoked_at is not None
    assert client.post(reverse("office_device_code", args=[device.pk])).status_code == 302
