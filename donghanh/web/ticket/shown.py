"""What a ticket's page shows: where the ticket stands, its papers, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.cases.queries import ShownCase, shown_to_citizen
from donghanh.catalog.models import Edition, Procedure
from donghanh.catalog.queries import content_of
from donghanh.catalog.rules.texts import text
from donghanh.kernel import clock
from donghanh.places.queries.working import closes_today_at
from donghanh.queue.models import CALLED, RECALLED, WAITING, Ticket
from donghanh.queue.queries.announced import stand_of
from donghanh.queue.rules.waiting import shown_minutes
from donghanh.web.words import PAPER_FORMS, PAPER_MODES

SHOWN_FOR = timedelta(days=30)

SENTENCES: dict[str, str | Promise] = {
    "waiting": _("Please take a seat. You will be called."),
    "serving": _("You are being helped now."),
    "held": _("Take your time. Tell the volunteer when you are ready."),
    "absent": _("You were called and we did not see you. Please tell a volunteer that you are here."),
    "done": _("You are finished here. Thank you for coming!"),
    "gone": _("You have left the queue. You are welcome again any time."),
    "closed": _("This number is from a past day. Please take a new one."),
}


@dataclass(frozen=True)
class PaperLine:
    """A paper to have ready. `id` is for the tick that is kept on the phone alone."""

    id: str
    name: str
    form: str | Promise
    note: str


@dataclass(frozen=True)
class PaperGroup:
    """Papers to hand in, to show or to upload."""

    title: str | Promise
    papers: list[PaperLine]


@dataclass(frozen=True)
class Standing:
    """Where a ticket stands now. `until` is the hour by which a parked one should be back."""

    sentence: str | Promise
    is_called: bool
    is_over: bool
    ahead: int | None
    wait: tuple[int, int] | None
    cases: list[ShownCase]
    missing: list[str]
    until: str


def ticket_behind(secret: str) -> Ticket | None:
    """The ticket of an address; None when there is none, or its 30 days are over."""
    return (
        Ticket.objects.filter(secret=secret, day__gt=clock.today() - SHOWN_FOR)
        .select_related("point__ward", "counter", "procedure")
        .first()
    )


def standing_of(ticket: Ticket, language: str) -> Standing:
    """The part of the page that changes."""
    cases = shown_to_citizen(ticket, language)
    stand = stand_of(ticket, ticket.point) if ticket.state == WAITING else None
    missing = [paper for case in cases for paper in case.missing] if ticket.state == "parked" else []
    closes = closes_today_at(ticket.point) if ticket.state == "parked" else None
    return Standing(
        sentence=SENTENCES.get(ticket.state, ""),
        is_called=ticket.state in {CALLED, RECALLED},
        is_over=ticket.ended_at is not None,
        ahead=stand.ahead if stand else None,
        wait=shown_minutes(stand.wait) if stand and stand.wait else None,
        cases=cases,
        missing=list(dict.fromkeys(missing)),
        until=f"{closes:%H:%M}" if closes else "",
    )


def papers_of(ticket: Ticket, language: str) -> list[PaperGroup]:
    """The papers of the ticket's cases, else of its procedure, in three groups; each paper once."""
    editions = list(ticket.cases.values_list("edition_id", flat=True))
    if not editions and ticket.procedure is not None and ticket.procedure.current_id is not None:
        editions = list(Edition.objects.filter(pk=ticket.procedure.current_id).values_list("pk", flat=True))
    groups: dict[str, dict[str, PaperLine]] = {mode: {} for mode in PAPER_MODES}
    for content in map(content_of, dict.fromkeys(editions)):
        for paper in content.papers:
            name = text(content, f"papers.{paper.id}.name", language)
            note = text(content, f"papers.{paper.id}.get", language)
            line = PaperLine(f"{content.id}.{paper.id}", name, PAPER_FORMS[paper.form], note)
            groups[paper.mode].setdefault(name, line)
    return [PaperGroup(PAPER_MODES[mode], list(lines.values())) for mode, lines in groups.items() if lines]


def procedures_of(ticket: Ticket) -> list[Procedure]:
    """What the ticket is for, as far as it is known and has a page of its own: its cases' procedures, else its own."""
    published = Procedure.objects.filter(current__isnull=False)
    found = list(published.filter(pk__in=ticket.cases.values("procedure")).order_by("name_key"))
    if found or ticket.procedure_id is None:
        return found
    return list(published.filter(pk=ticket.procedure_id))
