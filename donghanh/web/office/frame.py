"""What all office pages share: whose ward, the side navigation, one form a page, tables of rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donghanh.kernel.errors import NotFound, Refusal
from donghanh.places.models import Ward
from donghanh.teams.queries import wards_visible_to
from donghanh.teams.rules import may
from donghanh.web.access import member_of
from donghanh.web.middleware import said

Text = str | Promise

SIDE: tuple[tuple[str, Text, str, str], ...] = (
    ("office", gettext_lazy("Overview"), "layout-dashboard", "edit_members"),
    ("office_members", gettext_lazy("Members"), "users", "edit_members"),
    ("office_organisations", gettext_lazy("Organisations"), "building-2", "edit_places"),
    ("office_points", gettext_lazy("Points and counters"), "map-pin", "edit_places"),
    ("office_calendar", gettext_lazy("Days off"), "calendar", "edit_places"),
    ("office_zones", gettext_lazy("Zones"), "house", "edit_places"),
    ("office_queue", gettext_lazy("Queue"), "ticket", "edit_queue"),
    ("office_procedures", gettext_lazy("Procedures"), "file-text", "publish_procedure"),
    ("office_devices", gettext_lazy("Devices"), "tablet-smartphone", "enrol_device"),
)

# Pages that stand under another page of the side navigation than their address says.
ELSEWHERE = {"series": "office_queue", "counters": "office_points"}


@dataclass(frozen=True)
class Chip:
    """A word with icon and colour in a table."""

    label: Text
    icon: str = "circle-check"
    tone: str = "plain"


@dataclass(frozen=True)
class Act:
    """A link, or with `post` a button, or with `sure` a button that asks first."""

    label: Text
    url: str
    post: bool = False
    icon: str = ""
    danger: bool = False
    sure: Text = ""
    slug: str = ""


@dataclass(frozen=True)
class Row:
    """One line: a head, perhaps a link, cells under the headers, and what can be done."""

    head: Text
    cells: Sequence[Text | Chip] = ()
    url: str = ""
    acts: Sequence[Act] = ()


@dataclass(frozen=True)
class Table:
    """Rows with their headers; the sentence when there are none."""

    headers: Sequence[Text]
    rows: Sequence[Row]
    empty: Text
    caption: Text = ""
    acts: Sequence[Act] = field(default=())

    @property
    def has_acts(self) -> bool:
        """Whether a column for acts is needed."""
        return any(row.acts for row in self.rows)

    @property
    def lines(self) -> list[tuple[Row, list[tuple[Text, Text | Chip]]]]:
        """Each row with its cells and their headers, for cards on a phone."""
        return [(row, list(zip(self.headers[1:], row.cells, strict=False))) for row in self.rows]


def ward_of(request: HttpRequest) -> Ward:
    """The ward this office page is about: the member's own, or the one an administrator chose.

    Refuses with NotFound when there is none.
    """
    member = member_of(request)
    wards = wards_visible_to(member)
    chosen = request.session.get("ward") or member.ward_id
    ward = (wards.filter(pk=chosen).first() if chosen else None) or wards.order_by("code").first()
    if ward is None:
        raise NotFound()
    return ward


def page(request: HttpRequest, template: str, title: Text, status: int = 200, **context: Any) -> HttpResponse:
    """Render an office page with its side navigation."""
    role, path = member_of(request).role, request.path
    links = [(reverse(name), label, icon) for name, label, icon, verb in SIDE if may(role, verb)]
    for part, name in ELSEWHERE.items():
        path = reverse(name) if path.startswith(f"{reverse('office')}{part}/") else path
    current = max((url for url, _label, _icon in links if path.startswith(url)), key=len, default="")
    side = [
        {"url": url, "label": label, "icon": icon, "current": url == current} for url, label, icon in links
    ]
    return render(request, template, {"title": title, "side": side, **context}, status=status)


def form_page(
    request: HttpRequest,
    form: forms.Form,
    title: Text,
    save: Callable[[dict[str, Any]], HttpResponse | Text],
    back: str,
    *,
    template: str = "office/form.html",
    action_label: Text = "",
    **context: Any,
) -> HttpResponse:
    """Show a form, or do what it says: then a toast and back, or the answer that `save` gives."""
    if request.method == "POST" and form.is_valid():
        try:
            done = save(form.cleaned_data)
        except Refusal as refused:
            if refused.status in {403, 404}:
                raise
            form.add_error(None, said(refused))
        else:
            return done if isinstance(done, HttpResponse) else went_well(request, done, back)
    return page(
        request, template, title, 422 if form.errors else 200, form=form, back=back,
        action_label=action_label or _("Save"), **context,
    )  # fmt: skip


def went_well(request: HttpRequest, words: Text, url: str) -> HttpResponse:
    """A toast on the next page."""
    messages.success(request, str(words))
    return redirect(url)


def went_wrong(request: HttpRequest, refused: Refusal, url: str) -> HttpResponse:
    """The refusal as a toast on the page before; what the asker may not know stays a 403 or 404."""
    if refused.status in {403, 404}:
        raise refused
    messages.error(request, said(refused))
    return redirect(url)


def used(is_active: bool) -> Chip:
    """In use or not."""
    return (
        Chip(_("in use"), "circle-check", "done")
        if is_active
        else Chip(_("not in use"), "circle-pause", "plain")
    )
