"""What people do by themselves in the hall: one ticket a form, a call for help, the paper slip."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError
from django.db.models import QuerySet

from donghanh.catalog.models import Procedure
from donghanh.kernel import journal
from donghanh.kernel.errors import NotFound
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.models import JournalEntry
from donghanh.places.models import Point
from donghanh.queue.actions.issue import issue
from donghanh.queue.actions.moving import record
from donghanh.queue.models import Series, Ticket
from donghanh.queue.queries.lists import wanting_help
from donghanh.teams.models import Member
from donghanh.teams.rules import require

# Series of these pictograms take whatever has no series of its own.
GENERAL = ("help", "other")


def issue_once(
    point: Point,
    *,
    ticket_id: UUID,
    by: Actor,
    series: Series | None = None,
    procedure: Procedure | None = None,
    priority: int = 0,
    channel: str = "kiosk",
) -> Ticket:
    """Give a number for a form that carries its ticket's id: sent twice, it is the same ticket.

    Refuses like `issue`, and with NotFound when the id is a ticket of another point.
    """
    return _once(
        point,
        ticket_id,
        lambda: (
            issue(
                point,
                by=by,
                series=series,
                procedure=procedure,
                priority=priority,
                channel=channel,
                ticket_id=ticket_id,
            ).ticket
        ),
    )


def want_help(point: Point, *, ticket_id: UUID, by: Actor) -> Ticket:
    """Somebody does not know what to choose: a ticket of the general series, and all desks hear of it."""
    return _once(point, ticket_id, lambda: _want_help(point, ticket_id, by))


@action
def help_came(ticket: Ticket, *, by: Member) -> Ticket:
    """Somebody goes to the kiosk: the call for help of this ticket is off. Again: nothing happens."""
    require(by.role, "serve")
    if any(one.pk == ticket.pk for one in wanting_help(ticket.point)):
        record(ticket, "point.help_over", by=by)
    return ticket


@action
def print_slip(ticket: Ticket, *, by: Actor) -> bool:
    """One paper a ticket: keep that its slip is printed; True when it was before, so this is a copy."""
    Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
    is_copy = slips_of(ticket).exists()
    record(ticket, "ticket.print", by=by, facts={"copy": is_copy})
    return is_copy


def slips_of(ticket: Ticket) -> QuerySet[JournalEntry]:
    """The entries of a ticket's printed slips."""
    return JournalEntry.objects.filter(subject_id=str(ticket.pk), verb="ticket.print")


@action
def _want_help(point: Point, ticket_id: UUID, by: Actor) -> Ticket:
    offered = Series.objects.filter(point=point, is_active=True).order_by("position", "letter")
    general = offered.filter(pictogram__in=GENERAL).first() or offered.filter(needs_skill="").first()
    ticket = issue(point, by=by, series=general, ticket_id=ticket_id).ticket
    journal.write(
        "point.help_wanted",
        ward=point.ward_id,
        by=by,
        subject="ticket",
        subject_id=ticket.pk,
        point_id=point.pk,
        facts={"number": ticket.number},
    )
    return ticket


def _once(point: Point, ticket_id: UUID, make: Callable[[], Ticket]) -> Ticket:
    found = Ticket.objects.filter(pk=ticket_id).first()
    if found is None:
        try:
            return make()
        except IntegrityError:  # the other tap was first; its number is the one
            found = Ticket.objects.filter(pk=ticket_id).first()
            if found is None:
                raise
    if found.point_id != point.pk:
        raise NotFound()
    return found
