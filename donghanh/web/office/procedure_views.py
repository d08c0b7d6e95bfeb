"""The catalogue: what is published with its sources, and packs that wait for an officer's word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from donghanh.catalog.actions.publish import publish
from donghanh.catalog.actions.read_pack import WrongPack, read_pack
from donghanh.catalog.models import Edition, Procedure
from donghanh.catalog.queries import content_of
from donghanh.catalog.rules import edition_hash, gaps, unverified
from donghanh.catalog.rules.content import EditionContent, Fact
from donghanh.catalog.rules.doubts import facts
from donghanh.catalog.rules.texts import text
from donghanh.kernel.errors import NotFound
from donghanh.web.access import for_members, member_of
from donghanh.web.office.frame import Act, Chip, Row, Table, page, went_well
from donghanh.web.office.words import CONFIDENCE, ONLINE

door = for_members("publish_procedure")

TONES: Mapping[str, str] = {"H": "done", "M": "information", "L": "wait", "GK": "wait"}


class Ticked(NamedTuple):
    """A doubt on the page: its name in the form, and what it says."""

    name: str
    where: str
    reason: str
    said: str


@door
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Published procedures, and the folders of packs."""
    language = get_language() or "vi"
    found = (
        Procedure.objects.filter(current__isnull=False)
        .select_related("current")
        .order_by("sector", "name_key")
    )
    rows = []
    for one in found:
        assert one.current is not None
        when = date_format(localtime(one.current.published_at), "d/m/Y")
        rows.append(
            Row(
                one.name_in(language),
                [one.code, str(one.current.number), when],
                reverse("office_procedure", args=[one.pk]),
            )
        )
    published = Table(
        [_("Procedure"), _("Code"), _("Edition"), _("Published")], rows, _("Nothing is published yet. Read a pack below."),
        _("Published"),
    )  # fmt: skip
    known = {one.code for one in found}
    packs = Table(
        [_("Pack"), _("State")],
        [
            Row(name, [Chip(_("published before"), "check", "plain") if name in known else Chip(_("new"), "info", "information")],
                reverse("office_pack", args=[name]))
            for name in pack_names()
        ],
        _("There is no pack in the folder of packs."), _("Packs to read"),
    )  # fmt: skip
    return page(request, "office/listing.html", _("Procedures"), tables=[published, packs])


@door
@require_safe
def procedure(request: HttpRequest, procedure: UUID) -> HttpResponse:
    """One procedure's current edition: each fact with its source and how sure it is."""
    one = Procedure.objects.filter(pk=procedure, current__isnull=False).select_related("current").first()
    if one is None or one.current is None:
        raise NotFound()
    content = content_of(one.current.pk)
    sources = {source.id: source for source in content.sources}
    rows = []
    for where, fact in facts(content):
        source = sources.get(fact.source or "")
        rows.append(
            Row(
                name_of(content, where),
                [source.title if source else _("no source"), fact.checked or "–", _sure(fact)],
            )
        )
    history = [
        Row(
            str(edition.number),
            [date_format(localtime(edition.published_at), "SHORT_DATETIME_FORMAT"), edition.hash[:12]],
        )
        for edition in Edition.objects.filter(procedure=one).order_by("-number")
    ]
    tables = [
        Table(
            [_("Fact"), _("Source"), _("Checked"), _("How sure")],
            rows,
            "",
            _("Facts and sources"),
            acts=[Act(_("Voices"), reverse("guide-voices", args=[one.current.hash]), icon="mic")],
        ),
        Table([_("Edition"), _("Published"), _("Content")], history, "", _("Editions")),
    ]
    return page(
        request, "office/listing.html", one.name_in(get_language() or "vi"),
        lead=_("%(code)s · edition %(number)s") % {"code": one.code, "number": one.current.number}, tables=tables,
        back=reverse("office_procedures"),
    )  # fmt: skip


@door
@require_http_methods(["GET", "HEAD", "POST"])
def pack(request: HttpRequest, pack: str) -> HttpResponse:
    """Read a pack; every unverified fact is ticked off before it is published."""
    if pack not in pack_names():
        raise NotFound()
    back = reverse("office_procedures")
    try:
        content = read_pack(settings.PACKS / pack)
    except WrongPack as refused:
        problems = [str(problem) for problem in refused.problems]
        return page(request, "office/pack_wrong.html", pack, 422, problems=problems, back=back)
    doubts = _doubts(content)
    left = [doubt for doubt in doubts if request.method == "POST" and doubt.name not in request.POST]
    changed = request.method == "POST" and request.POST.get("hash") != edition_hash(content)
    if request.method == "POST" and not left and not changed:
        made = publish(content, by=member_of(request))
        words = (
            _("Edition %(number)s of %(code)s is published.")
            if made.is_new
            else _("Edition %(number)s of %(code)s holds already; nothing changed.")
        )
        return went_well(request, words % {"number": made.edition.number, "code": content.id}, back)
    return page(
        request, "office/pack.html", text(content, "name", get_language() or "vi"), 422 if left or changed else 200,
        content=content, doubts=doubts, left=left, changed=changed, ticked=set(request.POST),
        gaps=[name_of(content, where) for where in gaps(content)], hash=edition_hash(content), back=back,
    )  # fmt: skip


def pack_names() -> list[str]:
    """The folders of packs."""
    if not settings.PACKS.is_dir():
        return []
    return sorted(
        one.name for one in settings.PACKS.iterdir() if one.is_dir() and not one.name.startswith(".")
    )


def name_of(content: EditionContent, where: str) -> str:
    """A place of the content in words: the text it belongs to, else its own name."""
    for key in (f"{where}.name", f"{where}.title", f"{where}.message", where):
        for language in (get_language() or "vi", "vi"):
            if found := content.texts.get(language, {}).get(key):
                return found
    if where == "online":
        mode = str(ONLINE.get(content.online.mode, "")) if content.online else ""
        return f"{_('How much can be done online')}: {mode}" if mode else _("How much can be done online")
    return re.sub(r"[._]", " ", where)


def _doubts(content: EditionContent) -> list[Ticked]:
    sources = {source.id: source for source in content.sources}
    found = []
    for place, doubt in enumerate(unverified(content)):
        source = sources.get(doubt.source or "")
        reason = f"{source.title} · {CONFIDENCE[doubt.confidence or 'GK']}" if source else str(_("no source"))
        found.append(Ticked(f"doubt{place}", doubt.where, reason, name_of(content, doubt.where)))
    return found


def _sure(fact: Fact) -> Chip:
    if fact.confidence is None:
        return Chip(_("no source"), "circle-help", "wait")
    return Chip(
        CONFIDENCE[fact.confidence],
        "check" if fact.confidence in "HM" else "circle-help",
        TONES[fact.confidence],
    )
