"""Who may make or change whom. Every verb on a member asks here first."""

from __future__ import annotations

from donghanh.kernel.errors import NotAllowed, NotFound, Refusal
from donghanh.kernel.journal import Actor
from donghanh.places.models import Ward
from donghanh.teams.models import Member
from donghanh.teams.queries import wards_visible_to
from donghanh.teams.rules import MAY_APPOINT

RUNNERS = frozenset({Member.OFFICER, Member.ADMINISTRATOR})
# Members of no ward (province officers, administrators of the installation) stand in this chain.
COUNTRY_CHAIN = "00000"


class MayNotAppoint(NotAllowed):
    """A role makes and changes only the roles below it. Facts: role, wanted."""

    message = "Your role may not do this for this member. Ask an officer or an administrator."


class NotYourself(Refusal):
    """Nobody takes their own role or place away by mistake."""

    message = "You cannot do this to yourself. Ask another officer or administrator."


class LastOfficer(Refusal):
    """A ward keeps at least one active officer or administrator, else nobody could run it."""

    message = "This is the last active officer or administrator of the ward. Appoint another one first."


def may_appoint(by: Actor, role: str, ward: Ward | None, province_code: str = "") -> None:
    """Refuse with MayNotAppoint, or NotFound for a ward out of sight; the house itself may do all.

    Who is of one ward appoints nobody who would see another province's wards.
    """
    if not isinstance(by, Member):
        return
    if role not in MAY_APPOINT.get(by.role, frozenset()):
        raise MayNotAppoint(role=by.role, wanted=role)
    if province_code and by.ward is not None and province_code != by.ward.province_code:
        raise MayNotAppoint(role=by.role, wanted=role)
    if ward is None:
        if by.role != Member.ADMINISTRATOR or by.ward_id is not None:
            raise MayNotAppoint(role=by.role, wanted=role)
    elif not wards_visible_to(by).filter(pk=ward.pk).exists():
        raise NotFound()


def may_change(by: Actor, member: Member) -> None:
    """Whether this actor may change this member as they are now."""
    may_appoint(by, member.role, member.ward)


def not_yourself(by: Actor, member: Member) -> None:
    """Refuse with NotYourself."""
    if isinstance(by, Member) and by.pk == member.pk:
        raise NotYourself()


def keeps_a_runner(member: Member) -> None:
    """Refuse with LastOfficer when the ward would be left without officer and administrator."""
    if member.role not in RUNNERS or not member.is_active:
        return
    others = Member.objects.filter(ward=member.ward, role__in=RUNNERS, is_active=True).exclude(pk=member.pk)
    if not others.exists():
        raise LastOfficer()


def chain_of(member: Member) -> str:
    """The journal chain a member's acts stand in."""
    return member.ward_id or COUNTRY_CHAIN
