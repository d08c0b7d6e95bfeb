"""Forms about members, their organisations and devices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from donghanh.catalog.models import Procedure
from donghanh.places.models import Point, Ward
from donghanh.teams.actions.members import MemberFacts
from donghanh.teams.models import Device, Member, Organisation
from donghanh.teams.rules import MAY_APPOINT
from donghanh.web.words import ORGANISATIONS, ROLES, SKILLS

KINDS_OF_DEVICE = (
    (Device.KIOSK, _("Kiosk: gives numbers")),
    (Device.BOARD, _("Board: shows and calls numbers")),
    (Device.DESK, _("Desk: members change with badge and PIN")),
)


class MemberForm(forms.Form):
    """What the office knows about a member."""

    full_name = forms.CharField(
        label=_("Full name"), help_text=_("As on the ID card, with all marks."), max_length=120
    )
    username = forms.CharField(
        label=_("Sign-in name"), help_text=_("Small letters and digits, such as nguyen.van.an."), max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip
    role = forms.ChoiceField(label=_("Role"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), required=False
    )
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    skills = forms.MultipleChoiceField(
        label=_("Skills"), help_text=_("Which counters and needs the member can take."), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    province_code = forms.CharField(
        label=_("Province code"),
        help_text=_("Only for a province officer: two digits."),
        max_length=2,
        required=False,
    )

    def __init__(self, *args: Any, ward: Ward | None, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        appointed = MAY_APPOINT.get(by.role, frozenset())
        self.fields["role"].choices = [(role, ROLES[role]) for role in Member.ROLES if role in appointed]  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = Organisation.objects.filter(ward=ward, is_active=True)  # type: ignore[attr-defined]
        self.fields["skills"].choices = skill_choices()  # type: ignore[attr-defined]
        if Member.PROVINCE_OFFICER not in appointed:
            del self.fields["province_code"]


class MemberFileForm(forms.Form):
    """A CSV file of members."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("First line: username,full_name,role,organisation,phone,skills. UTF-8."),
    )


class OrganisationForm(forms.Form):
    """A body whose people help."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(ORGANISATIONS.items()))
    contact = forms.CharField(
        label=_("Contact"), help_text=_("A phone number or a room that members may tell people."), max_length=120,
        required=False,
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


class DeviceForm(forms.Form):
    """A device to be set up."""

    point = forms.ModelChoiceField(Point.objects.none(), label=_("Point"), empty_label=None)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS_OF_DEVICE, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), help_text=_("Such as “tablet at the entrance”."), max_length=80)

    def __init__(self, *args: Any, ward: Ward, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = Point.objects.filter(ward=ward, is_active=True)  # type: ignore[attr-defined]


def skill_choices() -> list[tuple[str, Any]]:
    """Skills that procedures ask for, in words."""
    asked = set(Procedure.objects.exclude(needs_skill="").values_list("needs_skill", flat=True)) | set(SKILLS)
    return [(skill, SKILLS.get(skill, skill)) for skill in sorted(asked)]


def facts_of(cleaned: dict[str, Any]) -> MemberFacts:
    """The cleaned form as facts."""
    return MemberFacts(
        username=cleaned["username"], full_name=cleaned["full_name"], role=cleaned["role"],
        organisation=cleaned["organisation"], phone=cleaned["phone"], skills=tuple(cleaned["skills"]),
        language=cleaned["language"], province_code=cleaned.get("province_code", ""),
    )  # fmt: skip
