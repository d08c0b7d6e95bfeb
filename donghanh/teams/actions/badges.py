"""Badges: a printed card whose code a scanner reads. Only a hash of the code is kept."""

from __future__ import annotations

import hashlib
import secrets
from typing import NamedTuple

from donghanh.kernel import journal
from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import Actor, action
from donghanh.teams.actions.appointing import chain_of, may_change
from donghanh.teams.models import Member

# 100 bits in the letters and digits that every scanner sends the same on every keyboard.
BADGE_LETTERS = "ABCDEFGHJKLMNPRSTVWXY23456789"
BADGE_LENGTH = 20
# Nine digits drawn at random: a badge number can be looked up, not counted through.
LEAST_NUMBER, MOST_NUMBER = 100_000_000, 999_999_999


class NoBadgeForInactive(Refusal):
    """Who is not active any more gets no badge."""

    message = "This member is not active. Bring them back first, then print a badge."


class Badge(NamedTuple):
    """A fresh badge: the code is shown on the card and never again."""

    member: Member
    code: str


def badge_hash(code: str) -> str:
    """What is kept of a badge's code."""
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()


@action
def issue_badge(member: Member, *, by: Actor) -> Badge:
    """A new badge; the one before stops working at once. Refuses with NoBadgeForInactive, MayNotAppoint."""
    if not (isinstance(by, Member) and by.pk == member.pk):
        may_change(by, member)
    if not member.is_active:
        raise NoBadgeForInactive()
    code = "".join(secrets.choice(BADGE_LETTERS) for _ in range(BADGE_LENGTH))
    number = _free_number()
    Member.objects.filter(pk=member.pk).update(badge_hash=badge_hash(code), badge_number=number)
    member.badge_hash, member.badge_number = badge_hash(code), number
    journal.write("badge.issue", ward=chain_of(member), by=by, subject="member", subject_id=member.pk)
    return Badge(member, code)


@action
def revoke_badge(member: Member, *, by: Actor) -> None:
    """A lost badge: it opens nothing and is not found by its number any more."""
    may_change(by, member)
    if Member.objects.filter(pk=member.pk, badge_number__gt=0).update(badge_hash="", badge_number=0):
        journal.write("badge.revoke", ward=chain_of(member), by=by, subject="member", subject_id=member.pk)


def _free_number() -> int:
    while True:
        number = LEAST_NUMBER + secrets.randbelow(MOST_NUMBER - LEAST_NUMBER + 1)
        if not Member.objects.filter(badge_number=number).exists():
            return number
