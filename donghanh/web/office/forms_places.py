"""Forms about points, counters, hours, days and zones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from donghanh.places.models import OpeningHours, Point, Ward, Zone
from donghanh.places.rules.days import Span
from donghanh.web.words import POINT_KINDS, WEEKDAYS

DAY = {"type": "date"}
SPANS = 2


class PointForm(forms.Form):
    """A place where people are helped."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(POINT_KINDS.items()))
    mobile = forms.BooleanField(label=_("A mobile point, set up for an evening or a day"), required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    zone = forms.ModelChoiceField(Zone.objects.none(), label=_("Zone"), required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, ward: Ward, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].queryset = Zone.objects.filter(ward=ward, is_active=True)  # type: ignore[attr-defined]


class CounterForm(forms.Form):
    """A desk where tickets are called."""

    label = forms.CharField(
        label=_("Label"), help_text=_("Short, as the board shows and says it: 1, 2, 3."), max_length=8
    )
    name = forms.CharField(label=_("Name"), max_length=80, required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


class HoursForm(forms.Form):
    """A week: two spans a day, each may stay empty."""

    def __init__(self, *args: Any, point: Point, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known: dict[int, list[OpeningHours]] = {}
        for row in OpeningHours.objects.filter(point=point).order_by("weekday", "opens"):
            known.setdefault(row.weekday, []).append(row)
        for weekday, word in enumerate(WEEKDAYS):
            rows = known.get(weekday, [])
            for span in range(SPANS):
                kept = rows[span] if span < len(rows) else None
                for end, sign in (("opens", _("from")), ("closes", _("to"))):
                    self.fields[f"d{weekday}_{span}_{end}"] = forms.TimeField(
                        label=f"{word} {span + 1} {sign}", required=False, initial=getattr(kept, end, None),
                        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
                    )  # fmt: skip

    def days(self) -> list[tuple[Any, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """The weekdays with their pairs of fields, for the grid."""
        return [
            (
                word,
                [
                    (self[f"d{weekday}_{span}_opens"], self[f"d{weekday}_{span}_closes"])
                    for span in range(SPANS)
                ],
            )
            for weekday, word in enumerate(WEEKDAYS)
        ]

    def clean(self) -> dict[str, Any]:
        """Both ends of a span, in order."""
        typed = super().clean() or {}
        for weekday in range(len(WEEKDAYS)):
            for span in range(SPANS):
                opens, closes = (typed.get(f"d{weekday}_{span}_{end}") for end in ("opens", "closes"))
                if (opens is None) != (closes is None):
                    self.add_error(f"d{weekday}_{span}_closes", now("Give both times, or none."))
                elif opens is not None and opens >= closes:
                    self.add_error(f"d{weekday}_{span}_closes", now("The end is before the beginning."))
        return typed

    def week(self) -> dict[int, list[Span]]:
        """The cleaned form as spans by weekday."""
        found: dict[int, list[Span]] = {}
        for weekday in range(len(WEEKDAYS)):
            for span in range(SPANS):
                opens, closes = (self.cleaned_data[f"d{weekday}_{span}_{end}"] for end in ("opens", "closes"))
                if opens is not None:
                    found.setdefault(weekday, []).append(Span(opens, closes))
        return found


class ClosureForm(forms.Form):
    """Days on which a point, or the ward, is shut."""

    point = forms.ModelChoiceField(
        Point.objects.none(), label=_("Point"), required=False, empty_label=_("the whole ward")
    )
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))
    reason = forms.CharField(label=_("Reason"), max_length=120, required=False)

    def __init__(self, *args: Any, ward: Ward, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = Point.objects.filter(ward=ward, is_active=True)  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """The ward's own word on one day."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))
    works = forms.ChoiceField(
        label=_("This day is"),
        choices=[("no", _("free")), ("yes", _("worked"))],
        widget=forms.RadioSelect,
        initial="no",
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Such as the decision that moves the day."),
        max_length=120,
        required=False,
    )


class ZonesForm(forms.Form):
    """Several zones at once."""

    label = forms.CharField(
        label=_("Word before the name"),
        help_text=_("khu vực, tổ dân phố, thôn, ấp…"),
        max_length=30,
        required=False,
    )
    names = forms.CharField(label=_("Names, one a line"), widget=forms.Textarea(attrs={"rows": 6}))


class ZoneForm(forms.Form):
    """One zone."""

    label = forms.CharField(label=_("Word before the name"), max_length=30, required=False)
    name = forms.CharField(label=_("Name"), max_length=80)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
