"""Forms about the queue: priority classes, limits, series."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from donghanh.catalog.queries import published
from donghanh.places.models import Counter, Point
from donghanh.queue.actions.setup import Limits, PriorityClass, SeriesFacts
from donghanh.queue.models import QueueSetting, Series
from donghanh.web.office.forms_members import skill_choices
from donghanh.web.office.words import PICTOGRAMS

LEVELS = (1, 2, 3)
LETTERS = [(letter, letter) for letter in "ABCDEFGHJKLMNPRSTUVWXYZ"]
NUMBERS = (
    "head_start_minutes",
    "most_priority_in_a_row",
    "recall_cooldown_seconds",
    "most_calls",
    "undo_minutes",
)


class QueueForm(forms.Form):
    """How the ward runs its queue."""

    head_start_minutes = forms.IntegerField(
        label=_("Head start of each priority level, minutes"),
        help_text=_("Priority is a head start, never a wall: nobody waits for ever."), min_value=0, max_value=120,
    )  # fmt: skip
    most_priority_in_a_row = forms.IntegerField(
        label=_("Priority calls in a row, at most"), min_value=1, max_value=20
    )
    recall_cooldown_seconds = forms.IntegerField(
        label=_("Seconds between two calls of one number"), min_value=0, max_value=600
    )
    most_calls = forms.IntegerField(
        label=_("Calls before a number counts as absent"), min_value=1, max_value=10
    )
    undo_minutes = forms.IntegerField(
        label=_("Minutes in which a step can be undone"), min_value=0, max_value=60
    )

    def __init__(self, typed: Any = None, *, setting: QueueSetting) -> None:
        known = {name: getattr(setting, name) for name in NUMBERS}
        for one in setting.priority_classes:
            known.update(
                {f"level{one['level']}_{part}": one.get(part) for part in ("vi", "en", "fr", "from_age")}
            )
        super().__init__(typed, initial=known)
        for level in LEVELS:
            for part in ("vi", "en", "fr"):
                self.fields[f"level{level}_{part}"] = forms.CharField(
                    label=f"{now('Level')} {level} · {part}", max_length=60, required=False
                )
            self.fields[f"level{level}_from_age"] = forms.IntegerField(
                label=f"{now('Level')} {level} · {now('from age')}",
                min_value=0,
                max_value=120,
                required=False,
            )

    def numbers(self) -> list[forms.BoundField]:
        """The limits."""
        return [self[name] for name in NUMBERS]

    def levels(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The priority classes."""
        return [
            (level, [self[f"level{level}_{part}"] for part in ("vi", "en", "fr", "from_age")])
            for level in LEVELS
        ]

    def classes(self) -> list[PriorityClass]:
        """The classes that have a name."""
        typed = self.cleaned_data
        return [
            PriorityClass(
                level, typed[f"level{level}_vi"], typed[f"level{level}_en"] or typed[f"level{level}_vi"],
                typed[f"level{level}_fr"] or typed[f"level{level}_vi"], typed[f"level{level}_from_age"],
            )
            for level in LEVELS
            if typed[f"level{level}_vi"]
        ]  # fmt: skip

    def limits(self) -> Limits:
        """The numbers."""
        return Limits(**{name: self.cleaned_data[name] for name in NUMBERS})


class SeriesForm(forms.Form):
    """A series of numbers and what it offers."""

    letter = forms.ChoiceField(
        label=_("Letter"), help_text=_("Stands before the number: A027."), choices=LETTERS
    )
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)
    name_fr = forms.CharField(label=_("Name in French"), max_length=80)
    pictogram = forms.ChoiceField(label=_("Pictogram"), choices=PICTOGRAMS)
    position = forms.IntegerField(label=_("Place on the kiosk"), min_value=0, max_value=99, initial=0)
    needs_skill = forms.ChoiceField(label=_("Skill it needs"), required=False)
    daily_limit = forms.IntegerField(
        label=_("Numbers a day, at most"), min_value=1, max_value=999, required=False
    )
    usual_minutes = forms.IntegerField(
        label=_("Usual minutes a person"),
        help_text=_("Until the point has measured it."),
        min_value=1,
        max_value=240,
        initial=12,
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    counters = forms.ModelMultipleChoiceField(
        Counter.objects.none(), label=_("Counters"), help_text=_("None ticked: every counter takes it."), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    procedures = forms.ModelMultipleChoiceField(
        published(), label=_("Procedures it offers"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, typed: Any = None, *, point: Point, series: Series | None) -> None:
        names = ("letter", "name_vi", "name_en", "name_fr", "pictogram", "position", "needs_skill", "daily_limit",
                 "usual_minutes", "is_active")  # fmt: skip
        known: dict[str, Any] = {}
        if series is not None:
            known = {name: getattr(series, name) for name in names}
            known["counters"] = list(series.counters.all())
            known["procedures"] = list(series.procedures.all())
        super().__init__(typed, initial=known)
        language = get_language() or "vi"
        self.fields["counters"].queryset = Counter.objects.filter(point=point, is_active=True)  # type: ignore[attr-defined]
        self.fields["needs_skill"].choices = [("", _("none")), *skill_choices()]  # type: ignore[attr-defined]
        self.fields["procedures"].label_from_instance = lambda one: one.name_in(language)  # type: ignore[attr-defined]

    def facts(self) -> SeriesFacts:
        """The cleaned form as facts."""
        chosen = {
            name: value for name, value in self.cleaned_data.items() if name not in {"counters", "procedures"}
        }
        return SeriesFacts(**chosen)
