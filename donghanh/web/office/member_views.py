"""Members: list, add, change, deactivate, mend; the one-time password is shown once."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donghanh.kernel.errors import NotFound, Refusal
from donghanh.kernel.text import search_key
from donghanh.teams.actions import members
from donghanh.teams.actions.member_file import WrongMemberFile, add_members_from
from donghanh.teams.models import Member
from donghanh.teams.queries import visible_to
from donghanh.teams.rules import MAY_APPOINT
from donghanh.web.access import for_members, member_of
from donghanh.web.office.forms_members import MemberFileForm, MemberForm, facts_of
from donghanh.web.office.frame import (
    Act,
    Chip,
    Row,
    Table,
    form_page,
    page,
    used,
    ward_of,
    went_well,
    went_wrong,
)
from donghanh.web.recheck import rechecked
from donghanh.web.words import ROLES, SKILLS

door = for_members("edit_members")


@door
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The ward's members: those in use first; a word finds them, accents or not."""
    words = search_key(request.GET.get("q", "")).split()
    shown = [
        one for one in _seen(request).select_related("organisation").order_by("-is_active", "full_name")
        if all(word in search_key(f"{one.full_name} {one.username}") for word in words)
    ]  # fmt: skip
    table = Table(
        [_("Name"), _("Role"), _("Organisation"), _("Skills"), _("State")],
        [_row(one) for one in shown],
        _("No member of this name. Add the first ones, one by one or from a file.")
        if not words
        else _("Nobody has this name."),
    )
    acts = [
        Act(_("Add a member"), reverse("office_member_add"), icon="user-plus"),
        Act(_("Add from a file"), reverse("office_member_file"), icon="file-text"),
    ]
    return page(
        request,
        "office/listing.html",
        _("Members"),
        tables=[table],
        acts=acts,
        search=request.GET.get("q", ""),
        has_search=True,
    )


def _row(one: Member) -> Row:
    skills = ", ".join(str(SKILLS.get(skill, skill)) for skill in one.skills)
    body = one.organisation.name if one.organisation else ""
    state = used(one.is_active)
    if one.is_active and one.must_change_password:
        state = Chip(_("has not signed in yet"), "hourglass", "wait")
    return Row(one.full_name, [ROLES[one.role], body, skills, state], reverse("office_member", args=[one.pk]))


@door
@rechecked
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new member; the one-time password is on the next page."""
    ward, by = ward_of(request), member_of(request)
    form = MemberForm(request.POST or None, ward=ward, by=by, initial={"language": "vi"})
    return form_page(
        request, form, _("Add a member"),
        lambda facts: _welcome(request, members.add_member(ward, facts_of(facts), by=by)),
        reverse("office_members"), action_label=_("Add"),
    )  # fmt: skip


@door
@rechecked
@require_http_methods(["GET", "HEAD", "POST"])
def add_from_file(request: HttpRequest) -> HttpResponse:
    """Many members from a CSV file: all or none."""
    ward, by, back = ward_of(request), member_of(request), reverse("office_members")
    form = MemberFileForm(request.POST or None, request.FILES or None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            made = add_members_from(ward, given.read(), file=given.name, by=by)
        except WrongMemberFile as refused:
            problems = refused.problems
        else:
            return page(request, "office/welcome.html", _("One-time passwords"), made=made, back=back)
    return page(
        request, "office/member_file.html", _("Add members from a file"), 422 if problems or form.errors else 200,
        form=form, problems=problems, back=back, action_label=_("Add all"),
    )  # fmt: skip


@door
@rechecked
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, member: UUID) -> HttpResponse:
    """One member: what is known, and what can be mended."""
    by, one = member_of(request), one_here(request, member)
    form = MemberForm(request.POST or None, ward=one.ward, by=by, initial={
        "full_name": one.full_name, "username": one.username, "role": one.role, "organisation": one.organisation_id,
        "phone": one.phone, "skills": one.skills, "language": one.language, "province_code": one.province_code,
    })  # fmt: skip
    may_change = one.role in MAY_APPOINT.get(by.role, frozenset())

    def save(facts: dict[str, object]) -> str:
        members.edit_member(one, facts_of(facts), by=by)
        return _("Saved.")

    return form_page(
        request, form, one.full_name, save, reverse("office_members"), template="office/member.html", one=one,
        may_change=may_change, is_self=one.pk == by.pk,
    )  # fmt: skip


@door
@rechecked
@require_POST
def deactivate(request: HttpRequest, member: UUID) -> HttpResponse:
    """Close the door; it can be opened again in the list."""
    one, back = one_here(request, member), reverse("office_member", args=[member])
    try:
        members.deactivate_member(one, by=member_of(request))
    except Refusal as refused:
        return went_wrong(request, refused, back)
    return went_well(request, _("%(name)s cannot sign in any more.") % {"name": one.full_name}, back)


@door
@rechecked
@require_POST
def reactivate(request: HttpRequest, member: UUID) -> HttpResponse:
    """Open it again."""
    one, back = one_here(request, member), reverse("office_member", args=[member])
    try:
        members.reactivate_member(one, by=member_of(request))
    except Refusal as refused:
        return went_wrong(request, refused, back)
    return went_well(request, _("%(name)s can sign in again.") % {"name": one.full_name}, back)


@door
@rechecked
@require_POST
def reset_password(request: HttpRequest, member: UUID) -> HttpResponse:
    """A one-time password."""
    one = one_here(request, member)
    try:
        return _welcome(request, members.reset_password(one, by=member_of(request)))
    except Refusal as refused:
        return went_wrong(request, refused, reverse("office_member", args=[member]))


@door
@rechecked
@require_POST
def mend(request: HttpRequest, member: UUID) -> HttpResponse:
    """A lost second factor, on one screen."""
    one = one_here(request, member)
    try:
        return _welcome(request, members.mend_second_factor(one, by=member_of(request)))
    except Refusal as refused:
        return went_wrong(request, refused, reverse("office_member", args=[member]))


@sensitive_post_parameters()
def _welcome(request: HttpRequest, made: members.Welcome) -> HttpResponse:
    return page(
        request, "office/welcome.html", _("One-time password"), made=[made], back=reverse("office_members")
    )


def _seen(request: HttpRequest) -> QuerySet[Member]:
    by, ward = member_of(request), ward_of(request)
    if by.role == Member.ADMINISTRATOR and by.ward_id is None:
        return Member.objects.filter(Q(ward=ward) | Q(ward__isnull=True))
    shown = visible_to(by).filter(ward=ward)
    return shown if by.role != Member.COORDINATOR else shown.filter(role=Member.VOLUNTEER)


def one_here(request: HttpRequest, member: UUID) -> Member:
    """The member of that id among those this office sees. Refuses with NotFound."""
    one = _seen(request).select_related("organisation", "ward").filter(pk=member).first()
    if one is None:
        raise NotFound()
    return one
