"""Members come, change and leave; their passwords, PINs and second factors."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from allauth.mfa.models import Authenticator

from donghanh.kernel import clock, journal
from donghanh.kernel.errors import Invalid, Refusal
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.text import nfc
from donghanh.places.models import Ward
from donghanh.teams.actions.appointing import (
    chain_of,
    keeps_a_runner,
    may_appoint,
    may_change,
    not_yourself,
)
from donghanh.teams.models import Device, Member, Organisation

# Read aloud and typed once: no letter or digit that looks like another.
CLEAR = "abcdefghjkmnprstvwxy23456789"
PASSWORD_GROUPS = 3
GROUP = 4
USERNAME = re.compile(r"^[a-z0-9][a-z0-9._-]{2,59}$")
PHONE = re.compile(r"^\+?[0-9]{8,14}$")


class NameTaken(Refusal):
    """Another member signs in with this name. Fact: username."""

    message = "The sign-in name “{username}” is taken. Choose another one."


class ForeignOrganisation(Refusal):
    """The organisation belongs to another ward."""

    message = "This organisation belongs to another ward. Choose one of this ward."


class PinTooEasy(Refusal):
    """A PIN has six digits and is not a run or one digit six times."""

    message = "Choose six digits that are not in a row and not all the same."
    status = 422


@dataclass(frozen=True)
class MemberFacts:
    """What the office knows about a member."""

    username: str
    full_name: str
    role: str
    organisation: Organisation | None = None
    phone: str = ""
    skills: tuple[str, ...] = ()
    language: str = "vi"
    province_code: str = ""


class Welcome(NamedTuple):
    """A member and the one-time password, to be shown once."""

    member: Member
    password: str


def one_time_password() -> str:
    """Twelve clear characters in three groups: 58 bits."""
    return "-".join("".join(secrets.choice(CLEAR) for _ in range(GROUP)) for _ in range(PASSWORD_GROUPS))


@action
def add_member(ward: Ward | None, facts: MemberFacts, *, by: Actor) -> Welcome:
    """Make a member who must change the one-time password at first sign-in.

    Refuses with MayNotAppoint, NameTaken, ForeignOrganisation, Invalid.
    """
    may_appoint(by, facts.role, ward, facts.province_code)
    tidy = _checked(facts, ward)
    if Member.objects.filter(username=tidy.username).exists():
        raise NameTaken(username=tidy.username)
    password = one_time_password()
    member = Member(
        ward=ward, username=tidy.username, full_name=tidy.full_name, role=tidy.role, phone=tidy.phone,
        organisation=tidy.organisation, skills=list(tidy.skills), language=tidy.language,
        province_code=tidy.province_code, must_change_password=True,
    )  # fmt: skip
    member.set_password(password)
    member.save(force_insert=True)
    _note("member.add", member, by, role=member.role)
    return Welcome(member, password)


@action
def edit_member(member: Member, facts: MemberFacts, *, by: Actor) -> Member:
    """Change what the office knows. A role may only move among those the actor appoints."""
    may_change(by, member)
    may_appoint(by, facts.role, member.ward, facts.province_code)
    tidy = _checked(facts, member.ward)
    if tidy.role != member.role:
        not_yourself(by, member)
        if tidy.role not in {Member.OFFICER, Member.ADMINISTRATOR}:
            keeps_a_runner(member)
    if Member.objects.filter(username=tidy.username).exclude(pk=member.pk).exists():
        raise NameTaken(username=tidy.username)
    fresh = {
        "username": tidy.username, "full_name": tidy.full_name, "role": tidy.role, "phone": tidy.phone,
        "organisation_id": tidy.organisation.pk if tidy.organisation else None, "skills": list(tidy.skills),
        "language": tidy.language, "province_code": tidy.province_code,
    }  # fmt: skip
    changed = sorted(name for name, value in fresh.items() if getattr(member, name) != value)
    Member.objects.filter(pk=member.pk).update(**fresh)
    member.refresh_from_db()
    if changed:
        _note("member.edit", member, by, role=member.role, changed=changed)
    return member


@action
def deactivate_member(member: Member, *, by: Actor) -> Member:
    """Close the door for a member: sessions, badge and scripts die with it, history stays."""
    may_change(by, member)
    not_yourself(by, member)
    keeps_a_runner(member)
    if Member.objects.filter(pk=member.pk, is_active=True).update(
        is_active=False, badge_hash="", badge_number=0
    ):
        Device.objects.filter(member=member, revoked_at__isnull=True).update(revoked_at=clock.now())
        _note("member.deactivate", member, by)
    member.refresh_from_db()
    return member


@action
def reactivate_member(member: Member, *, by: Actor) -> Member:
    """Open it again; the old password holds, badge and scripts are made anew."""
    may_change(by, member)
    if Member.objects.filter(pk=member.pk, is_active=False).update(is_active=True):
        _note("member.reactivate", member, by)
    member.refresh_from_db()
    return member


@action
def reset_password(member: Member, *, by: Actor) -> Welcome:
    """A fresh one-time password. A password is part of the session's seal: all sessions end."""
    may_change(by, member)
    not_yourself(by, member)
    password = _fresh_password(member)
    _note("member.reset_password", member, by)
    return Welcome(member, password)


