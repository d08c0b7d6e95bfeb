"""The page that shows every component in every state. Demo values only; nothing is asked or kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donghanh.web.charts import Download, Figure, bars, columns
from donghanh.web.templatetags.look import STATES

PICTOGRAMS: tuple[tuple[str, str | Promise], ...] = (
    ("birth", gettext_lazy("Birth")),
    ("marriage", gettext_lazy("Marriage")),
    ("death", gettext_lazy("Death")),
    ("moving", gettext_lazy("Residence")),
    ("id", gettext_lazy("ID card")),
    ("phone", gettext_lazy("VNeID and phone")),
    ("paper", gettext_lazy("Copies")),
    ("signature", gettext_lazy("Signature")),
    ("insurance", gettext_lazy("Insurance")),
    ("health", gettext_lazy("Health record")),
    ("social", gettext_lazy("Allowances")),
    ("business", gettext_lazy("Household business")),
    ("help", gettext_lazy("I don't know")),
)

PARTS: tuple[tuple[str | Promise, str], ...] = (
    (gettext_lazy("Colours"), "office/_look_colours.html"),
    (gettext_lazy("Buttons"), "office/_look_buttons.html"),
    (gettext_lazy("Fields"), "office/_look_fields.html"),
    (gettext_lazy("Choice cards"), "office/_look_choices.html"),
    (gettext_lazy("Status, steps and waiting"), "office/_look_status.html"),
    (gettext_lazy("People and papers"), "office/_look_people.html"),
    (gettext_lazy("Messages"), "office/_look_messages.html"),
    (gettext_lazy("Tables and figures"), "office/_look_figures.html"),
)

TONES = ("paper", "card", "ink", "muted", "primary", "wait", "wrong", "done", "information")


class LookForm(forms.Form):
    """One field of each kind; bound empty, so that the required ones show their error."""

    full_name = forms.CharField(
        label=gettext_lazy("Full name"), help_text=gettext_lazy("As on the ID card, with all marks.")
    )
    birth_year = forms.IntegerField(label=gettext_lazy("Year of birth"), min_value=1900, required=False)
    reached = forms.ChoiceField(
        label=gettext_lazy("How to address"),
        choices=[("", "—"), ("ba", "bà"), ("ong", "ông"), ("chi", "chị"), ("anh", "anh")],
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    device = forms.ChoiceField(
        label=gettext_lazy("Whose device"),
        choices=[("own", gettext_lazy("Own phone")), ("relative", gettext_lazy("A relative's phone"))],
        widget=forms.RadioSelect,
        required=False,
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("The person agreed, after it was read aloud"), required=False
    )


@dataclass(frozen=True)
class Side:
    """One half of the page; ids and names carry the theme, so that nothing stands twice."""

    theme: str
    empty_form: LookForm
    wrong_form: LookForm
    busiest: Figure
    hours: Figure


def look(request: HttpRequest) -> HttpResponse:
    """Show every component, light beside dark."""
    return render(request, "office/look.html", look_page())


def look_page() -> dict[str, Any]:
    """What the page shows; all people and numbers are invented."""
    return {
        "parts": [{"title": title, "template": template} for title, template in PARTS],
        "sides": [side("light"), side("dark")],
        "states": list(STATES),
        "tones": TONES,
        "pictograms": PICTOGRAMS,
        "choices": [{"value": name, "label": label, "pictogram": name} for name, label in PICTOGRAMS[:4]],
        "steps": [
            {"name": _("Check the papers"), "state": "done"},
            {"name": _("Fill in the form together"), "state": "now", "more": _("about 10 minutes")},
            {"name": _("Submit on the portal"), "state": "todo"},
        ],
        "papers": [
            {"name": _("ID card"), "ready": True},
            {
                "name": _("Certificate of birth from the hospital"),
                "note": _("Show the original, keep it afterwards."),
            },
        ],
        "lines": [
            {"number": "A028", "what": _("Marriage"), "state": "serving", "minutes": 6},
            {"number": "B013", "what": _("Copies"), "state": "waiting", "minutes": 4},
            {"number": "A019", "what": _("Residence"), "state": "absent", "minutes": 18},
        ],
    }


def side(theme: str) -> Side:
    """The samples that need ids of their own."""
    wrong = LookForm({f"{theme}w-birth_year": "190"}, auto_id=f"{theme}-wrong-%s", prefix=f"{theme}w")
    return Side(
        theme=theme,
        empty_form=LookForm(auto_id=f"{theme}-%s", prefix=theme),
        wrong_form=wrong,
        busiest=Figure(
            slug=f"{theme}-procedures",
            title=_("Today by procedure"),
            words=_("64 people helped, most of them with copies."),
            label_head=_("Procedure"),
            value_head=_("People"),
            bars=bars(
                ((_("Copies"), 27), (_("VNeID and phone"), 19), (_("Marriage"), 11), (_("Residence"), 7))
            ),
            downloads=(Download("XLSX", "#"), Download("PDF", "#")),
        ),
        hours=Figure(
            slug=f"{theme}-hours",
            title=_("Wait by hour"),
            words=_("The longest wait was at 9: 24 minutes."),
            label_head=_("Hour"),
            value_head=_("Minutes"),
            columns=columns(
                [
                    ("7", 6),
                    ("8", 19),
                    ("9", 24),
                    ("10", 17),
                    ("11", 8),
                    ("13", 5),
                    ("14", 9),
                    ("15", 7),
                    ("16", 3),
                ]
            ),
        ),
    )
