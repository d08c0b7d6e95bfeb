"""Tickets: give a number, call, and every move until the person goes."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router

from donghanh.cases.actions import ending
from donghanh.kernel.errors import NotFound
from donghanh.places.models import Point
from donghanh.queue.actions import calls, issue, service
from donghanh.queue.models import WAITING, Ticket
from donghanh.queue.queries.announced import stand_of
from donghanh.teams.models import Member
from donghanh.web.addresses import address_of
from donghanh.web.api import answered, asked
from donghanh.web.api.doors import Asker, asker_of
from donghanh.web.api.fetched import counter_of, point_of, procedure_named, series_named, ticket_of
from donghanh.web.api.kinds import Id
from donghanh.web.api.once import Answer, once, plain
from donghanh.web.api.shown import ticket_shown, wait_shown

router = Router(tags=["tickets"])

PathId = Annotated[Id, Path()]


@router.post("/tickets", response={201: answered.TicketIssued})
def issue_ticket(request: HttpRequest, body: asked.NewTicket) -> HttpResponse:
    """Give the next number of a series. Refuses with not-offered-here, series-full, point-closed, invalid."""

    def act() -> Answer:
        asker = asker_of(request)
        asker.needs("issue")
        point = point_of(asker, body.point)
        given = issue.issue(
            point,
            by=asker.actor,
            series=series_named(point, body.series) if body.series else None,
            procedure=procedure_named(body.procedure) if body.procedure else None,
            priority=body.priority,
            channel=asker.device.kind if asker.device else "desk",
        )
        ticket = given.ticket
        return 201, {
            "id": str(ticket.pk), "number": ticket.number, "state": ticket.state, "ahead": given.ahead,
            "wait": wait_shown(given.wait), "url": address_of(request, "ticket", ticket.secret),
        }  # fmt: skip

    return once(request, act)


@router.get("/tickets/{ticket_id}", response=answered.TicketStand)
def show_ticket(request: HttpRequest, ticket_id: PathId) -> HttpResponse:
    """A ticket as it stands, with its place and wait while it waits."""
    asker = asker_of(request)
    asker.needs("see_queue")
    ticket = ticket_of(asker, ticket_id)
    stand = stand_of(ticket, ticket.point) if ticket.state == WAITING else None
    shown = {
        **ticket_shown(ticket),
        "ahead": stand.ahead if stand else None,
        "wait": wait_shown(stand.wait) if stand else None,
    }
    return plain(200, shown)


@router.post("/counters/{counter_id}/call-next", response={200: answered.TicketShown, 204: None})
def call_next(request: HttpRequest, counter_id: PathId) -> HttpResponse:
    """Call the next ticket of the shared pool to a counter; 204 when nobody waits for it."""

    def act() -> Answer:
        asker = asker_of(request)
        member = asker.as_member("call")
        counter = counter_of(asker, counter_id)
        try:
            return 200, ticket_shown(calls.call_next(counter, by=member))
        except calls.NobodyWaits:  # the counter stays open, which is all that the call has done
            return 204, None

    return once(request, act)


@router.post("/tickets/{ticket_id}/arrived", response=answered.TicketShown)
def arrived(request: HttpRequest, ticket_id: PathId) -> HttpResponse:
    """The person stands at the counter."""
    return _moved(request, ticket_id, "serve", service.arrived)


@router.post("/tickets/{ticket_id}/recall", response=answered.TicketShown)
def recall(request: HttpRequest, ticket_id: PathId) -> HttpResponse:
    """Call again. Refuses with too-soon-to-recall, called-often-enough."""
    return _moved(request, ticket_id, "call", calls.recall)


@router.post("/tickets/{ticket_id}/absent", response=answered.TicketShown)
def absent(request: HttpRequest, ticket_id: PathId) -> HttpResponse:
    """Nobody came."""
    return _moved(request, ticket_id, "call", calls.absent)


@router.post("/tickets/{ticket_id}/hold", response=answered.TicketShown)
def hold(request: HttpRequest, ticket_id: PathId) -> HttpResponse:
    """The person fills in a form or waits for a code; the service clock stops."""
    return _moved(request, ticket_id, "serve", service.hold)


@router.post("/tickets/{ticket_id}/park", response=answered.TicketShown)
def park(request: HttpRequest, ticket_id: PathId) -> HttpResponse:
    """The person must come back with papers."""
    return _moved(request, ticket_id, "serve", service.park)


@router.post("/tickets/{ticket_id}/leave", response=answered.TicketShown)
def leave(request: HttpRequest, ticket_id: PathId) -> HttpResponse:
    """The person goes without being served."""
    return _moved(request, ticket_id, "serve", service.leave)


@router.post("/tickets/{ticket_id}/undo", response=answered.TicketShown)
def undo(request: HttpRequest, ticket_id: PathId) -> HttpResponse:
    """Put the last move back; an undone end of the stay opens its last case again."""
    return _moved(request, ticket_id, "serve", ending.undo)


@router.post("/tickets/{ticket_id}/resume", response=answered.TicketShown)
def resume(
    request: HttpRequest, ticket_id: PathId, body: Annotated[asked.Resumed | None, Body()] = None
) -> HttpResponse:
    """Go on with a held ticket; a parked or absent one waits again near the front."""

    def act(ticket: Ticket, member: Member, asker: Asker) -> Ticket:
        counter = counter_of(asker, body.counter) if body and body.counter else None
        moved = service.resume(ticket, by=member, counter=counter)
        if counter is not None and moved.counter_id == counter.pk:
            moved.counter = counter
        return moved

    return _moved_with(request, ticket_id, act)


@router.post("/tickets/{ticket_id}/forward", response=answered.TicketShown)
def forward(
    request: HttpRequest, ticket_id: PathId, body: Annotated[asked.Forwarded | None, Body()] = None
) -> HttpResponse:
    """On to another series, counter or member; the arrival time is kept."""
    to = body or asked.Forwarded()

    def act(ticket: Ticket, member: Member, asker: Asker) -> Ticket:
        return service.forward(
            ticket,
            by=member,
            series=series_named(ticket.point, to.series) if to.series else None,
            counter=counter_of(asker, to.counter) if to.counter else None,
            member=_colleague(ticket.point, to.member),
            note=to.note,
        )

    return _moved_with(request, ticket_id, act)


def _moved(request: HttpRequest, pk: UUID, verb: str, move: Any) -> HttpResponse:
    def act() -> Answer:
        asker = asker_of(request)
        member = asker.as_member(verb)
        return 200, ticket_shown(move(ticket_of(asker, pk), by=member))

    return once(request, act)


def _moved_with(request: HttpRequest, pk: UUID, move: Any) -> HttpResponse:
    def act() -> Answer:
        asker = asker_of(request)
        member = asker.as_member("serve")
        return 200, ticket_shown(move(ticket_of(asker, pk), member, asker))

    return once(request, act)


def _colleague(point: Point, pk: UUID | None) -> Member | None:
    if pk is None:
        return None
    row = Member.objects.filter(pk=pk, ward_id=point.ward_id, is_active=True).first()
    if row is None:
        raise NotFound()
    return row