@action
def mend_second_factor(member: Member, *, by: Actor) -> Welcome:
    """A lost second factor: all authenticators go, sessions end, a one-time password opens a new start."""
    may_change(by, member)
    not_yourself(by, member)
    count, _ = Authenticator.objects.filter(user=member).delete()
    password = _fresh_password(member)
    _note("member.mend_second_factor", member, by, authenticators=count)
    return Welcome(member, password)


@action
def change_password(member: Member, password: str) -> None:
    """A member's own new password, already checked by the form."""
    member.set_password(password)
    member.must_change_password = False
    Member.objects.filter(pk=member.pk).update(password=member.password, must_change_password=False)
    _note("member.change_password", member, member)


@action
def set_pin(member: Member, pin: str) -> None:
    """A member's own PIN for changing places at a counter. Refuses with PinTooEasy."""
    if not is_good_pin(pin):
        raise PinTooEasy()
    keeper = Member()
    keeper.set_password(pin)
    Member.objects.filter(pk=member.pk).update(pin=keeper.password)
    member.pin = keeper.password
    _note("member.set_pin", member, member)


def is_good_pin(pin: str) -> bool:
    """Six digits, not all the same, not a run up or down."""
    if not re.fullmatch(r"[0-9]{6}", pin):
        return False
    steps = {int(later) - int(earlier) for earlier, later in pairwise(pin)}
    return len(steps) > 1 or steps.pop() not in {-1, 0, 1}


def _fresh_password(member: Member) -> str:
    password = one_time_password()
    member.set_password(password)
    member.must_change_password = True
    Member.objects.filter(pk=member.pk).update(password=member.password, must_change_password=True)
    return password


def _checked(facts: MemberFacts, ward: Ward | None) -> MemberFacts:
    username, full_name, phone = (
        facts.username.strip().lower(),
        nfc(facts.full_name),
        facts.phone.replace(" ", ""),
    )
    if facts.role not in Member.ROLES:
        raise Invalid(field="role", problem=facts.role)
    if not USERNAME.match(username):
        raise Invalid(field="username", problem="a–z, 0–9, . _ -")
    if not full_name or len(full_name) > 120:
        raise Invalid(field="full_name", problem="1–120")
    if phone and not PHONE.match(phone):
        raise Invalid(field="phone", problem="8–14 digits")
    if facts.organisation is not None and (ward is None or facts.organisation.ward_id != ward.pk):
        raise ForeignOrganisation()
    if facts.role == Member.PROVINCE_OFFICER and not facts.province_code:
        raise Invalid(field="province_code", problem="2 digits")
    return MemberFacts(
        username, full_name, facts.role, facts.organisation, phone,
        tuple(sorted({nfc(skill) for skill in facts.skills if nfc(skill)})), facts.language, facts.province_code,
    )  # fmt: skip


def _note(verb: str, member: Member, by: Actor, **facts: object) -> None:
    journal.write(
        verb, ward=chain_of(member), by=by, subject="member", subject_id=member.pk, facts=dict(facts)
    )
